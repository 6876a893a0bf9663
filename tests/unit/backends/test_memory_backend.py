"""What every backend owes, for the one that has no target."""

import re

import pytest

from reconciler.backends.memory import Memory
from reconciler.catalog.reconciler_data import TYPE
from reconciler.model.address import Address
from reconciler.model.anything import Anything
from reconciler.model.state import Handle, Instance
from reconciler.schema.resource_type import IN_STATE

TEXT = Anything('"string"', '"text"')
OTHER = Anything('"number"', "1")


@pytest.fixture
def memory():
    return Memory()


def test_a_new_memory_holds_nothing(memory):
    assert memory.list(TYPE) == {}
    assert memory.find(TYPE, "x") == ()
    assert memory.read(TYPE, Handle("x")) is None


def test_a_creation_answers_the_object_with_what_is_computed(memory):
    made = memory.create(TYPE, {"input": TEXT})
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", made.handle)
    assert made.values == {"id": made.handle, "input": TEXT, "output": TEXT}
    assert memory.list(TYPE) == {made.handle: made.values}
    assert memory.read(TYPE, made.handle) == made
    assert memory.find(TYPE, made.handle.upper()) == (made,)


def test_no_two_objects_have_one_id(memory):
    assert memory.create(TYPE, {}).handle != memory.create(TYPE, {}).handle


def test_an_update_changes_what_it_is_given_and_what_follows_that(memory):
    made = memory.create(TYPE, {"input": TEXT, "triggers_replace": TEXT})
    after = memory.update(TYPE, made.handle, {"input": OTHER})
    assert after.values == {**made.values, "input": OTHER, "output": OTHER}


def test_null_clears_what_follows_too(memory):
    made = memory.create(TYPE, {"input": TEXT})
    assert memory.update(TYPE, made.handle, {"input": None}).values["output"] is None


def test_deleting_twice_is_no_error(memory):
    made = memory.create(TYPE, {})
    memory.delete(TYPE, made.handle)
    memory.delete(TYPE, made.handle)
    assert memory.list(TYPE) == {}


def test_what_state_remembers_is_all_there_is(memory):
    memory.create(TYPE, {})
    rows = [
        Instance(Address("reconciler_data", "a"), Handle("h"), {"id": "h"}, backend=IN_STATE),
        Instance(Address("send_connector", "b"), Handle("g"), {"name": "B"}),
    ]
    memory.recall(rows, IN_STATE)
    assert memory.list(TYPE) == {Handle("h"): {"id": "h"}}
