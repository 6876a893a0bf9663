"""What is within an object goes with it, and is made anew with it."""

from dataclasses import replace

import pytest
from planning_bench import World, connector

from reconciler.engine.inside import BECAUSE, Scene, made_anew, stranded
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.plan import Action, Change
from reconciler.model.span import Span
from reconciler.model.state import Handle, Instance
from reconciler.model.values import UNKNOWN
from reconciler.schema.declare import argument, required
from reconciler.schema.kinds.text import name_of, reference
from reconciler.schema.resource_type import ResourceType

RIGHT = """
resource "send_connector_permission" "r" {
  connector      = %s
  user           = "CONTOSO\\\\Relay"
  extended_right = "ms-Exch-Send-Headers-Organization"
}
"""
REFERRED = connector() + RIGHT % "send_connector.a.guid"
A, R = "send_connector.a", "send_connector_permission.r"


def literal(guid, block=None):
    return (connector() if block is None else block) + RIGHT % f'"{guid}"'


@pytest.fixture
def world():
    found = World()
    found.apply(connector())
    found.apply(literal(found.row(A).values["guid"]))
    return found


def test_a_right_is_made_anew_with_its_connector(world):
    planned = world.plan(REFERRED, replacements=[A])
    assert planned.codes == []
    assert planned.actions == {A: "replace", R: "replace"}
    assert planned.reasons == {A: "replace-by-request", R: BECAUSE}
    assert planned.order == [f"delete {R}", "delete a", "create a", f"create {R}"]


def test_a_right_outlasts_a_mere_change_of_its_connector(world):
    assert world.plan(REFERRED.replace('"A"', '"B"')).actions == {A: "update"}


def test_the_new_right_waits_for_the_guid(world):
    planned = world.plan(REFERRED, replacements=[A])
    create = planned.steps[-1]
    assert (create.deferred, create.identity) == (("connector",), "")


def test_a_tainted_right_says_so(world):
    world.taint(R)
    assert world.plan(REFERRED, replacements=[A]).reasons[R] == "replace-because-tainted"


def test_a_right_that_is_no_longer_wanted_just_goes(world):
    planned = world.plan(connector(), replacements=[A])
    assert planned.actions == {A: "replace", R: "delete"}
    assert planned.order[0] == f"delete {R}"


def test_a_right_goes_before_its_connector_though_it_names_it_plainly(world):
    assert world.plan("").order == [f"delete {R}", "delete a"]


def test_a_plain_guid_of_what_is_replaced_leads_nowhere(world):
    guid = world.row(A).values["guid"]
    planned = world.plan(literal(guid), replacements=[A])
    assert planned.codes == ["within-goes-away"]
    assert "send_connector.a.guid" in planned.problems.found[0].detail


def test_a_plain_guid_of_what_is_removed_leads_nowhere(world):
    planned = world.plan(literal(world.row(A).values["guid"], ""))
    assert planned.codes == ["within-goes-away"]


def test_a_right_on_another_connector_stays():
    world = World()
    both = connector() + connector("b", "B", spaces='["b.example"]')
    world.apply(both)
    guid = world.row("send_connector.b").values["guid"]
    world.apply(literal(guid, both))
    assert world.plan(literal(guid, both), replacements=[A]).actions == {A: "replace"}


def test_the_new_connector_may_be_made_first(world):
    text = REFERRED.replace("}", "lifecycle {\ncreate_before_destroy = true\n}\n}", 1)
    text = text.replace('"A"', '"B"')
    order = world.plan(text, replacements=[A]).order
    assert order == ["create a", f"delete {R}", f"create {R}", "delete a (deposed 00000000)"]


# Types of objects that name what they are within, as rights do not.
_NAME = required(argument("name", "Name", name_of(64), ""))


def rtype(name, home):
    inside = replace(argument("home", "Home", reference, ""), refers_to=home, within=True)
    return ResourceType(name, name.title(), "", (_NAME, inside) if home else (_NAME,))


TYPES = {"house": rtype("house", ""), "room": rtype("room", "house"), "bed": rtype("bed", "room")}


def scene(*things):
    """Of (type, name, home, action, home from now on)."""
    changes, desired, rows = {}, {}, {}
    for kind, name, home, action, later in things:
        address = Address(kind, name)
        before, after = {"name": name, "home": home}, {"name": name, "home": later}
        changes[address] = Change(address, action, before, after)
        span = Span("main.hcl", 1, 1, 1, 1)
        desired[address] = Desired(address, after, frozenset(), span, {})
        rows[address] = Instance(address, Handle(f"guid-{name}"), before)
    return Scene(changes, desired, rows, TYPES)


def remade(at):
    again = (Change(a, Action.REPLACE, {}, {}, reason=BECAUSE) for a in at.changes)
    by_address = {change.address: change for change in again}
    return {str(change.address) for change in made_anew(at, by_address.__getitem__)}


REPLACED, KEPT, CHANGED = Action.REPLACE, Action.NO_OP, Action.UPDATE
HOUSE = ("house", "h", None, REPLACED, None)


def test_what_names_it_plainly_is_made_anew_too():
    assert remade(scene(HOUSE, ("room", "r", "H", KEPT, "h"))) == {"room.r"}


def test_so_is_what_is_within_that():
    at = scene(HOUSE, ("bed", "b", "r", CHANGED, "r"), ("room", "r", "guid-h", KEPT, "guid-h"))
    assert remade(at) == {"room.r", "bed.b"}


def test_what_moves_elsewhere_is_not():
    assert remade(scene(HOUSE, ("room", "r", "h", CHANGED, "h2"))) == set()


def test_what_may_move_is():
    assert remade(scene(HOUSE, ("room", "r", "h", CHANGED, UNKNOWN))) == {"room.r"}


def test_nothing_is_where_nothing_is_replaced():
    house = ("house", "h", None, CHANGED, None)
    assert remade(scene(house, ("room", "r", "h", KEPT, "h"))) == set()


def test_a_name_leads_to_the_new_object():
    assert list(stranded(scene(HOUSE, ("room", "r", "h", REPLACED, "h")))) == []


def test_a_name_of_another_sort_of_object_is_another_thing():
    assert remade(scene(HOUSE, ("bed", "b", "h", KEPT, "h"))) == set()
