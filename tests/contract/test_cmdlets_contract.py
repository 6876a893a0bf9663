"""Every resource type against what is known of its cmdlets (cases/cmdlets*.json)."""

import json
from pathlib import Path

import pytest

from reconciler.catalog.index import types
from reconciler.model.platform import EVERY_VERSION, ONLINE, Platform
from reconciler.schema.attribute import OnChange, Presence
from reconciler.schema.resource_type import Can
from reconciler.views.docs import accounting

CASES = Path(__file__).parents[1] / "cases"
FACTS = {
    name: facts
    for file in ("cmdlets.json", "cmdlets_transport_config.json")
    for name, facts in json.loads((CASES / file).read_text(encoding="utf-8")).items()
}
TYPES = [pytest.param(types()[name], FACTS[name], id=name) for name in FACTS if name in types()]
ADOPTED = {name for name in FACTS if name in types() and Can.CREATE not in types()[name].can}


def declared(facts, rtype):
    """The attributes that are both known and declared, reserved ones left out."""
    by_parameter = {a.parameter: a for a in rtype.attributes if a.parameter}
    known = [p for p in facts["params"] if p["kind"] == "attribute"]
    return [(p, by_parameter[p["name"]]) for p in known if p["name"] in by_parameter]


@pytest.mark.parametrize(("rtype", "facts"), TYPES)
def test_every_parameter_is_accounted_for(rtype, facts):
    known = {param["name"] for param in facts["params"]}
    assert known <= set(accounting(rtype)) | {"Identity"}


@pytest.mark.parametrize(("rtype", "facts"), TYPES)
def test_what_is_not_an_argument_is_reserved_or_says_what_it_is(rtype, facts):
    others = {other.parameter: other.becomes for other in rtype.others}
    for param in facts["params"]:
        if param["kind"] == "attribute" and param["name"] in others:
            assert param["reserved_for_microsoft"], param["name"]
            assert "reserves" in others[param["name"]]


@pytest.mark.parametrize(("rtype", "facts"), TYPES)
def test_an_argument_has_the_parameters_name_and_exists_where_it_does(rtype, facts):
    for param, attribute in declared(facts, rtype):
        if param["value_type"] != "switch" and param["snake"] != attribute.name:
            assert (rtype.name, param["snake"], attribute.name) in RENAMED
        known = {version for version in EVERY_VERSION if version in param["versions"]}
        here = {v for v in rtype.versions if v in attribute.versions}
        # What names an object that is only adopted is written there and never sent.
        named = {ONLINE} if rtype.can_online and attribute.presence is Presence.REQUIRED else set()
        assert here - named == known - named, param["name"]


RENAMED: set[tuple[str, str, str]] = set()
"""(type, the parameter's name, ours), where another name reads better."""


@pytest.mark.parametrize(("rtype", "facts"), TYPES)
def test_what_cannot_be_set_needs_a_new_object(rtype, facts):
    for param, attribute in declared(facts, rtype):
        if param["forces_replacement"] and Can.UPDATE in rtype.can:
            assert attribute.on_change is not OnChange.UPDATE, param["name"]
        if param["settable_after_creation"]:
            assert attribute.on_change is OnChange.UPDATE, param["name"]


@pytest.mark.parametrize(("rtype", "facts"), TYPES)
def test_what_new_does_not_take_comes_late(rtype, facts):
    for param, attribute in declared(facts, rtype):
        if param["create_only_via_set"] and Can.CREATE in rtype.can:
            assert attribute.late is not None, param["name"]
            assert attribute.late({}), param["name"]


@pytest.mark.parametrize(("rtype", "facts"), TYPES)
def test_a_choice_offers_what_the_parameter_takes(rtype, facts):
    for param, attribute in declared(facts, rtype):
        if isinstance(param.get("enum"), list) and attribute.kind.words:
            offered = {word.lower() for word in attribute.kind.words}
            assert {str(word).lower() for word in param["enum"]} <= offered, param["name"]


@pytest.mark.parametrize(("rtype", "facts"), TYPES)
def test_a_default_is_the_documented_one(rtype, facts):
    for param, attribute in declared(facts, rtype):
        stated = param.get("default")
        if attribute.presence is not Presence.OPTIONAL or not param.get("default_documented"):
            continue
        if isinstance(stated, str | int | bool) and not attribute.pinned:
            here = attribute.fill({}, Platform())
            assert here == attribute.kind.parse(stated) or attribute.default_doc, param["name"]


@pytest.mark.parametrize(("rtype", "facts"), TYPES)
def test_what_is_adopted_keeps_what_is_left_out(rtype, facts):
    del facts
    for attribute in rtype.attributes if rtype.name in ADOPTED else ():
        assert attribute.presence is not Presence.OPTIONAL, attribute.name


@pytest.mark.parametrize(("rtype", "facts"), TYPES)
def test_what_is_adopted_is_at_first_as_documented(rtype, facts):
    for param, attribute in declared(facts, rtype) if rtype.name in ADOPTED else ():
        stated = param.get("default")
        if param.get("default_documented") and stated is not None and attribute.default:
            at_first = attribute.fill({}, Platform())
            assert at_first == attribute.kind.parse(stated), param["name"]
