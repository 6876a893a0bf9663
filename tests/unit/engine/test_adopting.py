"""Objects that are always there: adopted by a block, and let go of."""

import pytest
from planning_bench import World, connector

from reconciler.engine.survey import Query
from reconciler.model.plan import Mode, Verb
from reconciler.model.platform import Platform
from reconciler.model.state import Handle

ONLINE = Query("", "accepted_domain")
HANDLE = Handle("11111111-0000-0000-0000-000000000001")
VALUES = {
    "name": "contoso.com",
    "domain_name": "contoso.com",
    "domain_type": "Authoritative",
    "match_sub_domains": False,
    "outbound_only": False,
    "guid": HANDLE,
}
BLOCK = """
resource "accepted_domain" "a" {
  name        = "contoso.com"
  domain_name = "contoso.com"
}
"""


@pytest.fixture
def world():
    found = World(platforms={"": Platform("EXO")})
    found.objects[ONLINE] = {HANDLE: dict(VALUES)}
    return found


def test_an_object_that_is_as_wanted_is_only_taken_into_state(world):
    planned = world.plan(BLOCK)
    assert planned.codes == []
    assert [step.verb for step in planned.steps] == [Verb.RECORD]
    assert planned.changes["accepted_domain.a"].imported == HANDLE


def test_what_differs_is_updated_in_the_same_run(world):
    text = BLOCK.replace("}", "match_sub_domains = true\n}")
    planned = world.plan(text)
    assert planned.actions == {"accepted_domain.a": "update"}
    assert planned.sent("accepted_domain.a") == {"match_sub_domains": True}
    assert [step.handle for step in planned.steps] == [HANDLE]


def test_once_adopted_nothing_is_left_to_do(world):
    world.apply(BLOCK)
    assert world.plan(BLOCK).steps == ()


def test_an_object_that_is_not_there_is_a_mistake_with_its_place(world):
    planned = world.plan(BLOCK.replace('"contoso.com"', '"nowhere.example"'))
    assert planned.codes == ["nothing-to-adopt"]
    assert planned.problems.found[0].span.line == 3
    assert planned.steps == ()


def test_two_blocks_cannot_adopt_one_object(world):
    planned = world.plan(BLOCK + BLOCK.replace('"a"', '"b"'))
    assert planned.codes == ["already-managed"]


def test_letting_go_forgets_and_removes_nothing(world):
    world.apply(BLOCK)
    planned = world.plan("")
    assert planned.actions == {"accepted_domain.a": "forget"}
    assert [step.verb for step in planned.steps] == [Verb.FORGET]


def test_destroy_lets_go_too(world):
    world.apply(BLOCK)
    assert [step.verb for step in world.plan(BLOCK, Mode.DESTROY).steps] == [Verb.FORGET]


def test_another_name_means_another_object(world):
    world.apply(BLOCK)
    other = Handle("11111111-0000-0000-0000-000000000002")
    values = {**VALUES, "name": "b.example", "domain_name": "b.example", "guid": other}
    world.objects[ONLINE][other] = values
    text = BLOCK.replace('"contoso.com"', '"b.example"')
    planned = world.apply(text)
    assert planned.changes["accepted_domain.a"].imported == other
    assert world.row("accepted_domain.a").handle == other
    assert set(world.objects[ONLINE]) == {HANDLE, other}


def test_a_name_that_is_not_known_yet_cannot_be_adopted():
    world = World(platforms={"": Platform("EXO")})
    text = 'resource "reconciler_data" "d" {\n  input = "x"\n}\n' + BLOCK.replace(
        '= "contoso.com"', "= reconciler_data.d.id", 1
    )
    world.platforms = {**world.platforms, "(state)": Platform()}
    assert world.plan(text).codes == ["adoption-needs-name"]


def test_what_can_be_made_is_still_made():
    assert World().plan(connector()).actions == {"send_connector.a": "create"}


def test_rules_of_a_fleet_count_in_what_nobody_here_manages():
    world = World()
    world.objects[ONLINE] = {HANDLE: dict(VALUES)}
    planned = world.plan(BLOCK.replace('"contoso.com"', '"Other"', 1))
    assert planned.codes == ["duplicate-domain"]
    assert 'the AcceptedDomain "contoso.com", which is not managed here' in (
        planned.problems.found[0].detail
    )


def test_what_the_plan_removes_stands_in_nobodys_way():
    world = World()
    world.apply(BLOCK)
    moved = BLOCK.replace('"a"', '"b"').replace('"contoso.com"', '"Other"', 1)
    assert world.plan(moved).codes == []
