"""What every resource type promises, whatever it is."""

import re
from pathlib import Path

import pytest

from reconciler.catalog.index import found, types
from reconciler.model.platform import PLATFORMS, Platform
from reconciler.model.values import UNKNOWN
from reconciler.schema.attribute import Presence
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.rules import check
from reconciler.views.docs import accounting, page

PAGES = Path(__file__).parents[2] / "docs" / "types"
TYPES = [pytest.param(rtype, id=rtype.name) for rtype in types().values()]


def all_rules(rtype: ResourceType):
    return rtype.every_rule


@pytest.mark.parametrize("rtype", TYPES)
def test_the_reference_page_is_fresh(rtype: ResourceType):
    """Else: `python docs/generate.py`."""
    written = (PAGES / f"{rtype.name}.md").read_text(encoding="utf-8")
    assert written == page(rtype)


@pytest.mark.parametrize("name", found())
def test_the_reference_page_of_what_is_only_found_is_fresh(name: str):
    written = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert written == page(found()[name])


@pytest.mark.parametrize("rtype", TYPES)
def test_names_are_unique_and_in_snake_case(rtype: ResourceType):
    names = [*rtype.argument_names, *(a.name for a in rtype.attributes if a.reads)]
    assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in names)
    assert len(set(rtype.argument_names)) == len(rtype.argument_names)


@pytest.mark.parametrize("rtype", TYPES)
def test_rules_look_at_arguments_that_exist(rtype: ResourceType):
    checked = (*rtype.rules, *rtype.scene_rules, *rtype.held)
    looked_at = {name for rule in checked for name in rule.attributes}
    coupled = set().union(*rtype.coupled)
    lacking = {name for one in rtype.parameter_sets for name in (one.chosen_by, *one.lacks)}
    assert looked_at | coupled | lacking | set(rtype.identity) <= set(rtype.by_name)


@pytest.mark.parametrize("rtype", TYPES)
def test_codes_are_kebab_case_and_summaries_hold_no_full_stop(rtype: ResourceType):
    for rule in all_rules(rtype):
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", rule.code)
        assert rule.summary
        assert not rule.summary.endswith(".")


@pytest.mark.parametrize("rtype", TYPES)
def test_a_code_means_one_thing(rtype: ResourceType):
    checked = [rule.code for rule in (*rtype.rules, *rtype.fleet_rules, *rtype.scene_rules)]
    assert len(set(checked)) == len(checked)
    assert set(checked).isdisjoint(rule.code for rule in rtype.held)


@pytest.mark.parametrize("rtype", TYPES)
@pytest.mark.parametrize("platform", PLATFORMS, ids=str)
def test_defaults_are_canonical_and_read_back_as_they_are(rtype: ResourceType, platform: Platform):
    for attribute in rtype.attributes:
        if attribute.presence is Presence.OPTIONAL and attribute.exists_on(platform):
            value = attribute.fill({}, platform)
            assert value is None or attribute.kind.parse(attribute.kind.expose(value)) == value


@pytest.mark.parametrize("rtype", TYPES)
@pytest.mark.parametrize("platform", PLATFORMS, ids=str)
def test_no_rule_finds_fault_with_what_is_unknown(rtype: ResourceType, platform: Platform):
    from_nowhere = dict.fromkeys(rtype.by_name, UNKNOWN)
    assert not list(check(rtype, from_nowhere, frozenset(rtype.by_name), platform))


@pytest.mark.parametrize("rtype", TYPES)
def test_every_parameter_is_accounted_for_once(rtype: ResourceType):
    parameters = [a.parameter for a in rtype.attributes if a.parameter]
    parameters += [s.parameter for s in rtype.shorthands]
    parameters += [other.parameter for other in rtype.others]
    assert sorted(parameters) == sorted(set(parameters))
    assert len(accounting(rtype)) == len(parameters)
