"""Receive connectors in the simulated Exchange."""

import pytest

ALL = {"Server": "MBX1", "PermissionGroups": "AnonymousUsers"}
GIVEN = {**ALL, "Bindings": ("10.0.0.1:3000",), "RemoteIPRanges": ("10.1.0.0/24",)}
FRONT = {"TransportRole": "FrontendTransport"}


@pytest.fixture
def mailbox(lab):
    for name in ("Default Frontend", "Default"):
        lab.run(
            "New-ReceiveConnector",
            **GIVEN | {"Name": f"{name} MBX1", "RemoteIPRanges": ("0.0.0.0-255.255.255.255",)}
            | (FRONT | {"Bindings": ("0.0.0.0:25",)} if "Frontend" in name else {}),
        )  # fmt: skip
    return lab


CASES = [
    ("role-conflict", {"Bindings": ("10.0.0.1:25",)}),
    ("range-conflict", {"RemoteIPRanges": ("0.0.0.0-255.255.255.255",)}),
    ("default-domain-unknown", {"DefaultDomain": "nowhere"}),
    ("parameter-usage", {"Usage": "Internal"}),
    ("parameter-missing", {"RemoteIPRanges": None}),
    ("banner", {"Banner": "Hello"}),
    ("timeouts", {"ConnectionTimeout": "00:05:00"}),
    ("binary-mime", {"ChunkingEnabled": False}),
    ("require-tls", {"RequireTLS": True, "AuthMechanism": "None"}),
    ("fqdn-not-of-server", {"AuthMechanism": "Tls, ExchangeServer", "Fqdn": "a.contoso.com"}),
]


@pytest.mark.parametrize(("code", "changes"), CASES)
def test_what_does_not_fit_is_refused(mailbox, code, changes):
    given = {"Name": "Relay", **GIVEN, **changes}
    assert mailbox.refusal("New-ReceiveConnector", **given).code == code


def test_a_new_connector_has_the_name_of_its_server(mailbox):
    made = mailbox.run("New-ReceiveConnector", Name="Relay", **GIVEN)[0]
    assert made["Identity"] == "MBX1\\Relay"
    assert made["Fqdn"] == "MBX1.contoso.com"
    assert ",CN=SMTP Receive Connectors,CN=Protocols,CN=MBX1,CN=Servers," in str(
        made["DistinguishedName"]
    )
