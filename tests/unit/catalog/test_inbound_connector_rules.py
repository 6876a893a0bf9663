"""R68, part by part, each with what it accepts and what it refuses."""

import pytest
from cloud_bench import CLOUD, Case, codes, found, levels

from reconciler.catalog.inbound_connector import TYPE
from reconciler.model.values import UNKNOWN
from reconciler.schema.decode import decode
from reconciler.schema.rules import check_fleet

BASE = {"name": "From A", "sender_domains": ["contoso.com"]}
OWN = {"connector_type": "OnPremises", "enabled": True}
BY_CERTIFICATE = {
    "restrict_domains_to_certificate": True,
    "tls_sender_certificate_name": "*.contoso.com",
}
BY_ADDRESS = {
    "restrict_domains_to_ip_addresses": True,
    "sender_ip_addresses": ["192.0.2.0/24"],
}
INTERNAL = {"treat_messages_as_internal": True}

CASES = (
    Case("missing-argument", "E", "name", {}, {"name": None}),
    Case("missing-argument", "E", "sender_domains", {}, {"sender_domains": None}),
    Case("no-sender-domains", "E", "sender_domains", {}, {"sender_domains": []}),
    Case(
        "invalid-domain",
        "E?",
        "sender_domains",
        {"sender_domains": ["*", "smtp:*.contoso.com;1"]},
        {"sender_domains": ["*contoso.com"]},
    ),
    Case(
        "invalid-ip-address",
        "E?",
        "sender_ip_addresses",
        {"sender_ip_addresses": ["192.0.2.1", "192.0.2.0/32"]},
        {"sender_ip_addresses": ["2001:db8::1"]},
    ),
    Case(
        "network-too-large",
        "E?",
        "sender_ip_addresses",
        {"sender_ip_addresses": ["192.0.2.0/24"]},
        {"sender_ip_addresses": ["192.0.2.0/23"]},
    ),
    Case(
        "internal-with-cloud-services",
        "E?",
        "treat_messages_as_internal",
        {**OWN, **INTERNAL},
        {**OWN, **INTERNAL, "cloud_services_mail_enabled": True},
    ),
    Case(
        "internal-needs-on-premises",
        "E?",
        "treat_messages_as_internal",
        {**OWN, **INTERNAL},
        INTERNAL,
    ),
    Case(
        "partner-argument-on-premises",
        "W",
        "restrict_domains_to_certificate",
        BY_CERTIFICATE,
        {**OWN, **BY_CERTIFICATE},
    ),
    Case(
        "partner-argument-on-premises",
        "W",
        "restrict_domains_to_ip_addresses",
        BY_ADDRESS,
        {**OWN, **BY_ADDRESS},
    ),
    Case(
        "missing-certificate-name",
        "W",
        "restrict_domains_to_certificate",
        BY_CERTIFICATE,
        {"restrict_domains_to_certificate": True},
    ),
    Case(
        "missing-sender-addresses",
        "W",
        "restrict_domains_to_ip_addresses",
        BY_ADDRESS,
        {"restrict_domains_to_ip_addresses": True},
    ),
    Case(
        "skipped-addresses-without-effect",
        "W",
        "ef_skip_ips",
        {"ef_skip_ips": ["192.0.2.1-192.0.2.9"], "ef_skip_last_ip": False},
        {"ef_skip_ips": ["192.0.2.1"], "ef_skip_last_ip": True},
    ),
    Case(
        "addresses-and-certificate",
        "L",
        "sender_ip_addresses",
        {**OWN, "sender_ip_addresses": ["192.0.2.1"], "tls_sender_certificate_name": "a.com"},
        {"sender_ip_addresses": ["192.0.2.1"], "tls_sender_certificate_name": "a.com"},
    ),
    Case(
        "may-stay-disabled",
        "L",
        "connector_type",
        {"connector_type": "OnPremises", "enabled": False},
        {"connector_type": "OnPremises"},
    ),
)
ELSEWHERE = {"duplicate-name", "value-refused"}


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
            assert case.culprit not in {culprit for code, culprit in later if code == case.code}


def test_every_declared_rule_has_a_case():
    assert codes(TYPE) == {case.code for case in CASES} | ELSEWHERE


def test_names_are_unique_whatever_their_case_and_whoever_has_them():
    fleet = [("a", {"name": "Partner"}), ("b", {"name": "PARTNER"}), ("c", {"name": UNKNOWN})]
    ((_, index, finding),) = check_fleet(TYPE, fleet, (), CLOUD)
    assert (index, finding.attribute) == (1, "name")
    ((_, index, finding),) = check_fleet(TYPE, fleet[:1], [("theirs", fleet[1][1])], CLOUD)
    assert finding.detail.startswith("theirs has the same name")


def test_the_long_form_of_sender_domains_is_no_drift():
    now = decode(TYPE, {"SenderDomains": ["smtp:Contoso.com;1", "smtp:*.contoso.com;1"]}, CLOUD)
    kind = TYPE.by_name["sender_domains"].kind
    assert now["sender_domains"] == kind.parse(["*.contoso.com", "contoso.com"])


def test_exchange_may_answer_a_source_that_it_does_not_take():
    assert decode(TYPE, {"ConnectorSource": "AdminUI"}, CLOUD)["connector_source"] == "AdminUI"
    assert ("invalid-choice", "connector_source") in found(
        TYPE, BASE, {"connector_source": "AdminUI"}
    )


@pytest.mark.parametrize(
    "name", ["ef_skip_mail_gateway", "ef_test_mode", "scan_and_drop_recipients"]
)
def test_what_microsoft_reserves_is_refused_with_that_reason(name):
    assert ("reserved-argument", name) in found(TYPE, BASE, {name: True})
