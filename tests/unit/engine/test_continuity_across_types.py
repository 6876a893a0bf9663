"""Destinations that pass between connectors of different types are served all the time as well."""

import pytest
from planning_bench import World, connector

from reconciler.model.plan import Verb
from reconciler.schema.kinds.routing import read

FAX, SMTP, X400 = "FAX:*;1", "SMTP:x.example;1", "X400:c=us;1"
KEPT = "SMTP:kept.example;1"


def foreign(*spaces, label="f", more=""):
    listed = ", ".join(f'"{one}"' for one in spaces)
    return (
        f'resource "foreign_connector" "{label}" {{\n  name = "{label.upper()}"\n'
        f"  address_spaces = [{listed}]\n{more}}}\n"
    )


def agent(*spaces):
    listed = ", ".join(f'"{one}"' for one in spaces)
    return (
        'resource "delivery_agent_connector" "d" {\n  name = "D"\n  delivery_protocol = "FAX"\n'
        f"  address_spaces = [{listed}]\n}}\n"
    )


def send(*spaces):
    return connector("s", "S", spaces="[" + ", ".join(f'"{one}"' for one in spaces) + "]")


def served(objects):
    return {
        space.destination
        for values in objects.values()
        if values.get("enabled") is not False
        for space in read(values["address_spaces"])
    }


def gaps(world, text):
    """What is served by nobody after some step, of all that is served before and after the plan."""
    planned = world.plan(text)
    assert planned.codes == []
    objects = {str(row.address): dict(row.values) for row in world.state.instances}
    seen = [served(objects)]
    for step in planned.steps:
        match step.verb:
            case Verb.DELETE:
                del objects[str(step.address)]
            case Verb.UPDATE | Verb.CREATE:
                objects[str(step.address)] = {**objects.get(str(step.address), {}), **step.values}
        seen.append(served(objects))
    return (seen[0] & seen[-1]) - set.intersection(*seen)


BEFORE_AND_AFTER = [
    (foreign(SMTP, KEPT), foreign(KEPT) + send(SMTP)),
    (foreign(SMTP), send(SMTP)),
    (foreign(SMTP, KEPT) + send("a.example"), foreign(KEPT) + send("a.example", SMTP)),
    (send(SMTP, KEPT), send(KEPT) + foreign(SMTP)),
    (send(SMTP), foreign(SMTP)),
    (foreign(FAX, KEPT) + agent(X400), foreign(KEPT) + agent(X400, FAX)),
    (agent(FAX, X400), agent(X400) + foreign(FAX)),
    (foreign(FAX), agent(FAX)),
]


@pytest.mark.parametrize(("before", "after"), BEFORE_AND_AFTER)
def test_a_destination_that_changes_its_type_of_connector_keeps_a_route(before, after):
    world = World()
    world.apply(before)
    assert gaps(world, after) == set()


def test_a_swap_between_types_takes_two_steps():
    world = World()
    world.apply(foreign(SMTP) + send("y.example"))
    after = foreign("SMTP:y.example;1") + send(SMTP)
    assert gaps(world, after) == set()
    assert len(world.plan(after).steps) == 3
    world.apply(after)
    assert world.plan(after).steps == ()


def test_a_connector_that_is_switched_off_for_one_of_another_type_goes_last():
    world = World()
    world.apply(foreign(SMTP))
    assert gaps(world, foreign(SMTP, more="  enabled = false\n") + send(SMTP)) == set()


def test_destinations_that_have_nothing_to_do_with_each_other_need_no_order():
    world = World()
    world.apply(foreign(FAX, KEPT))
    steps = world.plan(foreign(KEPT) + agent(X400)).steps
    assert [step.needs for step in steps] == [(), ()]
