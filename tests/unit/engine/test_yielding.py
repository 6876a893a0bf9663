"""What a subscription keeps on an Edge server: every change of it is a mistake in the plan."""

import pytest
from planning_bench import TYPES, World, connector

from reconciler.engine.survey import Query
from reconciler.engine.yielding import keepers
from reconciler.model.platform import Platform
from reconciler.model.state import Handle, State

EDGE, MAILBOX = Platform("2019", "edge"), Platform("2019")
SUBSCRIPTIONS = Query("", "edge_subscription")
SUBSCRIPTION = 'resource "edge_subscription" "e" {\n  file_name = "C:\\\\edge.xml"\n}\n'
THERE = {Handle("11111111-0000-0000-0000-000000000009"): {"name": "EDGE1"}}
CODE = "edge-is-subscribed"


@pytest.fixture
def world():
    return World(platforms={"": EDGE})


def subscribe(world):
    world.objects[SUBSCRIPTIONS] = dict(THERE)


def test_what_would_be_made_is_a_mistake_at_its_block(world):
    subscribe(world)
    planned = world.plan(connector())
    assert planned.codes == [CODE]
    assert planned.problems.found[0].span.line == 1


def test_what_is_as_configured_is_left_in_peace(world):
    world.apply(connector())
    subscribe(world)
    assert world.plan(connector()).codes == []


def test_what_would_be_removed_is_a_mistake_that_says_how_to_let_it_be(world):
    world.apply(connector())
    subscribe(world)
    planned = world.plan("")
    assert planned.codes == [CODE]
    assert "removed block" in planned.problems.found[0].detail


def test_a_subscription_of_the_same_plan_counts_for_what_is_made(world):
    assert world.plan(SUBSCRIPTION + connector()).codes == [CODE]


def test_what_goes_with_the_plan_that_subscribes_may_come_too_late(world):
    world.apply(connector())
    assert world.plan(SUBSCRIPTION).codes == [CODE]


def test_on_mailbox_servers_subscriptions_keep_nothing():
    world = World(platforms={"": MAILBOX})
    subscribe(world)
    assert world.plan(connector()).codes == []


def test_the_subscription_is_asked_for_only_where_it_counts():
    wanted = [("", "send_connector"), ("edge", "send_connector"), ("edge", "receive_connector")]
    found = keepers(wanted, State(), TYPES, {"": MAILBOX, "edge": EDGE})
    assert found == {("edge", "edge_subscription")}
    assert keepers(wanted[::2], State(), TYPES, {"": MAILBOX, "edge": EDGE}) == set()
