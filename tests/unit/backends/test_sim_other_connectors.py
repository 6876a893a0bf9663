"""Foreign, delivery agent and intra-organization connectors in the simulated Exchange."""

import pytest

FAX = {"Name": "Fax", "AddressSpaces": ("FAX:*;1",)}
TEXTS = {"Name": "Texts", "AddressSpaces": ("MOBILE:*;1",), "DeliveryProtocol": "MOBILE"}
CLOUD = {
    "Name": "Cloud",
    "DiscoveryEndpoint": "https://a.com",
    "TargetAddressDomains": ("contoso.com",),
}
NEW = {
    "ForeignConnector": FAX,
    "DeliveryAgentConnector": TEXTS,
    "IntraOrganizationConnector": CLOUD,
}


@pytest.fixture
def lab(open_lab):
    return open_lab()


def test_the_folder_is_called_as_the_connector_is_at_first(lab):
    (bag,) = lab.run("New-ForeignConnector", **FAX)
    assert bag["DropDirectory"] == "Fax"
    lab.run("Set-ForeignConnector", Identity="Fax", Name="Fax 2")
    (renamed,) = lab.run("Get-ForeignConnector", Identity="Fax 2")
    assert renamed["DropDirectory"] == "Fax"


@pytest.mark.parametrize("noun", ["ForeignConnector", "DeliveryAgentConnector"])
def test_the_server_that_makes_it_is_the_source(lab, noun):
    (bag,) = lab.run(f"New-{noun}", **NEW[noun])
    assert bag["SourceTransportServers"] == ["MBX1"]
    assert bag["MaxMessageSize"] == "Unlimited"


def test_sizes_are_shown_with_their_bytes(lab):
    (bag,) = lab.run("New-DeliveryAgentConnector", **TEXTS, MaxMessageSize="35MB")
    assert bag["MaxMessageSize"] == "35 MB (36,700,160 bytes)"


@pytest.mark.parametrize(
    ("noun", "code", "refused", "taken"),
    [
        ("ForeignConnector", "address-spaces-missing", {"AddressSpaces": None}, {}),
        ("ForeignConnector", "edge-placeholder", {"AddressSpaces": ("--",)}, {}),
        (
            "ForeignConnector",
            "value-refused",
            {"AddressSpaces": ("*contoso.com",)},
            {"AddressSpaces": ("contoso.com",)},
        ),
        ("ForeignConnector", "parameter-unknown", {"Enabled": False}, {}),
        ("ForeignConnector", "parameter-unknown", {"Force": True}, {}),
        ("DeliveryAgentConnector", "address-spaces-missing", {"AddressSpaces": None}, {}),
        ("DeliveryAgentConnector", "edge-placeholder", {"AddressSpaces": ("SMTP:--;1",)}, {}),
        ("DeliveryAgentConnector", "parameter-unknown", {"Force": True}, {}),
        (
            "DeliveryAgentConnector",
            "value-refused",
            {"MaxMessageSize": "32KB"},
            {"MaxMessageSize": "64KB"},
        ),
        ("DeliveryAgentConnector", "value-refused", {"Name": "x" * 65}, {"Name": "x" * 64}),
        ("IntraOrganizationConnector", "domains-missing", {"TargetAddressDomains": None}, {}),
        ("IntraOrganizationConnector", "endpoint-missing", {"DiscoveryEndpoint": None}, {}),
        ("IntraOrganizationConnector", "value-refused", {"DiscoveryEndpoint": "a.com"}, {}),
        (
            "IntraOrganizationConnector",
            "parameter-version",
            {"TargetSharingEpr": "https://a.com"},
            {},
        ),
    ],
)
def test_what_it_refuses_stands_beside_what_it_takes(lab, noun, code, refused, taken):
    assert lab.refusal(f"New-{noun}", **{**NEW[noun], **refused}).code == code
    assert lab.run(f"New-{noun}", **{**NEW[noun], **taken})


@pytest.mark.parametrize(
    ("noun", "lacking"),
    [
        ("ForeignConnector", "AddressSpaces"),
        ("DeliveryAgentConnector", "AddressSpaces"),
        ("DeliveryAgentConnector", "DeliveryProtocol"),
        ("IntraOrganizationConnector", "DiscoveryEndpoint"),
        ("IntraOrganizationConnector", "TargetAddressDomains"),
    ],
)
def test_new_needs_what_makes_the_connector(lab, noun, lacking):
    given = {name: value for name, value in NEW[noun].items() if name != lacking}
    assert lab.refusal(f"New-{noun}", **given).code == "parameter-missing"


@pytest.mark.parametrize("noun", ["ForeignConnector", "DeliveryAgentConnector"])
def test_set_takes_force(lab, noun):
    lab.run(f"New-{noun}", **NEW[noun])
    lab.run(f"Set-{noun}", Identity=NEW[noun]["Name"], Force=True, Comment="x")


def test_an_intra_organization_connector_has_no_second_name(lab):
    lab.run("New-IntraOrganizationConnector", **CLOUD)
    refused = lab.refusal("Set-IntraOrganizationConnector", Identity="Cloud", Name="x")
    assert refused.code == "parameter-unknown"


def test_connectors_of_two_sorts_may_share_a_name(lab):
    """Nobody has seen that Exchange refuses it."""
    lab.run("New-ForeignConnector", **FAX)
    assert lab.run("New-DeliveryAgentConnector", **{**TEXTS, "Name": "Fax"})
