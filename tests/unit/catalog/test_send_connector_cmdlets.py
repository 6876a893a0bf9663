"""The declaration against what is known of New-SendConnector and Set-SendConnector."""

import json
from pathlib import Path

import pytest

from reconciler.catalog.index import types
from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN
from reconciler.schema.attribute import OnChange, Presence
from reconciler.schema.canonical import canonicalise
from reconciler.views.docs import accounting

CASES = Path(__file__).parents[2] / "cases"
FACTS = json.loads((CASES / "cmdlets_send_connector.json").read_text(encoding="utf-8"))
PARAMS = FACTS["params"]
ATTRIBUTES = [param for param in PARAMS if param["kind"] == "attribute"]
TYPE = types()["send_connector"]


def named(param: dict) -> str:
    return param["name"]


def test_every_parameter_is_accounted_for_and_no_other():
    assert set(accounting(TYPE)) == {param["name"] for param in PARAMS}
    assert len(PARAMS) == FACTS["counts"]["params_total"]


def test_all_32_attributes_are_declared_under_their_names():
    assert len(ATTRIBUTES) == FACTS["counts"]["attributes"] == 32
    declared = {a.parameter: a.name for a in TYPE.attributes if a.parameter}
    assert declared.pop("Usage") == "usage"
    assert declared == {param["name"]: param["snake"] for param in ATTRIBUTES}


@pytest.mark.parametrize("param", ATTRIBUTES, ids=named)
def test_an_argument_exists_where_its_parameter_does(param: dict):
    attribute = TYPE.by_name[param["snake"]]
    assert [v for v in TYPE.versions if v in attribute.versions] == param["versions"]
    assert list(attribute.roles) == param["roles"]


@pytest.mark.parametrize("param", [p for p in ATTRIBUTES if "enum" in p], ids=named)
def test_a_choice_offers_what_the_parameter_takes(param: dict):
    offered = set(TYPE.by_name[param["snake"]].kind.words)
    assert set(param["enum"]) == offered - {"DowngradeAuthFailures"}


@pytest.mark.parametrize("param", [p for p in ATTRIBUTES if "default" in p], ids=named)
def test_a_default_is_the_documented_one(param: dict):
    attribute = TYPE.by_name[param["snake"]]
    if attribute.presence is Presence.OPTIONAL:
        stated = param["default"]
        documented = attribute.kind.empty if stated is None else attribute.kind.parse(stated)
        assert attribute.fill({}, Platform()) == documented


@pytest.mark.parametrize("param", ATTRIBUTES, ids=named)
def test_what_set_takes_is_an_update(param: dict):
    assert param["settable_after_creation"]
    assert TYPE.by_name[param["snake"]].on_change is OnChange.UPDATE


def test_only_the_credential_is_write_only():
    secret = {param["snake"] for param in ATTRIBUTES if param["write_only"]}
    assert {a.name for a in TYPE.attributes if a.write_only} == secret
    assert {a.name for a in TYPE.attributes if a.kind.is_secret} == secret


def test_the_linked_parameter_set_lacks_what_its_declaration_says():
    sets = FACTS["parameter_sets"]
    lacking = set(sets["AddressSpaces"]) - set(sets["LinkedReceiveConnector"])
    (declared,) = TYPE.parameter_sets
    assert {TYPE.by_name[name].parameter for name in declared.lacks} == lacking
    assert declared.name == "LinkedReceiveConnector"


def test_reserved_parameters_are_refused():
    reserved = {param["name"] for param in PARAMS if param["reserved"]}
    refused = {name for name, fate in accounting(TYPE).items() if fate.startswith("refused")}
    assert refused == reserved == {"RequireOorg"}


@pytest.mark.parametrize(
    ("version", "usage", "expected"),
    [
        ("2010", "Custom", 10 << 20),
        ("2013", "Internet", 25 << 20),
        ("2016", "Partner", 35 << 20),
        ("SE", "Custom", 35 << 20),
        ("2019", "Internal", "unlimited"),
        ("2019", UNKNOWN, UNKNOWN),
    ],
)
def test_the_message_size_is_pinned_by_version_and_usage(version, usage, expected):
    raw = {"name": "x", "address_spaces": ["*"], "usage": usage}
    values = canonicalise(TYPE, raw, Platform(version), lambda *_: None)
    assert values["max_message_size"] == expected


def test_the_usage_means_something_at_creation_only():
    usage = TYPE.by_name["usage"]
    assert (usage.on_change, usage.reads) == (OnChange.IGNORE, "")
