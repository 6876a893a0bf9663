"""What every backend owes, for every type that can be made, shown on the simulated Exchange."""

import pytest
from creatable_bench import CREATABLE, NAMED, bound, changes, settings, smallest

from reconciler.backends.base import BackendError, Outcome
from reconciler.backends.open import open_backend
from reconciler.catalog.send_connector import TYPE
from reconciler.model.state import Handle
from reconciler.model.values import Secret
from reconciler.schema.attribute import OnChange

NOWHERE = Handle("00000000-0000-4000-8000-000000000000")
VALUES = {"name": "Lab", "address_spaces": ("SMTP:lab.example;1",), "max_message_size": 36_700_160}
HOSTILE = (
    "*",
    "-Identity",
    "$null",
    "$(Remove-Item x)",
    "a'; Remove-SendConnector b #",
    'two "words"',
    "back\\slash",
    "comma, plus+ and <less>",
    "CN=Lab",
    "%s {0} ${x}",
    "Zürich · 東京",
    NOWHERE,
)
"""Names that a shell, a directory or a template would make something of."""


@pytest.fixture(params=["simulated"])
def open_one(request, tmp_path):
    opened = []

    def make(rtype):
        given = {"root": tmp_path, "environment": {}, "user": "alice"}
        opened.append(open_backend(request.param, settings(rtype), **given))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


@pytest.fixture
def backend(open_one):
    return open_one(TYPE)


@pytest.mark.parametrize("rtype", CREATABLE)
def test_what_is_not_there_is_not_found(open_one, rtype):
    backend = open_one(rtype)
    assert backend.find(rtype, "Lab") == ()
    assert NOWHERE not in backend.list(rtype)
    if not rtype.keyed_by:
        assert backend.read(rtype, NOWHERE) is None


def test_an_empty_target_lists_nothing(backend):
    assert backend.list(TYPE) == {}


@pytest.mark.parametrize("rtype", CREATABLE)
def test_a_creation_answers_the_object_as_it_is_stored(open_one, rtype):
    backend, values = open_one(rtype), smallest(rtype)
    before = backend.list(rtype)
    made = backend.create(rtype, values)
    readable = {n: v for n, v in values.items() if not rtype.by_name[n].write_only}
    assert {name: made.values[name] for name in readable} == readable
    assert backend.read(rtype, made.handle) == made
    assert backend.list(rtype) == {**before, made.handle: made.values}


@pytest.mark.parametrize("rtype", CREATABLE)
def test_what_is_read_is_canonical_in_every_readable_attribute(open_one, rtype):
    backend = open_one(rtype)
    made = backend.create(rtype, smallest(rtype))
    here = [a for a in rtype.attributes if a.reads]
    assert set(made.values) == {a.name for a in here if a.exists_on(backend.capabilities.platform)}


@pytest.mark.parametrize("rtype", NAMED)
def test_an_object_is_found_by_identity_in_any_case(open_one, rtype):
    backend = open_one(rtype)
    made = backend.create(rtype, smallest(rtype))
    identity = rtype.identity_of(made.values)
    assert backend.find(rtype, identity.swapcase()) == (made,)
    assert backend.find(rtype, identity[:-1]) == ()


@pytest.mark.parametrize("rtype", CREATABLE)
def test_every_argument_that_can_be_updated_reads_back_as_it_was_sent(open_one, rtype):
    backend = open_one(rtype)
    made = backend.create(rtype, smallest(rtype))
    for name, values in changes(rtype, made.values):
        before = backend.read(rtype, made.handle)
        after = backend.update(rtype, made.handle, values)
        assert after.handle == made.handle
        assert {n: after.values[n] for n in values} == values, name
        free = after.values.keys() - values.keys() - bound(rtype, name)
        assert {n: after.values[n] for n in free} == {n: before.values[n] for n in free}, name


@pytest.mark.parametrize("rtype", CREATABLE)
def test_an_update_to_what_is_there_changes_nothing(open_one, rtype):
    backend = open_one(rtype)
    made = backend.create(rtype, smallest(rtype))
    for name, _ in changes(rtype, made.values):
        assert backend.update(rtype, made.handle, {name: made.values[name]}) == made, name


def test_an_update_changes_what_it_is_given_and_answers_the_whole_object(backend):
    made = backend.create(TYPE, {**VALUES, "comment": "old"})
    after = backend.update(TYPE, made.handle, {"port": 2525})
    assert after.values == {**made.values, "port": 2525}


@pytest.mark.parametrize(
    "rtype", [p for p in NAMED if p.values[0].by_name["name"].on_change is OnChange.UPDATE]
)
def test_a_rename_is_an_update_of_the_same_object(open_one, rtype):
    backend = open_one(rtype)
    made = backend.create(rtype, smallest(rtype))
    after = backend.update(rtype, made.handle, {"name": "Other"})
    assert (after.handle, after.values["name"]) == (made.handle, "Other")
    assert backend.find(rtype, rtype.identity_of(made.values)) == ()


def test_null_clears_an_argument(backend):
    made = backend.create(TYPE, {**VALUES, "fqdn": "mail.lab.example"})
    assert backend.update(TYPE, made.handle, {"fqdn": None}).values["fqdn"] is None


@pytest.mark.parametrize("rtype", NAMED)
def test_a_name_that_is_taken_is_refused_for_good(open_one, rtype):
    backend = open_one(rtype)
    backend.create(rtype, smallest(rtype))
    with pytest.raises(BackendError) as caught:
        backend.create(rtype, {**smallest(rtype, "Other"), "name": "LAB"})
    assert (caught.value.outcome, caught.value.code) == (Outcome.PERMANENT, "already-exists")


@pytest.mark.parametrize("rtype", NAMED)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_data_whatever_it_looks_like(open_one, rtype, name):
    backend = open_one(rtype)
    bystander = backend.create(rtype, smallest(rtype))
    made = backend.create(rtype, smallest(rtype, name))
    assert made.values["name"] == name
    assert backend.find(rtype, rtype.identity_of(made.values)) == (made,)
    backend.delete(rtype, made.handle)
    assert backend.read(rtype, made.handle) is None
    assert backend.read(rtype, bystander.handle) == bystander


@pytest.mark.parametrize("rtype", NAMED)
def test_updating_what_is_not_there_is_refused(open_one, rtype):
    backend = open_one(rtype)
    name, values = next(changes(rtype, backend.create(rtype, smallest(rtype)).values))
    with pytest.raises(BackendError) as caught:
        backend.update(rtype, NOWHERE, values)
    assert caught.value.outcome is Outcome.PERMANENT, name


@pytest.mark.parametrize("rtype", CREATABLE)
def test_deleting_twice_is_no_error(open_one, rtype):
    backend = open_one(rtype)
    before = backend.list(rtype)
    made = backend.create(rtype, smallest(rtype))
    backend.delete(rtype, made.handle)
    backend.delete(rtype, made.handle)
    assert backend.list(rtype) == before


def test_a_secret_is_taken_and_never_given_back(backend):
    secret = {"authentication_credential": Secret("relay", "hunter2")}
    made = backend.create(TYPE, {**VALUES, "smart_host_auth_mechanism": "BasicAuth", **secret})
    assert made.values["smart_host_auth_mechanism"] == "BasicAuth"
    assert "hunter2" not in repr(made)
