"""Edge Subscriptions of the simulated Exchange, and the send connectors that come and go with them."""

from base64 import b64encode

import pytest
from settled import settled

from reconciler.model.values import Secret

INBOUND, OUTBOUND = "EdgeSync - Inbound to Ams", "EdgeSync - Ams to Internet"


def file_of(server: str, encoding: str = "utf-16") -> Secret:
    text = (
        f"<EdgeSubscriptionData><EdgeServerName>{server}</EdgeServerName>"
        "<ESRAPassword>s3cret</ESRAPassword></EdgeSubscriptionData>"
    )
    return Secret("", b64encode(text.encode(encoding)).decode("ascii"))


@pytest.fixture
def lab(tmp_path):
    with settled(tmp_path) as found:
        yield found


def subscribe(lab, server: str = "EDGE1", **given: object):
    given = {"FileData": file_of(server), "Site": "Ams", **given}
    return lab.run("New-EdgeSubscription", **given)


def connectors(lab) -> dict[str, list[str]]:
    found = lab.run("Get-SendConnector")
    return {record["Name"]: record["SourceTransportServers"] for record in found}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_subscription_is_called_as_the_file_names_its_server(lab, encoding):
    (made,) = subscribe(lab, FileData=file_of("EDGE7", encoding))
    assert (made["Name"], made["Site"], made["Domain"]) == ("EDGE7", "Ams", "contoso.com")
    assert lab.run("Get-EdgeSubscription", Identity="EDGE7")[0]["Guid"] == made["Guid"]


def test_nothing_of_the_file_is_kept_but_the_name(lab):
    (made,) = subscribe(lab)
    assert "FileData" not in made
    assert "s3cret" not in str(made)
    (entry,) = lab.run("Search-AdminAuditLog")
    assert "FileData: ********" in entry["CmdletParameters"]


def test_two_send_connectors_come_with_it(lab):
    subscribe(lab)
    assert connectors(lab) == {OUTBOUND: ["EDGE1"], INBOUND: ["EDGE1"]}
    inbound = lab.run("Get-SendConnector", Identity=INBOUND)[0]
    assert (inbound["AddressSpaces"], inbound["SmartHosts"]) == (["SMTP:--;1"], ["--"])
    assert inbound["DNSRoutingEnabled"] is False
    outbound = lab.run("Get-SendConnector", Identity=OUTBOUND)[0]
    assert (outbound["AddressSpaces"], outbound["DomainSecureEnabled"]) == (["SMTP:*;100"], True)


@pytest.mark.parametrize(
    ("name", "left"),
    [("CreateInternetSendConnector", INBOUND), ("CreateInboundSendConnector", OUTBOUND)],
)
def test_each_of_them_can_be_declined(lab, name, left):
    subscribe(lab, **{name: False})
    assert list(connectors(lab)) == [left]


def test_a_second_edge_server_of_the_site_sends_by_the_same_connectors(lab):
    subscribe(lab)
    subscribe(lab, "EDGE2")
    assert connectors(lab) == {OUTBOUND: ["EDGE1", "EDGE2"], INBOUND: ["EDGE1", "EDGE2"]}
    lab.run("Remove-EdgeSubscription", Identity="edge1", Confirm=False)
    assert connectors(lab) == {OUTBOUND: ["EDGE2"], INBOUND: ["EDGE2"]}


def test_they_go_with_the_last_subscription_and_others_stay(lab):
    lab.run("New-SendConnector", Name="Mine", AddressSpaces=("a.example",))
    subscribe(lab)
    lab.run("Remove-EdgeSubscription", Identity="EDGE1", WhatIf=True)
    assert len(connectors(lab)) == 3
    lab.run("Remove-EdgeSubscription", Identity="EDGE1", Confirm=False)
    assert list(connectors(lab)) == ["Mine"]


def test_what_if_makes_nothing(lab):
    assert subscribe(lab, WhatIf=True) == []
    assert connectors(lab) == {}


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("parameter-missing", {"FileData": file_of("E")}),
        ("parameter-missing", {"Site": "Ams"}),
        ("parameter-role", {"Site": "Ams", "FileName": "C:\\e.xml"}),
        ("value-refused", {"Site": "Ams", "FileData": Secret("", "PEEvPg==")}),
        ("value-refused", {"Site": "Ams", "FileData": "PEEvPg=="}),
        ("value-refused", {"Site": "Ams", "FileData": Secret("relay", "no Base64")}),
        ("value-refused", {"Site": "Ams", "AccountExpiryDuration": "00:01:00"}),
    ],
)
def test_it_refuses_what_does_not_fit(lab, code, given):
    assert lab.code("New-EdgeSubscription", **given) == code


def test_one_edge_server_is_subscribed_once(lab):
    subscribe(lab)
    assert (
        lab.code("New-EdgeSubscription", FileData=file_of("edge1"), Site="B") == "already-exists"
    )


def test_nobody_changes_one(lab):
    subscribe(lab)
    assert lab.code("Set-EdgeSubscription", Identity="EDGE1", Site="B") == "cmdlet-unknown"


def test_an_edge_server_writes_a_file_and_brings_no_connector(tmp_path):
    with settled(tmp_path, role="edge") as edge:
        (made,) = edge.run("New-EdgeSubscription", FileName="C:\\e.xml")
        assert made["Name"] == "MBX1"
        assert edge.run("Get-SendConnector") == []
        assert edge.code("New-EdgeSubscription") == "parameter-missing"


def test_a_connector_that_came_with_it_can_be_changed(lab):
    subscribe(lab)
    lab.run("Set-SendConnector", Identity=INBOUND, Comment="ours")
    assert lab.run("Get-SendConnector", Identity=INBOUND)[0]["Comment"] == "ours"
    assert lab.code("New-SendConnector", Name="x", AddressSpaces=("--",)) == "edge-placeholder"
