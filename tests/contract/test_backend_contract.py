"""What every backend owes, shown on the simulated Exchange."""

import pytest

from reconciler.backends.base import BackendError, Outcome
from reconciler.backends.open import open_backend
from reconciler.catalog.send_connector import TYPE
from reconciler.model.state import Handle
from reconciler.model.values import Secret

NOWHERE = Handle("00000000-0000-4000-8000-000000000000")
VALUES = {"name": "Lab", "address_spaces": ("SMTP:lab.example;1",), "max_message_size": 36_700_160}


@pytest.fixture(params=["simulated"])
def backend(request, tmp_path):
    opened = open_backend(request.param, {}, root=tmp_path, environment={}, user="alice")
    yield opened
    opened.close()


def test_an_empty_target_lists_nothing(backend):
    assert backend.list(TYPE) == {}
    assert backend.find(TYPE, "Lab") == ()
    assert backend.read(TYPE, NOWHERE) is None


def test_a_creation_answers_the_object_as_it_is_stored(backend):
    made = backend.create(TYPE, VALUES)
    assert {n: made.values[n] for n in VALUES} == VALUES
    assert backend.read(TYPE, made.handle) == made
    assert backend.list(TYPE) == {made.handle: made.values}


def test_what_is_read_is_canonical_in_every_readable_attribute(backend):
    made = backend.create(TYPE, VALUES)
    readable = {
        a.name for a in TYPE.attributes if a.reads and a.exists_on(backend.capabilities.platform)
    }
    assert set(made.values) == readable


def test_an_object_is_found_by_identity_in_any_case(backend):
    made = backend.create(TYPE, VALUES)
    assert backend.find(TYPE, "lAb") == (made,)
    assert backend.find(TYPE, "La") == ()


def test_an_update_changes_what_it_is_given_and_answers_the_whole_object(backend):
    made = backend.create(TYPE, {**VALUES, "comment": "old"})
    after = backend.update(TYPE, made.handle, {"port": 2525})
    assert after.values == {**made.values, "port": 2525}


def test_a_rename_is_an_update_of_the_same_object(backend):
    made = backend.create(TYPE, VALUES)
    after = backend.update(TYPE, made.handle, {"name": "Lab 2"})
    assert (after.handle, after.values["name"]) == (made.handle, "Lab 2")
    assert backend.find(TYPE, "Lab") == ()


def test_null_clears_an_argument(backend):
    made = backend.create(TYPE, {**VALUES, "fqdn": "mail.lab.example"})
    assert backend.update(TYPE, made.handle, {"fqdn": None}).values["fqdn"] is None


def test_a_name_that_is_taken_is_refused_for_good(backend):
    backend.create(TYPE, VALUES)
    with pytest.raises(BackendError) as caught:
        backend.create(TYPE, VALUES)
    assert (caught.value.outcome, caught.value.code) == (Outcome.PERMANENT, "already-exists")


def test_updating_what_is_not_there_is_refused(backend):
    with pytest.raises(BackendError) as caught:
        backend.update(TYPE, NOWHERE, {"port": 25})
    assert caught.value.outcome is Outcome.PERMANENT


def test_deleting_twice_is_no_error(backend):
    made = backend.create(TYPE, VALUES)
    backend.delete(TYPE, made.handle)
    backend.delete(TYPE, made.handle)
    assert backend.list(TYPE) == {}


def test_a_secret_is_taken_and_never_given_back(backend):
    secret = {"authentication_credential": Secret("relay", "hunter2")}
    made = backend.create(TYPE, {**VALUES, "smart_host_auth_mechanism": "BasicAuth", **secret})
    assert made.values["smart_host_auth_mechanism"] == "BasicAuth"
    assert "hunter2" not in repr(made)
