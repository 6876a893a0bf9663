"""Everything that the simulated Exchange refuses, each beside a neighbour that it takes."""

import pytest

from reconciler.backends.base import Outcome
from reconciler.backends.command import Edit
from reconciler.backends.simulated.world import Organisation
from reconciler.model.values import Secret

HOST = {"DNSRoutingEnabled": False, "SmartHosts": ("mx.example",)}
TLS = {"RequireTLS": True}
VALIDATED = {**TLS, "TlsAuthLevel": "DomainValidation"}
LINKED = {
    **HOST,
    "AddressSpaces": None,
    "LinkedReceiveConnector": "MBX1\\Relay",
    "MaxMessageSize": "unlimited",
    "SmartHostAuthMechanism": "None",
}
CREDENTIAL = Secret("relay", "hunter2")
CERTIFICATE = "<I>CN=CA, C=US<S>CN=mail.contoso.com"


def spaces(*texts):
    return {"AddressSpaces": texts}


# rule, code, platform, refused, taken
CASES = [
    ("R1", "value-refused", "", {"Name": " "}, {"Name": "x"}),
    ("R1", "value-refused", "", {"Name": "x" * 65}, {"Name": "x" * 64}),
    ("R2", "parameter-set", "", {"Internet": True, "Partner": True}, {"Internet": True}),
    ("R2", "parameter-set", "", {"Internal": True, "Usage": "Internal"}, {"Usage": "Internal"}),
    ("R2", "value-refused", "", {"Usage": "External"}, {"Usage": "internet"}),
    ("R3", "address-spaces-missing", "", spaces(), spaces("a.com")),
    ("R4", "value-refused", "", spaces("SMTP:;1"), spaces("SMTP:a.com;1")),
    ("R4", "value-refused", "", spaces(":a.com"), spaces("a.com")),
    ("R5", "value-refused", "", spaces("*contoso.com"), spaces("*.contoso.com")),
    ("R5", "value-refused", "", spaces("a.*.contoso.com"), spaces("*")),
    ("R6", "value-refused", "", HOST | spaces("X400:hello;1"), HOST | spaces("X400:c=us;a=x;1")),
    ("R7", "value-refused", "", spaces("a.com;0"), spaces("a.com;1")),
    ("R7", "value-refused", "", spaces("a.com;101"), spaces("a.com;100")),
    ("R7", "value-refused", "", HOST | spaces("X400:c=us;a=x"), HOST | spaces("X400:c=us;a=x;5")),
    ("R8", "edge-address-type", "edge", HOST | spaces("FAX:*;1"), HOST | spaces("SMTP:*;1")),
    ("R8", "edge-placeholder", "", spaces("--"), spaces("a.com")),
    ("R9", "foreign-address-without-smart-host", "", spaces("FAX:*;1"), HOST | spaces("FAX:*;1")),
    ("R10", "smart-hosts-with-dns", "", {"SmartHosts": ("mx.example",)}, HOST),
    ("R11", "smart-hosts-missing", "", {"DNSRoutingEnabled": False}, HOST),
    ("R12", "value-refused", "", HOST | {"SmartHosts": ("http://x",)}, HOST),
    (
        "R12",
        "value-refused",
        "",
        HOST | {"SmartHosts": ("10.0.0.1:26",)},
        HOST | {"SmartHosts": ("10.0.0.1",)},
    ),
    ("R12", "edge-placeholder", "", HOST | {"SmartHosts": ("--",)}, HOST),
    (
        "R14",
        "value-refused",
        "",
        {"SmartHostAuthMechanism": "BasicAuth,ExchangeServer"},
        {"SmartHostAuthMechanism": "ExchangeServer"},
    ),
    (
        "R15",
        "credential-missing",
        "",
        {"SmartHostAuthMechanism": "BasicAuth"},
        {"SmartHostAuthMechanism": "BasicAuth", "AuthenticationCredential": CREDENTIAL},
    ),
    (
        "R15",
        "value-refused",
        "",
        {"AuthenticationCredential": "relay:hunter2"},
        {"AuthenticationCredential": CREDENTIAL},
    ),
    ("R17", "tls-required-and-ignored", "", {**TLS, "IgnoreSTARTTLS": True}, TLS),
    (
        "R19",
        "tls-level-without-tls",
        "",
        {"TlsAuthLevel": "EncryptionOnly"},
        {**TLS, "TlsAuthLevel": "EncryptionOnly"},
    ),
    (
        "R20",
        "tls-domain-without-validation",
        "",
        {**TLS, "TlsAuthLevel": "CertificateValidation", "TlsDomain": "x.com"},
        {**VALIDATED, "TlsDomain": "x.com"},
    ),
    ("R21", "tls-domain-missing", "", HOST | VALIDATED, HOST | VALIDATED | {"TlsDomain": "x.com"}),
    (
        "R22",
        "value-refused",
        "",
        {**VALIDATED, "TlsDomain": "a.*.com"},
        {**VALIDATED, "TlsDomain": "*.a.com"},
    ),
    (
        "R23",
        "value-refused",
        "",
        {"TlsCertificateName": "CN=mail.contoso.com"},
        {"TlsCertificateName": CERTIFICATE},
    ),
    ("R26", "value-refused", "", {"MaxMessageSize": "2GB"}, {"MaxMessageSize": "2147483647"}),
    ("R26", "value-refused", "", {"MaxMessageSize": "-1"}, {"MaxMessageSize": "0"}),
    ("R27", "value-refused", "", {"Port": 65_536}, {"Port": 65_535}),
    ("R27", "value-refused", "", {"Port": "25x"}, {"Port": "25"}),
    (
        "R28",
        "value-refused",
        "",
        {"ConnectionInactivityTimeOut": "1.00:00:01"},
        {"ConnectionInactivityTimeOut": "1.00:00:00"},
    ),
    (
        "R28",
        "value-refused",
        "",
        {"ConnectionInactivityTimeOut": "00:00:00"},
        {"ConnectionInactivityTimeOut": "00:00:01"},
    ),
    ("R29", "parameter-role", "", {"SourceIPAddress": "10.0.0.5"}, {}),
    (
        "R29",
        "parameter-role",
        "edge",
        {"SourceTransportServers": ("MBX1",)},
        {"SourceIPAddress": "10.0.0.5"},
    ),
    (
        "R30",
        "value-refused",
        "",
        {"ErrorPolicies": ("DowngradeAuthFailures",)},
        {"ErrorPolicies": ("DowngradeDnsFailures",)},
    ),
    (
        "R30",
        "value-refused",
        "2010",
        {"ErrorPolicies": ("UpgradeCustomFailures",)},
        {"ErrorPolicies": ("DowngradeAuthFailures",)},
    ),
    ("R31", "parameter-role", "edge", {"DomainController": "dc1.contoso.com"}, {}),
    ("R32", "linked-without-companions", "2010", LINKED | {"MaxMessageSize": "5MB"}, LINKED),
    ("R33", "parameter-version", "2013", {"IsCoexistenceConnector": True}, {}),
    ("R33", "parameter-version", "2016", LINKED, {}),
    ("-", "parameter-version", "2010", {"FrontendProxyEnabled": True}, {}),
    ("-", "parameter-version", "2013", {"ConnectorType": "XPremises"}, {}),
    (
        "R37",
        "value-refused",
        "",
        {"SourceTransportServers": ("no server",)},
        {"SourceTransportServers": ("MBX2.contoso.com",)},
    ),
    ("-", "parameter-unknown", "", {"Prot": 25}, {"port": 25}),
    ("-", "value-refused", "", {"Enabled": None}, {"Enabled": "$true"}),
    ("-", "value-refused", "", {"Fqdn": "not a host"}, {"Fqdn": None}),
    ("-", "confirmation-needed", "", {"Confirm": True}, {"Confirm": False}),
]


def platform(word):
    return {"role": word} if word == "edge" else {"version": word or "2019"}


def parameters(changes):
    """AddressSpaces None leaves the parameter out; any other None is $null."""
    given = {"Name": "Lab", "AddressSpaces": ("lab.example",), **changes}
    return {n: v for n, v in given.items() if n != "AddressSpaces" or v is not None}


@pytest.mark.parametrize(("rule", "code", "where", "refused", "taken"), CASES)
def test_the_server_refuses_it_and_takes_its_neighbour(
    open_lab, rule, code, where, refused, taken
):
    lab = open_lab(**platform(where))
    if refused is not None:
        error = lab.refusal("New-SendConnector", **parameters(refused))
        assert (error.code, error.outcome) == (code, Outcome.PERMANENT), rule
        assert lab.run("Get-SendConnector") == []
    assert lab.run("New-SendConnector", **parameters(taken))


def test_parameters_of_two_sets_exclude_each_other(open_lab):
    both = {**LINKED, "AddressSpaces": ("a.com",)}
    error = open_lab("2010").refusal("New-SendConnector", Name="Lab", **both)
    assert error.code == "parameter-set"


def test_a_linked_connector_needs_its_companions_in_the_same_call(open_lab):
    error = open_lab("2010").refusal(
        "New-SendConnector", Name="Lab", LinkedReceiveConnector="MBX1\\Relay"
    )
    assert error.code == "parameter-missing"
    assert "-SmartHosts" in error.message


def test_a_parameter_given_twice_is_refused(lab):
    assert lab.refusal("Set-SendConnector", Identity="Lab", Port=1, port=2).code == (
        "parameter-twice"
    )


@pytest.mark.parametrize(
    "broken",
    [
        {"Comment": "\udcff"},
        spaces("FAX:\udcff;1"),
        {"SmartHosts": Edit(("\udcff",), ())},
        {"AuthenticationCredential": Secret("\udcff", "x")},
    ],
)
def test_what_is_no_unicode_text_is_refused(lab, broken):
    lab.new()
    assert lab.refusal("Set-SendConnector", Identity="Lab", **broken).code == "value-refused"


def test_a_missing_name_is_named(lab):
    error = lab.refusal("New-SendConnector", AddressSpaces=("a.com",))
    assert (error.code, "-Name" in error.message) == ("parameter-missing", True)


def test_an_unknown_parameter_names_the_cmdlet_and_the_nearest_one(lab):
    error = lab.refusal("Set-SendConnector", Identity="Lab", MaxMesageSize="1MB")
    assert "Set-SendConnector" in error.message
    assert "-MaxMessageSize" in error.message


def test_the_message_about_tls_domain_is_the_one_that_microsoft_prints(lab):
    error = lab.refusal(
        "New-SendConnector", Name="Lab", AddressSpaces=("a.com",), TlsDomain="x.com"
    )
    assert error.message == (
        "The TLSDomain parameter can only be set if the TLSAuthLevel parameter is set to "
        "DomainValidation."
    )


@pytest.mark.parametrize("name", ["Usage", "Custom", "Internal", "Internet", "Partner"])
def test_the_usage_cannot_be_set_later(lab, name):
    lab.new()
    assert lab.refusal("Set-SendConnector", Identity="Lab", **{name: True}).code == (
        "parameter-unknown"
    )


def test_only_listed_servers_resolve_where_there_is_a_list(open_lab):
    from_list = open_lab(organisation=Organisation(servers=("MBX1", "MBX2")))
    assert from_list.new(SourceTransportServers=("mbx2",))["SourceTransportServers"] == ["MBX2"]
    error = from_list.refusal(
        "Set-SendConnector", Identity="Lab", SourceTransportServers=("NOSUCH",)
    )
    assert "NOSUCH" in error.message


@pytest.mark.parametrize(
    "unwise",
    [
        {"SmartHostAuthMechanism": "BasicAuth", "AuthenticationCredential": CREDENTIAL},
        {"AuthenticationCredential": CREDENTIAL},
        {"ForceHELO": True, "RequireTLS": True, "DomainSecureEnabled": True},
        {"DomainSecureEnabled": True, "IgnoreSTARTTLS": True, **spaces("*.partner.com")},
        {"FrontendProxyEnabled": True, "UseExternalDNSServersEnabled": True, **HOST},
        {"IsScopedConnector": True, "CloudServicesMailEnabled": True},
    ],
)
def test_what_is_merely_unwise_is_taken(lab, unwise):
    assert lab.new(**unwise)
