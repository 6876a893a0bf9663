"""What every transport owes, for every type that can be made, shown on the simulated Exchange."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from creatable_bench import CREATABLE, NAMED, platform_of, settings, smallest

from reconciler.backends.base import NOT_FOUND, BackendError, Outcome
from reconciler.backends.command import Command
from reconciler.backends.open import simulated_transport
from reconciler.catalog.send_connector import TYPE
from reconciler.schema.decode import encode
from reconciler.schema.resource_type import Can

WITH_GUID = [one for one in CREATABLE if not one.values[0].keyed_by]
SET = [one for one in WITH_GUID if Can.UPDATE in one.values[0].can]


class Shell:
    """Calls cmdlets of one type."""

    def __init__(self, transport, rtype):
        self.transport, self.rtype = transport, rtype

    def call(self, verb, **parameters):
        return self.transport.invoke(Command(verb, self.rtype.noun, parameters))

    def create(self, name="Lab", **more):
        platform = platform_of(self.rtype)
        values = encode(self.rtype, smallest(self.rtype, name), platform, creating=True)
        (bag,) = self.call(self.rtype.verbs[Can.CREATE], **values, **more)
        return bag


@pytest.fixture(params=["simulated"])
def shell(tmp_path):
    opened = []

    def make(rtype):
        given = {"root": tmp_path, "environment": {}, "user": "CONTOSO\\alice"}
        opened.append(simulated_transport(settings(rtype), **given))
        return Shell(opened[-1], rtype)

    yield make
    for one in opened:
        one.close()


@pytest.mark.parametrize("rtype", CREATABLE)
def test_answers_are_property_bags_of_plain_values(shell, rtype):
    bag = shell(rtype).create()
    assert all(v is None or isinstance(v, str | int | bool | list) for v in bag.values())
    if not rtype.keyed_by:
        assert {"Name", "Identity", "Guid"} <= bag.keys()


@pytest.mark.parametrize("rtype", WITH_GUID)
def test_what_was_created_is_there_for_the_next_call(shell, rtype):
    lab = shell(rtype)
    made = lab.create()
    assert list(lab.call("Get", Identity=made["Guid"])) == [made]
    assert made in lab.call("Get")


@pytest.mark.parametrize("rtype", SET)
def test_set_and_remove_answer_nothing(shell, rtype):
    lab = shell(rtype)
    made = lab.create()["Guid"]
    assert list(lab.call(rtype.verbs[Can.UPDATE], Identity=made)) == []
    assert list(lab.call(rtype.verbs[Can.DELETE], Identity=made, Confirm=False)) == []


@pytest.mark.parametrize("rtype", CREATABLE)
def test_a_refusal_is_permanent_and_changes_nothing(shell, rtype):
    lab = shell(rtype)
    with pytest.raises(BackendError) as caught:
        lab.create(Nonsense=70_000)
    assert caught.value.outcome is Outcome.PERMANENT
    assert "Lab" not in [bag.get("Name") for bag in lab.call("Get")]


@pytest.mark.parametrize("rtype", WITH_GUID)
def test_what_does_not_exist_is_called_not_found(shell, rtype):
    lab = shell(rtype)
    for verb in (
        "Get",
        *(rtype.verbs[can] for can in (Can.UPDATE, Can.DELETE) if can in rtype.can),
    ):
        with pytest.raises(BackendError) as caught:
            lab.call(verb, Identity="Nobody")
        assert caught.value.code == NOT_FOUND


@pytest.mark.parametrize("rtype", NAMED)
def test_a_rehearsal_makes_nothing(shell, rtype):
    lab = shell(rtype)
    before = lab.call("Get")
    with pytest.raises(ValueError, match="unpack"):
        lab.create(WhatIf=True)
    assert lab.call("Get") == before


def test_parallel_calls_lose_nothing(shell):
    lab = shell(TYPE)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: lab.create(f"c{n}"), range(64)))
    assert {bag["Guid"] for bag in lab.call("Get")} == {bag["Guid"] for bag in made}


@pytest.mark.parametrize("rtype", NAMED)
def test_of_parallel_creations_with_one_name_one_succeeds(shell, rtype):
    lab = shell(rtype)

    def attempt(_):
        try:
            return bool(lab.create())
        except BackendError as error:
            return error.code

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(attempt, range(4)))
    assert sorted(map(str, outcomes)) == ["True"] + ["already-exists"] * 3
