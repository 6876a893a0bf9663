"""A subscribed Edge server: what EdgeSync keeps there, nobody else changes (pain P25)."""

import pytest
from settled import settled


@pytest.fixture
def edge(tmp_path):
    with settled(tmp_path, role="edge") as found:
        yield found


def subscribe(edge):
    edge.run("New-EdgeSubscription", FileName="C:\\edge.xml")


CHANGES = [
    ("New-SendConnector", {"Name": "a", "AddressSpaces": ("a.example",)}),
    ("New-AcceptedDomain", {"Name": "a", "DomainName": "a.example"}),
    ("Set-AcceptedDomain", {"Identity": "contoso.com", "DomainType": "InternalRelay"}),
    ("Remove-AcceptedDomain", {"Identity": "contoso.com", "Confirm": False}),
    ("New-RemoteDomain", {"Name": "a", "DomainName": "a.example"}),
    ("Set-RemoteDomain", {"Identity": "Default", "AllowedOOFType": "None"}),
    ("Remove-RemoteDomain", {"Identity": "Default", "Confirm": False}),
]


@pytest.mark.parametrize(("cmdlet", "given"), CHANGES)
def test_what_edgesync_keeps_cannot_be_changed_on_the_edge_server(edge, cmdlet, given):
    subscribe(edge)
    assert edge.code(cmdlet, **given) == "edge-subscribed"


def test_its_own_send_connectors_and_domains_are_gone_once_it_is_subscribed(edge):
    edge.run("New-SendConnector", Name="a", AddressSpaces=("a.example",))
    edge.run("New-RemoteDomain", Name="a", DomainName="a.example")
    edge.run("New-AcceptedDomain", Name="a", DomainName="a.example")
    edge.run("New-EdgeSubscription", FileName="C:\\edge.xml", WhatIf=True)
    assert len(edge.run("Get-SendConnector")) == 1
    subscribe(edge)
    assert edge.run("Get-SendConnector") == []
    assert [bag["Name"] for bag in edge.run("Get-RemoteDomain")] == ["Default"]
    assert [bag["Name"] for bag in edge.run("Get-AcceptedDomain")] == ["contoso.com"]


def test_without_the_subscription_they_can_be_changed_again(edge):
    subscribe(edge)
    (made,) = edge.run("Get-EdgeSubscription")
    edge.run("Remove-EdgeSubscription", Identity=made["Name"], Confirm=False)
    assert edge.run("New-SendConnector", Name="a", AddressSpaces=("a.example",))


def test_receive_connectors_stay_the_edge_servers_own(edge):
    subscribe(edge)
    given = {"Bindings": ("0.0.0.0:2525",), "RemoteIPRanges": ("10.0.0.0/8",)}
    assert edge.run("New-ReceiveConnector", Name="a", **given)


def test_mailbox_servers_change_what_they_like(tmp_path):
    with settled(tmp_path) as mailbox:
        assert mailbox.run("New-SendConnector", Name="a", AddressSpaces=("a.example",))
