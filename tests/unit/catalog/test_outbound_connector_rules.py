"""R69, part by part, each with what it accepts and what it refuses."""

import pytest
from cloud_bench import CLOUD, Case, codes, found, levels

from reconciler.catalog.outbound_connector import TYPE
from reconciler.model.values import UNKNOWN
from reconciler.schema.decode import encode
from reconciler.schema.rules import check_fleet

BASE = {"name": "To A", "recipient_domains": ["contoso.com"]}
OWN = {"connector_type": "OnPremises"}
HOSTS = {"use_mx_record": False, "smart_hosts": ["mx.contoso.com", "192.0.2.0/24"]}

CASES = (
    Case("missing-argument", "E", "name", {}, {"name": None}),
    Case("name-too-long", "E?", "name", {"name": "x" * 64}, {"name": "x" * 65}),
    Case(
        "invalid-domain",
        "E?",
        "recipient_domains",
        {"recipient_domains": ["*", "*.contoso.com"]},
        {"recipient_domains": ["a.*.com"]},
    ),
    Case("invalid-smart-host", "E?", "smart_hosts", HOSTS, {**HOSTS, "smart_hosts": ["mx:25"]}),
    Case("missing-smart-hosts", "E?", "use_mx_record", HOSTS, {"use_mx_record": False}),
    Case(
        "smart-hosts-without-effect", "L", "smart_hosts", HOSTS, {**HOSTS, "use_mx_record": True}
    ),
    *(
        Case("needs-on-premises", "E?", name, {**OWN, name: True}, {name: True})
        for name in (
            "all_accepted_domains",
            "route_all_messages_via_on_premises",
            "sender_rewriting_enabled",
        )
    ),
    Case(
        "tls-domain-without-validation",
        "W",
        "tls_domain",
        {"tls_domain": "contoso.com", "tls_settings": "DomainValidation"},
        {"tls_domain": "contoso.com", "tls_settings": "CertificateValidation"},
    ),
)
ELSEWHERE = {"duplicate-name"}


def named(case):
    return f"{case.code}-{case.culprit}"


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_the_rule_allows_is_accepted_without_a_word(case):
    assert found(TYPE, BASE, case.fine) == set()


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_the_rule_forbids_is_found_at_the_culprit(case):
    assert (case.code, case.culprit) in found(TYPE, BASE, case.wrong)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_level_is_the_documented_one(case):
    assert levels(TYPE, case.code) == {case.level}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_rule_waits_for_what_is_not_known_yet(case):
    for rule in (r for r in TYPE.rules if r.code == case.code):
        for name in rule.attributes:
            later = found(TYPE, BASE, {**case.wrong, name: UNKNOWN})
            assert case.code not in {code for code, _ in later}


def test_every_declared_rule_has_a_case():
    assert codes(TYPE) == {case.code for case in CASES} | ELSEWHERE


def test_names_are_unique_whatever_their_case():
    fleet = [("a", {"name": "Partner"}), ("b", {"name": "PARTNER"})]
    ((_, index, finding),) = check_fleet(TYPE, fleet, (), CLOUD)
    assert (index, finding.attribute) == (1, "name")


def test_what_microsoft_reserves_is_refused_with_that_reason():
    wrong = {"link_for_modified_connector": "0292c782-9804-4d8b-ae0e-e1c7ab90852b"}
    assert ("reserved-argument", "link_for_modified_connector") in found(TYPE, BASE, wrong)


def test_what_new_does_not_take_is_not_sent_to_it():
    values = {"name": "A", "validation_recipients": ("ann@contoso.com",)}
    assert encode(TYPE, values, CLOUD, creating=True) == {"Name": "A"}
    assert "ValidationRecipients" in encode(TYPE, values, CLOUD)


def test_all_four_combinations_of_what_is_hidden_are_asked_for():
    names = ("IncludeTestModeConnectors", "IsTransportRuleScoped")
    asked = {tuple(bool(one.get(name)) for name in names) for one in TYPE.listings}
    assert asked == {(a, b) for a in (False, True) for b in (False, True)}
    assert {one["ResultSize"] for one in TYPE.listings} == {"Unlimited"}
