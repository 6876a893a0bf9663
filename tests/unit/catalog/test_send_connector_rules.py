"""R1 to R38, each with what it accepts and what it refuses."""

from dataclasses import dataclass

import pytest

from reconciler.catalog.send_connector import TYPE
from reconciler.catalog.settings import misplaced
from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN
from reconciler.schema.canonical import canonicalise, given
from reconciler.schema.rules import check, check_fleet

MAILBOX, EDGE, OLD = Platform(), Platform("2019", "edge"), Platform("2010")

SMART = {"dns_routing_enabled": False, "smart_hosts": ["gw.x.com"]}
TLS = {"require_tls": True, "tls_auth_level": "CertificateValidation"}
DOMAIN = {"require_tls": True, "tls_auth_level": "DomainValidation"}
SECRET = {"authentication_credential": {"username": "relay", "password": "s3cret"}}
BASIC = {**SMART, "smart_host_auth_mechanism": "BasicAuth"}
CERTIFICATE = "<I>CN=CA, C=US<S>CN=mail.contoso.com"
LINKED = {
    **SMART,
    "address_spaces": None,
    "linked_receive_connector": r"MBX1\Relay",
    "max_message_size": "unlimited",
    "smart_host_auth_mechanism": "None",
}
M365 = {
    "dns_routing_enabled": False,
    "smart_hosts": ["contoso-com.mail.protection.outlook.com"],
    "cloud_services_mail_enabled": True,
    "tls_certificate_name": CERTIFICATE,
    **TLS,
}


@dataclass(frozen=True)
class Case:
    """`fine` gives no finding at all; `wrong` gives `code` at `culprit`."""

    rule: str
    code: str
    level: str
    culprit: str
    fine: dict
    wrong: dict
    platform: Platform = MAILBOX


CASES = (
    Case(
        "R23",
        "thumbprint-without-certificate-name",
        "E?",
        "certificate_thumbprint",
        {"certificate_thumbprint": "A" * 40, "tls_certificate_name": CERTIFICATE},
        {"certificate_thumbprint": "A" * 40},
    ),
    Case("R1", "missing-argument", "E", "name", {"name": "a"}, {"name": None}),
    Case("R1", "empty-name", "E", "name", {"name": "a"}, {"name": " "}),
    Case("R1", "name-too-long", "E", "name", {"name": "x" * 64}, {"name": "x" * 65}),
    Case(
        "R2",
        "usage-given-twice",
        "E?",
        "partner",
        {"internet": True, "partner": False},
        {"internet": True, "partner": True},
    ),
    Case(
        "R2",
        "usage-given-twice",
        "E?",
        "usage",
        {"usage": "Internet"},
        {"internet": True, "usage": "Internet"},
    ),
    Case(
        "R3",
        "missing-address-spaces",
        "E",
        "address_spaces",
        {"address_spaces": ["contoso.com"]},
        {"address_spaces": None},
    ),
    Case(
        "R3",
        "address-spaces-with-linked-receive-connector",
        "E",
        "address_spaces",
        LINKED,
        {**LINKED, "address_spaces": ["contoso.com"]},
        OLD,
    ),
    Case(
        "R4",
        "invalid-address-space",
        "E?",
        "address_spaces",
        {"address_spaces": ["SMTP:contoso.com;1", "contoso.com"]},
        {"address_spaces": ["SMTP:;1"]},
    ),
    Case(
        "R5",
        "invalid-address-space-domain",
        "E?",
        "address_spaces",
        {"address_spaces": ["*", "*.com", "*.contoso.com"]},
        {"address_spaces": ["*contoso.com"]},
    ),
    Case(
        "R5",
        "invalid-address-space-domain",
        "E?",
        "address_spaces",
        {"address_spaces": ["a.contoso.com"]},
        {"address_spaces": ["a.*.contoso.com"]},
    ),
    Case(
        "R6",
        "invalid-x400-address",
        "E?",
        "address_spaces",
        {"address_spaces": ["X400:o=MySite;p=MyOrg;a=adatum;c=us;1"], **SMART},
        {"address_spaces": ["X400:hello;1"], **SMART},
    ),
    Case(
        "R7",
        "invalid-address-space-cost",
        "E?",
        "address_spaces",
        {"address_spaces": ["contoso.com;100", "FAX:a;b;5"], **SMART},
        {"address_spaces": ["contoso.com;101"]},
    ),
    Case(
        "R7",
        "invalid-address-space-cost",
        "E?",
        "address_spaces",
        {"address_spaces": ["X400:c=us;a=x;7"], **SMART},
        {"address_spaces": ["X400:c=us;a=x"], **SMART},
    ),
    Case(
        "R8",
        "address-space-not-on-this-role",
        "E?",
        "address_spaces",
        {"address_spaces": ["SMTP:*;100", "--"]},
        {"address_spaces": ["X400:c=us;a=x;1"]},
        EDGE,
    ),
    Case(
        "R8",
        "address-space-not-on-this-role",
        "E?",
        "address_spaces",
        {"address_spaces": ["*"]},
        {"address_spaces": ["--"]},
    ),
    Case(
        "R9",
        "address-space-needs-smart-host",
        "E?",
        "address_spaces",
        {"address_spaces": ["FAX:*;1"], **SMART},
        {"address_spaces": ["FAX:*;1"], "dns_routing_enabled": True},
    ),
    Case(
        "R10",
        "smart-hosts-with-dns-routing",
        "E?",
        "smart_hosts",
        SMART,
        {"smart_hosts": ["a.x.com"], "dns_routing_enabled": True},
    ),
    Case(
        "R11",
        "missing-smart-hosts",
        "E?",
        "dns_routing_enabled",
        {"dns_routing_enabled": False, "smart_hosts": ["10.10.1.1"]},
        {"dns_routing_enabled": False},
    ),
    Case(
        "R12",
        "invalid-smart-host",
        "E?",
        "smart_hosts",
        {**SMART, "smart_hosts": ["10.10.1.1", "mx.x.com"]},
        {**SMART, "smart_hosts": ["10.10.1.1:26"]},
    ),
    Case(
        "R12",
        "smart-host-not-on-this-role",
        "E?",
        "smart_hosts",
        SMART,
        {**SMART, "smart_hosts": ["--"]},
    ),
    Case(
        "R13",
        "auth-mechanism-without-smart-host",
        "W",
        "smart_host_auth_mechanism",
        {**BASIC, **SECRET},
        {"smart_host_auth_mechanism": "BasicAuth", **SECRET},
    ),
    Case(
        "R14",
        "invalid-choice",
        "E?",
        "smart_host_auth_mechanism",
        {**SMART, "smart_host_auth_mechanism": "ExchangeServer"},
        {**SMART, "smart_host_auth_mechanism": "BasicAuth,ExchangeServer"},
    ),
    Case(
        "R15", "missing-credential", "E?", "smart_host_auth_mechanism", {**BASIC, **SECRET}, BASIC
    ),
    Case(
        "R16",
        "credential-without-basic-auth",
        "L",
        "authentication_credential",
        {**BASIC, **SECRET},
        {**SMART, **SECRET},
    ),
    Case(
        "R16",
        "basic-auth-tls-without-starttls",
        "L",
        "ignore_starttls",
        {**BASIC, **SECRET, "ignore_starttls": True},
        {
            **SMART,
            **SECRET,
            "smart_host_auth_mechanism": "BasicAuthRequireTLS",
            "ignore_starttls": True,
        },
    ),
    Case(
        "R17",
        "require-tls-with-ignore-starttls",
        "E?",
        "ignore_starttls",
        {"require_tls": True, "ignore_starttls": False},
        {"require_tls": True, "ignore_starttls": True},
    ),
    Case(
        "R18",
        "helo-without-extensions",
        "L",
        "force_helo",
        {"force_helo": True},
        {"force_helo": True, "require_tls": True},
    ),
    Case(
        "R19",
        "tls-auth-level-without-tls",
        "E?",
        "tls_auth_level",
        TLS,
        {"tls_auth_level": "EncryptionOnly"},
    ),
    Case(
        "R20",
        "tls-domain-without-domain-validation",
        "E",
        "tls_domain",
        {**DOMAIN, "tls_domain": "mail.protection.outlook.com"},
        {**TLS, "tls_domain": "mail.protection.outlook.com"},
    ),
    Case(
        "R21",
        "missing-tls-domain",
        "E?",
        "tls_auth_level",
        {**DOMAIN, **SMART, "tls_domain": "x.com"},
        {**DOMAIN, **SMART},
    ),
    Case(
        "R22",
        "invalid-domain",
        "E?",
        "tls_domain",
        {**DOMAIN, "tls_domain": "*.contoso.com"},
        {**DOMAIN, "tls_domain": "a.*.com"},
    ),
    Case(
        "R23",
        "invalid-certificate-name",
        "E?",
        "tls_certificate_name",
        {"tls_certificate_name": CERTIFICATE},
        {"tls_certificate_name": "CN=mail.contoso.com"},
    ),
    Case(
        "R24",
        "domain-security-without-effect",
        "W",
        "domain_secure_enabled",
        {"domain_secure_enabled": True},
        {"domain_secure_enabled": True, **SMART},
    ),
    Case(
        "R25",
        "domain-security-with-wildcard",
        "W",
        "address_spaces",
        {"domain_secure_enabled": True, "address_spaces": ["partner.com"]},
        {"domain_secure_enabled": True, "address_spaces": ["*.partner.com"]},
    ),
    Case(
        "R26",
        "size-out-of-range",
        "E?",
        "max_message_size",
        {"max_message_size": "25MB"},
        {"max_message_size": "2GB"},
    ),
    Case(
        "R26",
        "invalid-size",
        "E?",
        "max_message_size",
        {"max_message_size": 26214400},
        {"max_message_size": "-1"},
    ),
    Case("R27", "number-out-of-range", "E?", "port", {"port": 65535}, {"port": 70000}),
    Case(
        "R28",
        "time-span-out-of-range",
        "E?",
        "connection_inactivity_timeout",
        {"connection_inactivity_timeout": "1.00:00:00"},
        {"connection_inactivity_timeout": "1.00:00:01"},
    ),
    Case(
        "R28",
        "invalid-time-span",
        "E?",
        "connection_inactivity_timeout",
        {"connection_inactivity_timeout": "00:00:01"},
        {"connection_inactivity_timeout": "24:00:00"},
    ),
    Case(
        "R29",
        "not-on-this-role",
        "E?",
        "source_ip_address",
        {"source_transport_servers": ["MBX1"]},
        {"source_ip_address": "10.0.0.5"},
    ),
    Case(
        "R29",
        "not-on-this-role",
        "E?",
        "source_transport_servers",
        {"source_ip_address": "10.0.0.5"},
        {"source_transport_servers": ["MBX1"]},
        EDGE,
    ),
    Case(
        "R30",
        "invalid-choice",
        "E?",
        "error_policies",
        {"error_policies": ["DowngradeDnsFailures", "UpgradeCustomFailures", "Default"]},
        {"error_policies": ["IgnoreFailures"]},
    ),
    Case(
        "R30",
        "error-policy-not-on-this-version",
        "E?",
        "error_policies",
        {"error_policies": ["DowngradeCustomFailures"]},
        {"error_policies": ["DowngradeAuthFailures"]},
    ),
    Case(
        "R30",
        "error-policy-not-on-this-version",
        "E?",
        "error_policies",
        {"error_policies": ["DowngradeAuthFailures"]},
        {"error_policies": ["UpgradeCustomFailures"]},
        OLD,
    ),
    Case(
        "R32",
        "linked-receive-connector-needs-companions",
        "E?",
        "linked_receive_connector",
        LINKED,
        {**LINKED, "max_message_size": "10MB"},
        OLD,
    ),
    Case(
        "R32",
        "linked-receive-connector-needs-companions",
        "E?",
        "linked_receive_connector",
        LINKED,
        {**LINKED, "smart_host_auth_mechanism": None},
        OLD,
    ),
    Case(
        "R32",
        "linked-receive-connector-cannot-be-scoped",
        "E?",
        "is_scoped_connector",
        LINKED,
        {**LINKED, "is_scoped_connector": True},
        OLD,
    ),
    Case(
        "R33",
        "not-on-this-version",
        "E?",
        "is_coexistence_connector",
        {"connector_type": "XPremises"},
        {"is_coexistence_connector": False},
    ),
    Case(
        "R33",
        "not-on-this-version",
        "E?",
        "tls_certificate_name",
        {"is_coexistence_connector": True},
        {"tls_certificate_name": CERTIFICATE},
        OLD,
    ),
    Case(
        "R34",
        "hybrid-connector-settings",
        "L",
        "cloud_services_mail_enabled",
        M365,
        {**M365, "cloud_services_mail_enabled": False},
    ),
    Case(
        "R34",
        "hybrid-connector-settings",
        "L",
        "tls_certificate_name",
        {**M365, "tls_certificate_name": None, "fqdn": "mail.contoso.com"},
        {**M365, "tls_certificate_name": None},
    ),
    Case(
        "R34",
        "hybrid-connector-settings",
        "L",
        "tls_auth_level",
        {"address_spaces": ["onmicrosoft.com"]},
        {"address_spaces": ["contoso.mail.onmicrosoft.com"]},
    ),
    Case(
        "R34",
        "hybrid-connector-settings",
        "L",
        "tls_domain",
        {**M365, **DOMAIN, "tls_domain": "mail.protection.outlook.com"},
        {**M365, **DOMAIN, "tls_domain": "outlook.com"},
    ),
    Case(
        "R35",
        "frontend-proxy-on-edge",
        "W",
        "frontend_proxy_enabled",
        {"frontend_proxy_enabled": False},
        {"frontend_proxy_enabled": True},
        EDGE,
    ),
    Case(
        "R36",
        "scoped-connector-with-several-servers",
        "L",
        "source_transport_servers",
        {"is_scoped_connector": True, "source_transport_servers": ["MBX1"]},
        {"is_scoped_connector": True, "source_transport_servers": ["MBX1", "MBX2"]},
    ),
    Case(
        "R37",
        "no-source-server",
        "E?",
        "source_transport_servers",
        {"source_transport_servers": ["MBX1", "MBX2"]},
        {"source_transport_servers": []},
    ),
    Case(
        "R37",
        "invalid-server",
        "E?",
        "source_transport_servers",
        {"source_transport_servers": ["mbx1.contoso.com"]},
        {"source_transport_servers": ["NO SUCH"]},
    ),
    Case(
        "R38",
        "external-dns-without-dns-routing",
        "W",
        "use_external_dns_servers_enabled",
        {"use_external_dns_servers_enabled": True},
        {"use_external_dns_servers_enabled": True, **SMART},
    ),
    Case("", "reserved-argument", "E?", "require_oorg", {}, {"require_oorg": False}),
)
ELSEWHERE = {"duplicate-name", "edge-is-subscribed", "setting-not-on-this-role"}


def found(arguments: dict, platform: Platform) -> set[tuple[str, str]]:
    """(code, culprit) of everything that is wrong with a connector of these arguments."""
    raw = {"name": "Internet", "address_spaces": ["contoso.com"], **arguments}
    problems = []
    values = canonicalise(TYPE, raw, platform, lambda *problem: problems.append(problem[:4]))
    broken = check(TYPE, values, given(TYPE, raw), platform)
    return {(code, name) for code, _, name, _ in problems} | {
        (rule.code, finding.attribute) for rule, finding in broken
    }


def named(case: Case) -> str:
    return f"{case.rule or 'reserved'}-{case.code}-{case.culprit}"


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_the_rule_allows_is_accepted_without_a_word(case: Case):
    assert found(case.fine, case.platform) == set()


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_the_rule_forbids_is_found_at_the_culprit(case: Case):
    assert (case.code, case.culprit) in found(case.wrong, case.platform)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_level_is_the_documented_one(case: Case):
    rules = [*TYPE.rules, *TYPE.fleet_rules, *TYPE.held]
    levels = {rule.level for rule in rules if (rule.id, rule.code) == (case.rule, case.code)}
    assert levels == {case.level}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_rule_waits_for_what_is_not_known_yet(case: Case):
    for rule in (r for r in TYPE.rules if r.code == case.code):
        for name in rule.attributes:
            if TYPE.by_name[name].exists_on(case.platform):
                later = found({**case.wrong, name: UNKNOWN}, case.platform)
                assert case.code not in {code for code, _ in later}


def test_every_declared_rule_has_a_case():
    declared = {rule.code for rule in (*TYPE.rules, *TYPE.fleet_rules, *TYPE.held)}
    assert declared == {case.code for case in CASES} | ELSEWHERE


def test_all_numbers_from_1_to_38_are_held_by_something():
    held = {rule.id for rule in (*TYPE.rules, *TYPE.fleet_rules, *TYPE.held)} - {""}
    assert held == {f"R{number}" for number in range(1, 39)}


def test_names_are_unique_whatever_their_case():
    fleet = [("a", {"name": "Internet"}), ("b", {"name": "Relay"}), ("c", {"name": "INTERNET"})]
    ((rule, index, finding),) = check_fleet(TYPE, fleet, (), MAILBOX)
    assert (rule.id, rule.code, index, finding.attribute) == ("R1", "duplicate-name", 2, "name")


def test_a_name_not_known_yet_is_no_duplicate():
    fleet = [("a", {"name": UNKNOWN}), ("b", {"name": UNKNOWN})]
    assert not list(check_fleet(TYPE, fleet, (), MAILBOX))


def test_a_domain_controller_is_no_setting_of_an_edge_server():
    settings = {"domain_controller": "dc1.contoso.com", "what_if": True, "version": "2019"}
    assert [name for _, name, _ in misplaced(settings, EDGE)] == ["domain_controller"]
    assert not list(misplaced(settings, MAILBOX))


def test_defaults_alone_break_no_rule_but_those_that_ask_for_something():
    for platform in (MAILBOX, EDGE, OLD):
        values = canonicalise(TYPE, {"name": "x"}, platform, lambda *_: None)
        broken = {r.code for r in TYPE.rules if [*r.check(values, frozenset(), platform)]}
        assert broken == {r.code for r in TYPE.rules if r.always}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_every_finding_ends_with_a_full_stop(case: Case):
    raw = {"name": "x", "address_spaces": ["contoso.com"], **case.wrong}
    details = []
    values = canonicalise(TYPE, raw, case.platform, lambda *problem: details.append(problem[3]))
    broken = check(TYPE, values, given(TYPE, raw), case.platform)
    details += [finding.detail for _, finding in broken]
    assert all(detail.endswith((".", "?")) for detail in details)
