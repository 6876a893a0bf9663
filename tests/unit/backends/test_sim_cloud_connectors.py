"""Inbound and outbound connectors of simulated Exchange Online."""

import pytest

from reconciler.backends.base import Capabilities
from reconciler.backends.command import Edit
from reconciler.backends.exchange import ExchangeBackend
from reconciler.backends.simulated.changes import seed
from reconciler.backends.simulated.nouns import NOUNS
from reconciler.catalog.outbound_connector import TYPE as OUTBOUND
from reconciler.model.platform import ONLINE, Platform

OWN = {"ConnectorType": "OnPremises"}
HOSTS = {"UseMXRecord": False, "SmartHosts": ("mx.contoso.com",)}


@pytest.fixture
def cloud(open_lab):
    return open_lab(ONLINE)


def inbound(lab, **parameters):
    given = {"Name": "A", "SenderDomains": ("contoso.com",), **parameters}
    return lab.run("New-InboundConnector", **given)[0]


def outbound(lab, name="A", **parameters):
    return lab.run("New-OutboundConnector", Name=name, **parameters)[0]


def test_a_fresh_inbound_connector_has_the_documented_defaults(cloud):
    made = inbound(cloud)
    assert made["SenderDomains"] == ["smtp:contoso.com;1"]
    assert (made["Enabled"], made["RequireTls"], made["EFSkipLastIP"]) == (True, True, False)
    assert (made["ConnectorType"], made["ConnectorSource"]) == ("Partner", "Default")
    assert made["SenderIPAddresses"] == made["AssociatedAcceptedDomains"] == []


def test_a_fresh_outbound_connector_has_the_documented_defaults(cloud):
    made = outbound(cloud, RecipientDomains=("*",))
    assert (made["UseMXRecord"], made["TestMode"], made["IsValidated"]) == (True, False, False)
    assert (made["SmtpDaneMode"], made["MtaStsMode"]) == ("Opportunistic", "Opportunistic")
    assert made["RecipientDomains"] == ["*"]


def test_sender_domains_are_edited_in_the_form_that_they_are_kept_in(cloud):
    inbound(cloud, SenderDomains=("contoso.com", "a.com"))
    cloud.run(
        "Set-InboundConnector", Identity="A", SenderDomains=Edit(add=("b.com",), remove=("a.com",))
    )
    (now,) = cloud.run("Get-InboundConnector", Identity="A")
    assert sorted(now["SenderDomains"]) == ["smtp:b.com;1", "smtp:contoso.com;1"]


# cmdlet, code, refused, taken
CASES = [
    ("Inbound", "sender-domains-missing", {"SenderDomains": None}, {}),
    ("Inbound", "value-refused", {"SenderIPAddresses": ("2001:db8::1",)}, {}),
    (
        "Inbound",
        "value-refused",
        {"SenderIPAddresses": ("192.0.2.0/23",)},
        {"SenderIPAddresses": ("192.0.2.0/24",)},
    ),
    (
        "Inbound",
        "internal-with-cloud-services",
        {**OWN, "TreatMessagesAsInternal": True, "CloudServicesMailEnabled": True},
        {**OWN, "TreatMessagesAsInternal": True},
    ),
    (
        "Inbound",
        "internal-needs-on-premises",
        {"TreatMessagesAsInternal": True},
        {**OWN, "TreatMessagesAsInternal": True},
    ),
    ("Inbound", "value-refused", {"AssociatedAcceptedDomains": ("no.example",)}, {}),
    ("Inbound", "parameter-unknown", {"Force": True}, {"WhatIf": False}),
    ("Inbound", "parameter-unknown", {"EFTestMode": True}, {}),
    ("Outbound", "smart-hosts-missing", {"UseMXRecord": False}, HOSTS),
    ("Outbound", "needs-on-premises", {"AllAcceptedDomains": True}, {**OWN}),
    (
        "Outbound",
        "needs-on-premises",
        {"RouteAllMessagesViaOnPremises": True},
        {**OWN, "RouteAllMessagesViaOnPremises": True},
    ),
    (
        "Outbound",
        "needs-on-premises",
        {"SenderRewritingEnabled": True},
        {**OWN, "SenderRewritingEnabled": True},
    ),
    ("Outbound", "parameter-unknown", {"IsValidated": True}, {}),
    ("Outbound", "parameter-unknown", {"DomainController": "dc1.contoso.com"}, {}),
]


@pytest.mark.parametrize(("noun", "code", "refused", "taken"), CASES)
def test_what_is_refused_and_its_neighbour(cloud, noun, code, refused, taken):
    base = {"Name": "A", "SenderDomains": ("a.com",)} if noun == "Inbound" else {"Name": "A"}
    cmdlet = f"New-{noun}Connector"
    assert cloud.refusal(cmdlet, **{**base, **refused}).code == code
    assert cloud.run(cmdlet, **{**base, **taken})


def test_the_host_names_of_clients_cannot_be_changed(cloud):
    inbound(cloud, ClientHostNames=("a",))
    refused = cloud.refusal("Set-InboundConnector", Identity="A", ClientHostNames=("b",))
    assert refused.code == "parameter-unknown"


def test_a_connector_is_for_domains_that_the_tenant_has(cloud):
    with cloud._exchange._database.transaction(writes=True) as rows:  # noqa: SLF001
        seed(rows, NOUNS["AcceptedDomain"], cloud._exchange._world)  # noqa: SLF001
    made = inbound(cloud, AssociatedAcceptedDomains=("Contoso.com",))
    assert made["AssociatedAcceptedDomains"] == ["Contoso.com"]
    (domain,) = cloud.run("Get-AcceptedDomain", Identity="contoso.com")
    cloud.run("Set-InboundConnector", Identity="A", AssociatedAcceptedDomains=(domain["Guid"],))
    refused = cloud.refusal(
        "Set-InboundConnector", Identity="A", AssociatedAcceptedDomains=("x.example",)
    )
    assert refused.message == 'There is no accepted domain "x.example".'
    assert cloud.run("Remove-InboundConnector", Identity="A") == []


@pytest.fixture
def four(cloud):
    for name, test, scoped in (("00", False, False), ("10", True, False), ("01", False, True),
                               ("11", True, True)):  # fmt: skip
        outbound(cloud, name, TestMode=test, IsTransportRuleScoped=scoped)
    return cloud


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, "00"),
        ({"IncludeTestModeConnectors": True}, "10"),
        ({"IsTransportRuleScoped": True}, "01"),
        ({"IncludeTestModeConnectors": True, "IsTransportRuleScoped": True}, "11"),
        ({"IncludeTestModeConnectors": False}, "00"),
    ],
)
def test_a_list_hides_what_nobody_asked_for(four, asked, shown):
    assert [one["Name"] for one in four.run("Get-OutboundConnector", **asked)] == [shown]


def test_one_that_is_named_is_shown_whatever_it_is_like(four):
    assert len(four.run("Get-OutboundConnector", Identity="11")) == 1


@pytest.mark.parametrize(("size", "number"), [(None, 1000), ("Unlimited", 1001), ("7", 7)])
def test_a_list_ends_after_a_thousand_unless_more_is_asked_for(cloud, size, number):
    for count in range(1001):
        inbound(cloud, Name=f"A{count}")
    asked = {"ResultSize": size} if size else {}
    assert len(cloud.run("Get-InboundConnector", **asked)) == number


def test_a_size_is_a_number(cloud):
    refused = cloud.refusal("Get-InboundConnector", ResultSize="many")
    assert refused.code == "value-refused"


class Hiding:
    """Shows what is hidden to nobody who does not ask, even of one object."""

    def __init__(self, lab):
        self._lab = lab

    def invoke(self, call):
        found = self._lab.run(call.cmdlet, **call.parameters)
        if call.verb != "Get":
            return found
        wanted = bool(call.parameters.get("IncludeTestModeConnectors"))
        return [one for one in found if one["TestMode"] == wanted]

    def close(self):
        pass


def test_a_hidden_connector_is_found_again_after_a_change(cloud):
    guid = outbound(cloud, TestMode=True)["Guid"]
    backend = ExchangeBackend(Hiding(cloud), Capabilities(Platform(ONLINE), 1, what_if=True))
    assert backend.update(OUTBOUND, guid, {"comment": "x"}).values["comment"] == "x"
    assert set(backend.list(OUTBOUND)) == {guid}
    assert backend.read(OUTBOUND, "0292c782-9804-4d8b-ae0e-e1c7ab90852b") is None
