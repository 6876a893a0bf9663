import pytest
from planning_bench import World, connector

from reconciler.model.plan import Action, Verb

BLOCK = 'import {{\n  to = {}\n  id = "{}"\n}}\n'


def world(**values):
    found = World()
    found.apply("")
    handle = found.stranger("A", address_spaces=("SMTP:a.example;1",), **values)
    return found, handle


def test_an_object_as_it_should_be_is_taken_over_without_a_call():
    there, handle = world()
    planned = there.plan(connector() + BLOCK.format("send_connector.a", "a"))
    assert not planned.problems.errors
    change = planned.changes["send_connector.a"]
    assert change.imported == handle


def test_an_object_is_found_by_its_handle_and_brought_into_line():
    there, handle = world(port=2525)
    planned = there.plan(connector() + BLOCK.format("send_connector.a", handle))
    assert planned.changes["send_connector.a"].action is Action.UPDATE
    assert [step.verb for step in planned.steps] == [Verb.UPDATE]


def test_once_taken_over_the_block_has_no_more_effect():
    there, _ = world(port=2525)
    text = connector() + BLOCK.format("send_connector.a", "A")
    there.apply(text)
    again = there.plan(text)
    assert (again.actions, again.changes["send_connector.a"].imported) == ({}, "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (connector() + BLOCK.format("send_connector.a", "Nobody"), "import-not-found"),
        (connector() + BLOCK.format("send_connector.b", "A"), "import-without-resource"),
        (connector() + "import {\n  to = send_connector.a\n  id = 5\n}\n", "invalid-import-id"),
    ],
)
def test_what_cannot_be_taken_over_is_said(text, code):
    there, _ = world()
    assert code in there.plan(text).codes


def test_an_object_has_one_address():
    there, _ = world(port=2525)
    there.apply(connector() + BLOCK.format("send_connector.a", "A"))
    two = connector() + connector("b", "B", spaces='["b.example"]')
    assert "already-managed" in there.plan(two + BLOCK.format("send_connector.b", "A")).codes
