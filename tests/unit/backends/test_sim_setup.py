"""What setup makes on the servers that a file describes, at first and when one joins later."""

from base64 import b64encode

import pytest
from settled import Settled

from reconciler.backends.simulated.organisation_file import read_organisation
from reconciler.backends.simulated.world import World
from reconciler.model.platform import Platform
from reconciler.model.values import Secret

SITES = 'domain = "contoso.com"\nsite "Ams" {}\nsite "Dub" {}\n'
MBX1 = 'server "MBX1" {\n  site = "Ams"\n  fqdn = "mail1.corp.contoso.com"\n}\n'
MBX2 = 'server "MBX2" { site = "Dub" }\n'
EDGE1 = 'server "EDGE1" { role = "edge" }\n'
SUBSCRIBED = 'edge_subscription "EDGE1" { site = "Ams" }\n'
FILE = Secret("", b64encode(b"<EdgeServerName>EDGE1</EdgeServerName>").decode("ascii"))


@pytest.fixture
def lab(tmp_path):
    """`lab(text)` opens the Exchange that the file describes; one database for each role."""
    opened = []

    def described(*blocks, role="mailbox"):
        (tmp_path / "x.org.hcl").write_text("".join((SITES, *blocks)), encoding="utf-8")
        folder = tmp_path / role
        folder.mkdir(exist_ok=True)
        platform = Platform("2019", role)
        world = World(platform, read_organisation(tmp_path, "x.org.hcl", platform))
        opened.append(Settled(folder, world))
        return opened[-1]

    yield described
    for one in opened:
        one.exchange.close()


def names(lab, noun, key="Name"):
    return [bag[key] for bag in lab.run(f"Get-{noun}")]


def subscribe(lab, site="Ams"):
    return lab.run("New-EdgeSubscription", FileData=FILE, Site=site)


def test_every_mailbox_server_has_the_connectors_of_setup_under_its_own_name(lab):
    found = lab(MBX1, MBX2, EDGE1, SUBSCRIBED).run("Get-ReceiveConnector")
    assert len(found) == 10
    assert {bag["Server"]: bag["Fqdn"] for bag in found} == {
        "MBX1": "mail1.corp.contoso.com",
        "MBX2": "mbx2.contoso.com",
    }


def test_every_mailbox_server_has_a_transport_service(lab):
    assert names(lab(MBX1, MBX2, EDGE1), "TransportService") == ["MBX1", "MBX2"]


def test_a_server_that_joins_later_gets_what_setup_makes(lab):
    lab(MBX1)
    later = lab(MBX1, MBX2)
    assert names(later, "TransportService") == ["MBX1", "MBX2"]
    assert len(later.run("Get-ReceiveConnector")) == 10


def test_what_is_there_stays_as_it_is_when_a_server_joins(lab):
    first = lab(MBX1)
    first.run("Remove-ReceiveConnector", Identity="MBX1\\Client Proxy MBX1", Confirm=False)
    first.run("Set-TransportService", Identity="MBX1", MaxOutboundConnections="77")
    first.run("Remove-RemoteDomain", Identity="Default", Confirm=False)
    later = lab(MBX1, MBX2)
    assert len(later.run("Get-ReceiveConnector")) == 9
    assert later.run("Get-TransportService", Identity="MBX1")[0]["MaxOutboundConnections"] == "77"
    assert names(later, "RemoteDomain") == []


def test_an_edge_server_knows_but_its_own_connector(lab):
    edge = lab(MBX1, EDGE1, 'server "EDGE2" { role = "edge" }\n', role="edge")
    assert names(edge, "ReceiveConnector") == ["Default internal receive connector EDGE1"]


def test_a_described_subscription_is_there_with_its_send_connectors(lab):
    (made,) = lab(MBX1, EDGE1, SUBSCRIBED).run("Get-EdgeSubscription")
    assert (made["Name"], made["Site"]) == ("EDGE1", "Ams")
    later = lab(MBX1, EDGE1, SUBSCRIBED)
    assert names(later, "SendConnector") == [
        "EdgeSync - Ams to Internet",
        "EdgeSync - Inbound to Ams",
    ]
    assert later.run("Search-AdminAuditLog") == []


def test_a_subscription_that_is_described_later_is_made_then_and_only_once(lab):
    lab(MBX1, EDGE1)
    later = lab(MBX1, EDGE1, SUBSCRIBED)
    assert names(later, "EdgeSubscription") == ["EDGE1"]
    later.run("Remove-EdgeSubscription", Identity="EDGE1", Confirm=False)
    assert names(lab(MBX1, EDGE1, SUBSCRIBED), "EdgeSubscription") == []


def test_a_connector_names_an_edge_server_once_that_is_subscribed(lab):
    found = lab(MBX1, EDGE1)
    given = {"AddressSpaces": ("a.example",), "SourceTransportServers": ("EDGE1",)}
    assert found.code("New-SendConnector", Name="a", **given) == "value-refused"
    subscribe(found)
    (made,) = found.run("New-SendConnector", Name="a", **given)
    assert made["SourceTransportServers"] == ["EDGE1"]


def test_no_receive_connector_is_made_on_an_edge_server_from_afar(lab):
    found = lab(MBX1, EDGE1, SUBSCRIBED)
    given = {"Bindings": ("0.0.0.0:2525",), "RemoteIPRanges": ("10.0.0.0/8",)}
    refused = found.code("New-ReceiveConnector", Name="a", Server="EDGE1", **given)
    assert refused == "value-refused"


def test_an_edge_server_makes_receive_connectors_of_its_own(lab):
    edge = lab(MBX1, EDGE1, role="edge")
    given = {"Bindings": ("0.0.0.0:2525",), "RemoteIPRanges": ("10.0.0.0/8",)}
    (made,) = edge.run("New-ReceiveConnector", Name="a", Server="EDGE1", **given)
    assert made["Server"] == "EDGE1"


def test_a_subscribed_edge_server_is_one_of_the_servers_and_stands_in_the_site(lab):
    found = lab(MBX1, EDGE1)
    assert names(found, "ExchangeServer") == ["MBX1"]
    subscribe(found, "Dub")
    sites = {bag["Name"]: bag["Site"] for bag in found.run("Get-ExchangeServer")}
    assert sites["EDGE1"] == "contoso.com/Configuration/Sites/Dub"


def test_an_edge_server_is_subscribed_to_a_site_that_is_there(lab):
    found = lab(MBX1, EDGE1)
    assert found.code("New-EdgeSubscription", FileData=FILE, Site="Nowhere") == "value-refused"
    assert subscribe(found, "ams")[0]["Site"] == "Ams"
