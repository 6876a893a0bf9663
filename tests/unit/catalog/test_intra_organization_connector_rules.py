"""R73."""

import pytest
from judging_bench import MAILBOX, ONLINE, Case, codes, found, levels, named

from reconciler.catalog.intra_organization_connector import TYPE
from reconciler.model.values import UNKNOWN
from reconciler.schema.rules import check_fleet

PLAIN = {
    "name": "Cloud",
    "discovery_endpoint": "https://autodiscover.contoso.com",
    "target_address_domains": ["contoso.com"],
}
AMONG_OBJECTS = {"duplicate-name"}

CASES = (
    *(
        Case("R73", "missing-argument", "E", name, {name: PLAIN[name]}, {name: None})
        for name in PLAIN
    ),
    Case(
        "R73",
        "missing-domains",
        "E",
        "target_address_domains",
        {"target_address_domains": ["a.com", "b.com"]},
        {"target_address_domains": []},
    ),
    Case(
        "R73",
        "invalid-domain",
        "E?",
        "target_address_domains",
        {"target_address_domains": ["a.com"]},
        {"target_address_domains": ["*.a.com"]},
    ),
    Case(
        "R73",
        "invalid-uri",
        "E?",
        "discovery_endpoint",
        {"discovery_endpoint": "https://a.com/autodiscover.svc"},
        {"discovery_endpoint": "a.com/autodiscover.svc"},
    ),
    Case(
        "R73",
        "not-on-this-version",
        "E?",
        "target_sharing_epr",
        {},
        {"target_sharing_epr": "https://a.com/EWS/Exchange.asmx"},
    ),
)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_the_rule_allows_is_accepted_without_a_word(case: Case):
    assert found(TYPE, {**PLAIN, **case.fine}, case.platform) == {}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_the_rule_forbids_is_found_at_the_culprit(case: Case):
    problems = found(TYPE, {**PLAIN, **case.wrong}, case.platform)
    assert problems[case.code, case.culprit].endswith((".", "?"))


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_level_is_the_documented_one(case: Case):
    assert levels(TYPE, case) == {case.level}


def test_every_declared_rule_has_a_case():
    assert codes(TYPE) == {case.code for case in CASES} | AMONG_OBJECTS


def test_names_are_unique_whatever_their_case():
    fleet = [("a", {"name": "One"}), ("b", {"name": UNKNOWN}), ("c", {"name": "ONE"})]
    ((rule, index, finding),) = check_fleet(TYPE, fleet, (), MAILBOX)
    assert (rule.code, index, finding.attribute) == ("duplicate-name", 2, "name")


def test_the_web_services_of_the_other_half_are_named_online():
    there = {**PLAIN, "target_sharing_epr": "https://a.com/EWS/Exchange.asmx"}
    assert found(TYPE, there, ONLINE) == {}
