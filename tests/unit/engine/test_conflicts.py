"""Names: taken by strangers, freed and taken within one plan, changing places."""

import pytest
from planning_bench import RTYPE, TYPES, World, applied, connector

from reconciler.engine.conflicts import usurped
from reconciler.engine.survey import Query
from reconciler.model.platform import Platform
from reconciler.model.state import Handle

A, B, C = (f"send_connector.{label}" for label in "abc")


def named(**names):
    return "".join(
        connector(label, name, spaces=f'["{label}.example"]') for label, name in names.items()
    )


def test_a_name_that_a_stranger_bears_is_not_taken_over():
    world = World()
    handle = world.stranger("RELAY")
    (problem,) = world.plan(named(a="Relay")).problems.errors
    assert problem.code == "already-exists"
    assert f'import {{\n  to = {A}\n  id = "{handle}"\n}}' in problem.detail
    assert (problem.span.line, problem.address) == (2, A)


def test_a_rename_does_not_take_a_name_over_either():
    world = applied(named(a="A"))
    world.stranger("B")
    assert world.plan(named(a="b")).codes == ["already-exists"]


def test_an_update_that_keeps_its_name_takes_nothing():
    world = applied(named(a="A"))
    world.stranger("A")
    assert world.plan(connector("a", "A", "port = 1", spaces='["a.example"]')).codes == []


def test_a_name_in_another_backend_is_no_obstacle():
    backends = 'backend "simulated" {}\nbackend "simulated" { alias = "east" }\n'
    world = World(platforms={"": Platform(), "east": Platform()})
    world.stranger("A", "east")
    assert world.plan(backends + named(a="A")).codes == []


def test_two_blocks_cannot_bear_one_name():
    planned = World().plan(named(a="Relay", b="RELAY"))
    (problem,) = planned.problems.errors
    assert (problem.code, problem.address) == ("duplicate-name", B)


@pytest.mark.parametrize(
    ("before", "after", "order"),
    [
        ({"a": "X", "b": "Y"}, {"a": "Z", "b": "X"}, ["update a", "update b"]),
        ({"a": "X", "b": "Y"}, {"a": "Y", "b": "Z"}, ["update b", "update a"]),
        ({"b": "X"}, {"a": "x"}, ["delete b", "create a"]),
        ({"b": "X"}, {"a": "X", "b": "Y"}, ["update b", "create a"]),
        ({"a": "X", "b": "Y"}, {"a": "Y"}, ["delete b", "update a"]),
    ],
)
def test_a_name_is_freed_before_it_is_taken(before, after, order):
    planned = applied(named(**before)).plan(named(**after))
    assert (planned.order, planned.codes) == (order, [])


def test_two_names_may_change_places():
    world = applied(named(a="X", b="Y"))
    handles = [world.handle(one) for one in (A, B)]
    planned = world.apply(named(a="Y", b="X"))
    assert planned.order == ["update a aside", "update b", "update a"]
    assert [world.handle(one) for one in (A, B)] == handles
    assert [world.row(one).values["name"] for one in (A, B)] == ["Y", "X"]


def test_three_names_may_go_round():
    world = applied(named(a="X", b="Y", c="Z"))
    world.apply(named(a="Y", b="Z", c="X"))
    assert [world.row(one).values["name"] for one in (A, B, C)] == ["Y", "Z", "X"]


def test_a_step_aside_goes_to_a_name_that_exchange_permits():
    long = "n" * 64
    planned = applied(named(a=long, b="Y")).plan(named(a="Y", b=long))
    aside = next(step.after["name"] for step in planned.steps if step.id.endswith("aside"))
    assert len(aside) <= 64
    assert RTYPE.by_name["name"].kind.parse(aside) == aside


def test_a_name_that_is_taken_while_a_plan_waits_is_found():
    world = World()
    steps = world.plan(named(a="A", b="B")).steps
    there = {Query("", "send_connector"): {Handle("x"): {"name": "a"}}}
    (problem,) = usurped(steps, world.state, there, TYPES)
    assert (problem.code, problem.address) == ("already-exists", A)


def test_a_plan_that_waits_takes_no_name_by_an_update_of_something_else():
    world = applied(named(a="A"))
    planned = world.plan(connector("a", "A", "port = 1", spaces='["a.example"]'))
    there = {Query("", "send_connector"): {Handle("x"): {"name": "a"}}}
    assert list(usurped(planned.steps, world.state, there, TYPES)) == []
