"""Rules of receive connectors among their arguments and among each other."""

import pytest

from reconciler.catalog.receive_connector import TYPE
from reconciler.model.platform import Platform
from reconciler.schema.canonical import canonicalise, given
from reconciler.schema.rules import check, check_fleet

BASE = {
    "name": "Relay",
    "server": "MBX1",
    "bindings": ["10.0.0.1:25"],
    "remote_ip_ranges": ["10.1.0.0/24"],
    "permission_groups": ["AnonymousUsers"],
}
FINE_BESIDE = {"permission_groups": ["ExchangeServers"]}
WRONG = [
    ("name-too-long", {"name": "x" * 65}),
    ("missing-argument", {"server": None}),
    ("usage-given-twice", {"client": True, "internet": True}),
    ("missing-bindings", {"bindings": None}),
    ("missing-remote-ip-ranges", {"remote_ip_ranges": None}),
    ("none-stands-alone", {"auth_mechanism": ["None", "Tls"]}),
    ("basic-auth-tls-alone", {"auth_mechanism": ["BasicAuthRequireTLS"]}),
    (
        "external-authoritative-with-others",
        {**FINE_BESIDE, "auth_mechanism": ["ExternalAuthoritative", "Integrated"]},
    ),
    ("require-tls-without-tls", {"auth_mechanism": ["Integrated"], "require_tls": True}),
    ("external-authoritative-without-servers", {"auth_mechanism": ["ExternalAuthoritative"]}),
    ("fqdn-not-of-the-server", {"auth_mechanism": ["ExchangeServer"], "fqdn": "a.contoso.com"}),
    ("banner-without-220", {"banner": "Hello"}),
    ("binary-mime-without-chunking", {"chunking_enabled": False}),
    ("idle-longer-than-whole", {"connection_timeout": "00:05:00"}),
    ("domain-security-without-effect", {"domain_secure_enabled": True, "auth_mechanism": "None"}),
    ("gssapi-without-integrated", {"enable_auth_gssapi": True}),
    ("fqdn-of-default-connector", {"name": "Default MBX1", "fqdn": "a.contoso.com"}),
    (
        "long-addresses-on-front-end",
        {"long_addresses_enabled": True, "transport_role": "FrontendTransport"},
    ),
    ("size-out-of-range", {"max_message_size": "60KB"}),
    ("nobody-may-send", {"permission_groups": None}),
    (
        "no-tls-for-everybody",
        {"suppress_x_anonymous_tls": True, "remote_ip_ranges": ["0.0.0.0/0"]},
    ),
    ("invalid-domain-capability", {"tls_domain_capabilities": ["x.com"]}),
    ("thumbprint-without-certificate-name", {"certificate_thumbprint": "A" * 40}),
]


def codes(changes, platform=Platform()):  # noqa: B008 (frozen)
    raw, told = {**BASE, **changes}, []
    values = canonicalise(TYPE, raw, platform, lambda code, *_: told.append(code))
    return told + [rule.code for rule, _ in check(TYPE, values, given(TYPE, raw), platform)]


def fleet(*changes, others=()):
    def made(more):
        return canonicalise(TYPE, {**BASE, **more}, Platform(), print)

    ours = [(f"r{n}", made(c)) for n, c in enumerate(changes)]
    strangers = [(f"o{n}", made(c)) for n, c in enumerate(others)]
    return [(r.code, i, f.detail) for r, i, f in check_fleet(TYPE, ours, strangers, Platform())]


def test_a_plain_connector_breaks_no_rule():
    assert codes({}) == []


@pytest.mark.parametrize(("code", "changes"), WRONG)
def test_what_breaks_a_rule_is_found(code, changes):
    assert code in codes(changes)


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
