"""While destinations pass from connector to connector, none is ever without a route."""

from itertools import permutations

import pytest
from planning_bench import World, connector

from reconciler.engine.records import tally
from reconciler.model.plan import Verb
from reconciler.schema.kinds.routing import read

DOMAINS = ("x.example", "y.example", "z.example")


def serving(**spaces):
    blocks = (
        connector(label, label.upper(), spaces=f'["{domain}"]') for label, domain in spaces.items()
    )
    return "\n".join(blocks)


def served(objects):
    return {
        space.address
        for values in objects.values()
        if values.get("enabled") is not False
        for space in read(values["address_spaces"])
    }


def watched(world, text):
    """Carries out the plan, and answers what is served after each step."""
    planned = world.plan(text)
    assert planned.codes == []
    objects = {row.handle: dict(row.values) for row in world.state.instances}
    seen = []
    for step in planned.steps:
        if step.verb is Verb.UPDATE:
            objects[step.handle] |= step.values
            seen.append(served(objects))
    return seen


@pytest.mark.parametrize("order", list(permutations(DOMAINS)))
def test_whoever_takes_over_from_whom_every_domain_has_a_route_all_the_time(order):
    world = World()
    world.apply(serving(**dict(zip("abc", DOMAINS, strict=True))))
    for there in watched(world, serving(**dict(zip("abc", order, strict=True)))):
        assert there >= set(DOMAINS)


def test_of_two_that_swap_one_takes_two_steps():
    world = World()
    world.apply(serving(a="x.example", b="y.example"))
    planned = world.plan(serving(a="y.example", b="x.example"))
    assert planned.order == ["update b both", "update a", "update b"]
    assert planned.steps[-1].values.keys() == {"address_spaces"}


def test_after_a_swap_nothing_is_left_to_do():
    world = World()
    world.apply(serving(a="x.example", b="y.example"))
    swapped = serving(a="y.example", b="x.example")
    world.apply(swapped)
    assert world.plan(swapped).steps == ()


def test_an_object_that_takes_two_steps_counts_once():
    world = World()
    world.apply(serving(a="x.example", b="y.example"))
    steps = world.plan(serving(a="y.example", b="x.example")).steps
    assert tally(steps, {step.id: "done" for step in steps}).changed == 2
