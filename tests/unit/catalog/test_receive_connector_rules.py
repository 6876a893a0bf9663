"""R39 to R63: what each rule accepts and what it refuses, of one connector and of several."""

from dataclasses import replace

import pytest
from judging_bench import Case, found, levels, named
from judging_bench import codes as declared

from reconciler.catalog.receive_connector import TYPE
from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN
from reconciler.schema.canonical import canonicalise
from reconciler.schema.rules import check_fleet

BASE = {
    "name": "Relay",
    "server": "MBX1",
    "bindings": ["10.0.0.1:25"],
    "remote_ip_ranges": ["10.1.0.0/24"],
    "permission_groups": ["AnonymousUsers"],
}
EDGE, OLD = Platform(role="edge"), Platform("2010")
EXTERNAL = {"permission_groups": ["ExchangeServers"]}
AMONG_OBJECTS = {
    "duplicate-name",
    "binding-of-another-role",
    "binding-and-range-taken",
    "ranges-overlap-in-part",
    "creation-collides",
    "downgraded-authentication-needed",
    "downgraded-authentication-unseen",
    "fqdn-not-the-full-name",
}
"""Below, and in test_receive_connector_births and test_receive_connector_service."""
ELSEWHERE = {
    "given-after-creation",  # R42: test_receive_connectors
    "default-domain-unknown",  # R55: test_receive_connectors
    "setting-not-on-this-role",  # R31: test_backend_settings
}

CASES = (
    Case("R39", "missing-argument", "E?", "name", {}, {"name": None}),
    Case("R39", "missing-argument", "E?", "server", {}, {"server": None}),
    Case("R39", "empty-name", "E?", "name", {"name": "x"}, {"name": " "}),
    Case("R39", "name-too-long", "E?", "name", {"name": "x" * 64}, {"name": "x" * 65}),
    Case(
        "R39", "invalid-server", "E?", "server", {"server": "mbx1.contoso.com"}, {"server": "a b"}
    ),
    Case(
        "R40",
        "usage-given-twice",
        "E",
        "internet",
        {"internet": True, "remote_ip_ranges": None},
        {"client": True, "internet": True},
    ),
    Case(
        "R41", "missing-bindings", "E", "bindings", {"bindings": ["[::]:25"]}, {"bindings": None}
    ),
    Case(
        "R41",
        "missing-bindings",
        "E",
        "bindings",
        {"usage": "Client", "bindings": None},
        {"usage": "Partner", "bindings": []},
    ),
    Case(
        "R41",
        "missing-remote-ip-ranges",
        "E",
        "remote_ip_ranges",
        {"usage": "Internet", "remote_ip_ranges": None},
        {"usage": "Partner", "remote_ip_ranges": None},
    ),
    Case(
        "R43",
        "invalid-binding",
        "E",
        "bindings",
        {"bindings": ["10.0.0.1:25", "[2001:db8::1]:25"]},
        {"bindings": ["mail.contoso.com:25"]},
    ),
    Case(
        "R45",
        "invalid-ip-range",
        "E?",
        "remote_ip_ranges",
        {"remote_ip_ranges": ["10.0.0.1-10.0.0.9", "10.1.0.0/16", "::/0"]},
        {"remote_ip_ranges": ["10.0.0.9-10.0.0.1"]},
    ),
    Case(
        "R46",
        "none-stands-alone",
        "E?",
        "auth_mechanism",
        {"auth_mechanism": ["None"]},
        {"auth_mechanism": ["None", "Tls"]},
    ),
    Case(
        "R46",
        "none-stands-alone",
        "E?",
        "permission_groups",
        {"permission_groups": ["None"], "enabled": False},
        {"permission_groups": ["None", "Partners"]},
    ),
    Case(
        "R47",
        "basic-auth-tls-alone",
        "E?",
        "auth_mechanism",
        {"auth_mechanism": ["Tls", "BasicAuth", "BasicAuthRequireTLS"]},
        {"auth_mechanism": ["BasicAuthRequireTLS"]},
    ),
    Case(
        "R48",
        "external-authoritative-with-others",
        "E?",
        "auth_mechanism",
        {**EXTERNAL, "auth_mechanism": ["Tls", "ExternalAuthoritative"]},
        {**EXTERNAL, "auth_mechanism": ["ExternalAuthoritative", "Integrated"]},
    ),
    Case(
        "R49",
        "require-tls-without-tls",
        "E?",
        "require_tls",
        {"require_tls": True, "auth_mechanism": ["Tls"]},
        {"require_tls": True, "auth_mechanism": ["Integrated"]},
    ),
    Case(
        "R50",
        "external-authoritative-without-servers",
        "E?",
        "permission_groups",
        {**EXTERNAL, "auth_mechanism": ["ExternalAuthoritative"]},
        {"auth_mechanism": ["ExternalAuthoritative"]},
    ),
    Case(
        "R51",
        "fqdn-not-of-the-server",
        "E",
        "fqdn",
        {"auth_mechanism": ["ExchangeServer"], "fqdn": "mbx1.contoso.com"},
        {"auth_mechanism": ["ExchangeServer"], "fqdn": "mail.contoso.com"},
    ),
    Case(
        "R52",
        "banner-without-220",
        "E?",
        "banner",
        {"banner": "220 mail.contoso.com"},
        {"banner": "Hello"},
    ),
    Case(
        "R53",
        "binary-mime-without-chunking",
        "E?",
        "binary_mime_enabled",
        {"chunking_enabled": False, "binary_mime_enabled": False},
        {"chunking_enabled": False},
    ),
    Case(
        "R54",
        "idle-longer-than-whole",
        "E?",
        "connection_inactivity_timeout",
        {"connection_timeout": "00:10:00", "connection_inactivity_timeout": "00:09:59"},
        {"connection_timeout": "00:10:00", "connection_inactivity_timeout": "00:10:00"},
    ),
    Case(
        "R54",
        "idle-longer-than-whole",
        "E?",
        "connection_inactivity_timeout",
        {"connection_timeout": "00:02:00"},
        {"connection_timeout": "00:01:00"},
        EDGE,
    ),
    Case(
        "R54",
        "time-span-out-of-range",
        "E?",
        "connection_timeout",
        {"connection_timeout": "1.00:00:00"},
        {"connection_timeout": "1.00:00:01"},
    ),
    Case(
        "R56",
        "domain-security-without-effect",
        "W",
        "domain_secure_enabled",
        {"domain_secure_enabled": True, "auth_mechanism": ["Tls"]},
        {"domain_secure_enabled": True, "auth_mechanism": ["None"]},
    ),
    Case(
        "R57",
        "gssapi-without-integrated",
        "W",
        "enable_auth_gssapi",
        {"enable_auth_gssapi": True, "auth_mechanism": ["Integrated"]},
        {"enable_auth_gssapi": True},
    ),
    Case(
        "R58",
        "fqdn-of-default-connector",
        "L",
        "fqdn",
        {"name": "Default MBX1"},
        {"name": "Default MBX1", "fqdn": "mail.contoso.com"},
    ),
    Case(
        "R59",
        "long-addresses-on-front-end",
        "E?",
        "long_addresses_enabled",
        {"long_addresses_enabled": True, "transport_role": "HubTransport"},
        {"long_addresses_enabled": True, "transport_role": "FrontendTransport"},
    ),
    Case(
        "R60",
        "size-out-of-range",
        "E?",
        "max_message_size",
        {"max_message_size": "64KB"},
        {"max_message_size": "60KB"},
    ),
    Case(
        "R60",
        "size-out-of-range",
        "E?",
        "max_header_size",
        {"max_header_size": 1},
        {"max_header_size": 0},
    ),
    Case(
        "R61",
        "usage-not-on-this-role",
        "E?",
        "usage",
        {"usage": "Internal", "bindings": None},
        {"usage": "Client", "bindings": None},
        EDGE,
    ),
    Case(
        "R61",
        "permission-group-not-on-this-role",
        "E?",
        "permission_groups",
        {"permission_groups": ["ExchangeServers"]},
        {"permission_groups": ["ExchangeLegacyServers"]},
        EDGE,
    ),
    Case(
        "R61",
        "nobody-may-send",
        "W",
        "permission_groups",
        {"permission_groups": None, "enabled": False},
        {"permission_groups": None},
    ),
    Case(
        "R61",
        "nobody-may-send",
        "W",
        "permission_groups",
        {"permission_groups": ["None"]},
        {"usage": "Custom", "permission_groups": None},
    ),
    Case(
        "R61",
        "custom-is-a-mark",
        "E",
        "permission_groups",
        {"permission_groups": ["Partners"]},
        {"permission_groups": ["Partners", "Custom"]},
    ),
    Case(
        "R62",
        "no-tls-for-everybody",
        "E?",
        "remote_ip_ranges",
        {"suppress_x_anonymous_tls": True},
        {"suppress_x_anonymous_tls": True, "remote_ip_ranges": ["0.0.0.0/0"]},
    ),
    Case(
        "R23",
        "thumbprint-without-certificate-name",
        "E?",
        "certificate_thumbprint",
        {
            "certificate_thumbprint": "A" * 40,
            "tls_certificate_name": "<I>CN=Contoso CA<S>CN=mail.contoso.com",
        },
        {"certificate_thumbprint": "A" * 40},
    ),
    Case(
        "R63",
        "invalid-domain-capability",
        "E?",
        "tls_domain_capabilities",
        {"tls_domain_capabilities": ["mail.protection.outlook.com:AcceptCloudServicesMail"]},
        {"tls_domain_capabilities": ["x.com"]},
    ),
    Case(
        "R63",
        "capability-not-on-this-version",
        "E?",
        "tls_domain_capabilities",
        {"tls_domain_capabilities": ["NO-TLS:AcceptOorgProtocol"]},
        {"tls_domain_capabilities": ["NO-TLS:AcceptCloudServicesMail"]},
        OLD,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_the_rule_allows_is_accepted_without_a_word(case):
    assert found(TYPE, {**BASE, **case.fine}, case.platform) == {}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_the_rule_forbids_is_found_at_the_culprit(case):
    problems = found(TYPE, {**BASE, **case.wrong}, case.platform)
    assert problems[case.code, case.culprit].endswith((".", "?"))


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_level_is_the_documented_one(case):
    assert levels(TYPE, case) == {case.level}


@pytest.mark.parametrize("case", [c for c in CASES if c.platform != Platform()], ids=named)
def test_what_only_a_role_or_a_version_refuses_is_fine_on_the_others(case):
    if case.code == "idle-longer-than-whole":
        case = replace(case, wrong=case.fine | {"connection_timeout": "00:06:00"})
    assert found(TYPE, {**BASE, **case.wrong}) == {}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_rule_waits_for_what_is_not_known_yet(case):
    for rule in (r for r in TYPE.rules if r.code == case.code):
        for name in rule.attributes:
            if TYPE.by_name[name].exists_on(case.platform):
                later = found(TYPE, {**BASE, **case.wrong, name: UNKNOWN}, case.platform)
                assert case.code not in {code for code, _ in later}


def test_every_declared_rule_has_a_case():
    assert declared(TYPE) == {case.code for case in CASES} | AMONG_OBJECTS | ELSEWHERE


def test_all_numbers_from_39_to_63_are_held_by_something():
    held = {rule.id for rule in TYPE.every_rule}
    assert held >= {f"R{number}" for number in range(39, 64)}


def fleet(*changes, others=()):
    def made(more):
        return canonicalise(TYPE, {**BASE, **more}, Platform(), print)

    ours = [(f"r{n}", made(c)) for n, c in enumerate(changes)]
    strangers = [(f"o{n}", made(c)) for n, c in enumerate(others)]
    return [(r.code, i, f.detail) for r, i, f in check_fleet(TYPE, ours, strangers, Platform())]


FRONT = {"name": "F", "transport_role": "FrontendTransport"}


def test_another_role_on_the_same_port_is_found_whoever_has_it():
    everywhere = {**FRONT, "bindings": ["0.0.0.0:25"], "remote_ip_ranges": ["1.1.1.1"]}
    found = fleet({}, others=[everywhere])
    assert [(c, i) for c, i, _ in found] == [("binding-of-another-role", 0)]
    assert "o0" in found[0][2]
    assert "r0" in found[0][2]


def test_connectors_of_different_servers_do_not_collide():
    assert fleet({}, {**FRONT, "server": "MBX2"}) == []


def test_a_range_inside_another_is_fine_and_half_of_one_is_not():
    assert fleet({}, {"name": "B", "remote_ip_ranges": ["10.1.0.7"]}) == []
    half = fleet({}, {"name": "B", "remote_ip_ranges": ["10.1.0.200-10.1.1.9"]})
    assert [c for c, *_ in half] == ["ranges-overlap-in-part"]


def test_the_same_binding_and_range_is_found_and_so_is_the_same_name():
    found = {c for c, *_ in fleet({}, {"name": "relay"})}
    assert found == {"binding-and-range-taken", "duplicate-name"}


def test_a_binding_is_freed_before_another_connector_takes_it():
    values = canonicalise(TYPE, BASE, Platform(), print)
    assert list(TYPE.order([(None, values), (values, None)])) == [(1, 0)]
