"""Where the objects of the simulated Exchange stand in the directory: where real ones do."""

from base64 import b64encode

import pytest
from settled import settled

from reconciler.model.values import Secret

ORGANISATION = (
    "CN=First Organization,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=com"
)
GROUP = "CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups"
ROUTING = f"CN=Exchange Routing Group (DWBGZMFD01QNBJR),CN=Routing Groups,{GROUP}"
FILE = Secret("", b64encode(b"<EdgeServerName>EDGE1</EdgeServerName>").decode("ascii"))

PLACES = {
    "SendConnector": f"CN=Connections,{ROUTING}",
    "ForeignConnector": f"CN=Connections,{ROUTING}",
    "DeliveryAgentConnector": f"CN=Connections,{ROUTING}",
    "AcceptedDomain": "CN=Accepted Domains,CN=Transport Settings",
    "RemoteDomain": "CN=Internet Message Formats,CN=Global Settings",
    "TransportConfig": "",
    "TransportService": f"CN=Servers,{GROUP}",
    "EdgeSubscription": f"CN=Servers,{GROUP}",
    "ReceiveConnector": f"CN=SMTP Receive Connectors,CN=Protocols,CN=MBX1,CN=Servers,{GROUP}",
}


@pytest.fixture
def lab(tmp_path):
    with settled(tmp_path) as found:
        found.run("New-SendConnector", Name="X", AddressSpaces=("x.example",))
        found.run("New-ForeignConnector", Name="F", AddressSpaces=("FAX:*;1",))
        found.run(
            "New-DeliveryAgentConnector",
            Name="D",
            AddressSpaces=("FAX:*;1",),
            DeliveryProtocol="FAX",
        )
        found.run("New-EdgeSubscription", FileData=FILE, Site="Ams")
        yield found


@pytest.mark.parametrize("noun", sorted(PLACES))
def test_an_object_stands_where_a_real_one_does(lab, noun):
    first = lab.run(f"Get-{noun}")[0]
    name, above = first["Name"], PLACES[noun]
    expected = ",".join(filter(None, (f"CN={name}", above, ORGANISATION)))
    assert first["DistinguishedName"] == expected


@pytest.mark.parametrize("noun", sorted(PLACES.keys() - {"TransportConfig"}))
def test_an_object_is_found_by_where_it_stands(lab, noun):
    first = lab.run(f"Get-{noun}")[0]
    (found,) = lab.run(f"Get-{noun}", Identity=first["DistinguishedName"].upper())
    assert found["Guid"] == first["Guid"]
