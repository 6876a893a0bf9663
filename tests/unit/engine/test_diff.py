"""The difference for one instance of a type that Exchange has none like."""

from planning_bench import address

from reconciler.engine.diff import Made, decide, drift
from reconciler.model.desired import Desired
from reconciler.model.span import Span
from reconciler.model.state import Handle, Instance
from reconciler.model.values import UNKNOWN
from reconciler.schema.attribute import Attribute, OnChange, Presence
from reconciler.schema.kinds.text import text
from reconciler.schema.resource_type import Can, ResourceType

SPAN = Span("main.hcl", 1, 1, 1, 2)
THERE = address("thing.a")


def rtype(can=frozenset(Can)):
    return ResourceType(
        name="thing",
        noun="Thing",
        summary="",
        attributes=(
            Attribute("name", text, "", Presence.REQUIRED),
            Attribute("site", text, "", on_change=OnChange.REPLACE),
            Attribute("note", text, "", on_change=OnChange.IGNORE),
            Attribute("server", text, "", Presence.KEPT),
            Attribute("id", text, "", Presence.COMPUTED),
        ),
        can=can,
    )


def wanted(**values):
    full = {"name": "A", "site": None, "note": None, **values}
    return Desired(THERE, full, frozenset(values), SPAN, {})


def made(**values):
    return {"name": "A", "site": None, "note": None, "server": "S", "id": "1", **values}


def decision(desired, now, can=frozenset(Can)):
    return decide(Made(rtype(can)), desired, Instance(THERE, Handle("1"), now), now, "")


def test_an_argument_that_is_given_at_creation_only_replaces():
    change = decision(wanted(site="X"), made()).change
    (difference,) = [d for d in change.differences if d.forces_replacement]
    assert (change.action, difference.name) == ("replace", "site")
    assert change.reason == "replace-because-cannot-update"


def test_what_cannot_be_updated_is_replaced():
    change = decision(wanted(name="B"), made(), frozenset({Can.CREATE, Can.DELETE})).change
    assert change.action == "replace"


def test_a_replacement_leaves_open_what_the_server_fills_in():
    after = decision(wanted(site="X"), made()).change.after
    assert (after["server"], after["id"]) == (UNKNOWN, UNKNOWN)


def test_an_argument_without_effect_is_named_and_kept():
    found = decision(wanted(note="new"), made(note="old"))
    assert (found.change.action, found.kept) == ("no-op", ("note",))
    assert found.change.after["note"] == "old"


def test_an_argument_whose_first_value_nobody_knows_is_not_complained_about():
    assert decision(wanted(note="new"), made(note=None)).kept == ()


def test_an_argument_without_effect_that_is_not_known_yet_is_not_complained_about():
    assert decision(wanted(note=UNKNOWN), made(note="old")).kept == ()


def test_the_state_of_another_version_may_lack_an_argument():
    row = Instance(THERE, Handle("1"), {"name": "A"})
    now = made(site="X")
    assert drift(rtype(), row, now) is None
    assert decide(Made(rtype()), wanted(site="X"), row, now, "").change.action == "no-op"
