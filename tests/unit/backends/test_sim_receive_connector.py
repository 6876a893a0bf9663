"""Receive connectors in the simulated Exchange."""

import pytest
from settled import settled

from reconciler.backends.base import NOT_FOUND
from reconciler.catalog.receive_connector import TYPE
from reconciler.model.platform import Platform
from reconciler.schema.canonical import canonicalise
from reconciler.schema.decode import decode
from reconciler.schema.difference import differing, drifted

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


def test_the_refusal_of_a_foreign_name_says_which_names_are_the_servers_own(mailbox):
    given = {
        "Name": "Relay",
        **GIVEN,
        "AuthMechanism": "Tls, ExchangeServer",
        "Fqdn": "a.b.example",
    }
    message = mailbox.refusal("New-ReceiveConnector", **given).message
    assert 'the FQDN of the transport server "MBX1.contoso.com"' in message
    assert 'the NetBIOS name of the transport server "MBX1", or $null.' in message


def test_a_new_connector_has_the_name_of_its_server(mailbox):
    made = mailbox.run("New-ReceiveConnector", Name="Relay", **GIVEN)[0]
    assert made["Identity"] == "MBX1\\Relay"
    assert made["Fqdn"] == "MBX1.contoso.com"
    assert ",CN=SMTP Receive Connectors,CN=Protocols,CN=MBX1,CN=Servers," in str(
        made["DistinguishedName"]
    )


EVERYBODY = "0.0.0.0-255.255.255.255"
USAGES = [
    ("Client", {"RemoteIPRanges": ("10.1.0.0/24",)}, ["0.0.0.0:587"], ["10.1.0.0-10.1.0.255"],
     "ExchangeUsers", "Tls, Integrated, BasicAuth, BasicAuthRequireTLS"),
    ("Internal", {"RemoteIPRanges": ("10.1.0.0/24",)}, ["0.0.0.0:25"], ["10.1.0.0-10.1.0.255"],
     "ExchangeServers, ExchangeLegacyServers", "Tls, ExchangeServer"),
    ("Internet", {"Bindings": ("10.0.0.1:3000",)}, ["10.0.0.1:3000"], [EVERYBODY],
     "AnonymousUsers", "Tls"),
    ("Partner", GIVEN, ["10.0.0.1:3000"], ["10.1.0.0-10.1.0.255"], "Partners", "Tls"),
    ("Custom", GIVEN, ["10.0.0.1:3000"], ["10.1.0.0-10.1.0.255"], "None", "Tls"),
]  # fmt: skip


@pytest.mark.parametrize(("usage", "given", "bindings", "ranges", "groups", "mechanisms"), USAGES)
@pytest.mark.parametrize("spelling", ["Usage", "switch"])
def test_a_usage_gives_its_defaults(  # noqa: PLR0913, PLR0917 (one table)
    lab, spelling, usage, given, bindings, ranges, groups, mechanisms
):
    given = {
        name: value for name, value in given.items() if name in {"Bindings", "RemoteIPRanges"}
    }
    given |= {"Usage": usage} if spelling == "Usage" else {usage: True}
    made = lab.run("New-ReceiveConnector", Name="Relay", Server="MBX1", **given)[0]
    assert (made["Bindings"], made["RemoteIPRanges"]) == (bindings, ranges)
    assert (made["PermissionGroups"], made["AuthMechanism"]) == (groups, mechanisms)


@pytest.mark.parametrize("usage", ["Client", "Internal", "Internet", "Partner", "Custom"])
def test_a_usage_plans_with_the_defaults_that_exchange_gives(lab, usage):
    given = {n: v for n, v in GIVEN.items() if n in {"Server", "Bindings", "RemoteIPRanges"}}
    raw = {"name": "Relay", "server": "MBX1", "usage": usage}
    if usage not in {"Client", "Internal"}:
        raw["bindings"] = ["10.0.0.1:3000"]
    else:
        del given["Bindings"]
    if usage != "Internet":
        raw["remote_ip_ranges"] = ["10.1.0.0/24"]
    else:
        del given["RemoteIPRanges"]
    made = lab.run("New-ReceiveConnector", Name="Relay", Usage=usage, **given)[0]
    wanted = canonicalise(TYPE, raw, Platform(), print)
    seen = decode(TYPE, made, Platform())
    assert not differing(TYPE, {**wanted, **seen}, wanted)


def test_setup_makes_five_connectors_on_every_mailbox_server(tmp_path):
    with settled(tmp_path) as lab:
        bags = lab.run("Get-ReceiveConnector")
    places = {bag["Identity"]: (bag["TransportRole"], bag["Bindings"][0]) for bag in bags}
    assert {one: where for one, where in places.items() if one.startswith("MBX2")} == {
        r"MBX2\Default MBX2": ("HubTransport", "0.0.0.0:2525"),
        r"MBX2\Client Proxy MBX2": ("HubTransport", "0.0.0.0:465"),
        r"MBX2\Default Frontend MBX2": ("FrontendTransport", "0.0.0.0:25"),
        r"MBX2\Outbound Proxy Frontend MBX2": ("FrontendTransport", "0.0.0.0:717"),
        r"MBX2\Client Frontend MBX2": ("FrontendTransport", "0.0.0.0:587"),
    }
    assert len(places) == 10


def test_an_edge_server_has_one_connector_at_first(tmp_path):
    with settled(tmp_path, role="edge") as lab:
        (bag,) = lab.run("Get-ReceiveConnector")
    assert (bag["Bindings"], bag["AuthMechanism"]) == (["0.0.0.0:25"], "Tls, ExchangeServer")
    assert "TransportRole" not in bag


@pytest.fixture
def relay(mailbox):
    mailbox.run("New-ReceiveConnector", Name="Relay", **GIVEN)
    return mailbox


CHANGES = [
    ("role-conflict", {"TransportRole": "FrontendTransport", "Bindings": ("0.0.0.0:3000",)}),
    ("role-conflict", {"Bindings": ("10.0.0.9:25",)}),
    ("range-conflict", {"RemoteIPRanges": (EVERYBODY,)}),
    ("range-conflict", {"RemoteIPRanges": ("10.1.0.0/24", EVERYBODY)}),
    ("bindings-missing", {"Bindings": ()}),
    ("remote-ip-ranges-missing", {"RemoteIPRanges": ()}),
    ("default-domain-unknown", {"DefaultDomain": "nowhere"}),
    ("basic-auth-tls", {"AuthMechanism": "BasicAuthRequireTLS"}),
    ("external-authoritative", {"AuthMechanism": "ExternalAuthoritative, Integrated"}),
    ("external-authoritative-groups", {"AuthMechanism": "ExternalAuthoritative"}),
    ("long-addresses", {"LongAddressesEnabled": True, "TransportRole": "FrontendTransport",
                        "Bindings": ("10.0.0.1:3001",)}),
    ("banner", {"Banner": "Hello"}),
    ("custom-group", {"PermissionGroups": "Custom"}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changes"), CHANGES)
def test_a_change_that_does_not_fit_is_refused_and_changes_nothing(relay, code, changes):
    before = relay.run("Get-ReceiveConnector", Identity=r"MBX1\Relay")
    found = relay.refusal("Set-ReceiveConnector", Identity=r"MBX1\Relay", **changes)
    assert found.code == code
    assert relay.run("Get-ReceiveConnector", Identity=r"MBX1\Relay") == before


@pytest.mark.parametrize("parameter", ["Server", "Usage", "Internet"])
def test_what_counts_at_creation_alone_is_no_parameter_of_set(relay, parameter):
    found = relay.refusal("Set-ReceiveConnector", Identity=r"MBX1\Relay", **{parameter: "Client"})
    assert found.code == "parameter-unknown"


def test_a_connector_that_is_not_there_is_neither_changed_nor_removed(relay):
    for cmdlet, more in (("Set", {"Banner": "220 x"}), ("Remove", {"Confirm": False})):
        found = relay.refusal(f"{cmdlet}-ReceiveConnector", Identity=r"MBX1\Gone", **more)
        assert found.code == NOT_FOUND


def test_what_is_removed_frees_its_place(relay):
    relay.run("Remove-ReceiveConnector", Identity=r"MBX1\Relay", Confirm=False)
    made = relay.run("New-ReceiveConnector", Name="Other", **GIVEN)[0]
    assert made["Identity"] == r"MBX1\Other"


MARKED = {"permission_groups": ("AnonymousUsers", "Custom")}


@pytest.mark.parametrize(
    ("before", "after", "differs"),
    [
        (MARKED, {"permission_groups": ("AnonymousUsers",)}, False),
        ({"permission_groups": ("Custom",)}, {"permission_groups": ()}, False),
        (MARKED, {"permission_groups": ("Partners",)}, True),
        (MARKED, {"permission_groups": ()}, True),
    ],
)
def test_the_mark_of_single_rights_makes_no_difference(before, after, differs):
    assert bool(set(differing(TYPE, before, after))) is differs
    assert not set(drifted(TYPE, after, before)) or differs
