"""The Transport services that the simulated Exchange has: one for each server, from the start."""

import pytest
from settled import settled

from reconciler.backends.simulated.nouns import NOUNS
from reconciler.catalog.transport_service import TYPE
from reconciler.model.platform import Platform
from reconciler.schema.attribute import Presence
from reconciler.schema.decode import decode


@pytest.fixture
def lab(tmp_path):
    with settled(tmp_path) as found:
        yield found


def test_every_server_has_one_with_its_name(lab):
    names = [record["Name"] for record in lab.run("Get-TransportService")]
    assert names == ["MBX1", "MBX2"]


def test_a_fresh_one_is_as_documented(lab):
    fresh = lab.run("Get-TransportService", Identity="MBX1")[0]
    assert fresh["MaxOutboundConnections"] == "1000"
    assert fresh["TransientFailureRetryInterval"] == "00:05:00"
    assert fresh["MessageExpirationTimeout"] == "2.00:00:00"
    assert fresh["AgentLogMaxDirectorySize"] == "250 MB (262,144,000 bytes)"
    assert fresh["QueueLogPath"].endswith("V15\\TransportRoles\\Logs\\Hub\\QueueViewer")
    assert fresh["DnsLogPath"] is None
    assert fresh["ExternalDNSServers"] == []


def test_a_fresh_one_breaks_no_rule_and_reads_as_declared(lab):
    values = decode(TYPE, lab.run("Get-TransportService", Identity="MBX2")[0], Platform())
    for attribute in TYPE.attributes:
        if attribute.presence is Presence.KEPT and attribute.default is not None:
            assert values[attribute.name] == attribute.fill({}, Platform()), attribute.name
    assert lab.run("Set-TransportService", Identity="MBX2", PoisonThreshold=3) == []


def test_setting_one_leaves_the_others(lab):
    lab.run("Set-TransportService", Identity="mbx1", MaxOutboundConnections="unlimited")
    first, second = lab.run("Get-TransportService")
    assert first["MaxOutboundConnections"] == "Unlimited"
    assert second["MaxOutboundConnections"] == "1000"


def test_nobody_makes_or_removes_one(lab):
    assert set(NOUNS["TransportService"].verbs) - {""} == {"Set"}
    assert lab.code("New-TransportService", Name="MBX3") == "cmdlet-unknown"
    assert lab.code("Remove-TransportService", Identity="MBX1") == "cmdlet-unknown"


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("outbound-connections", {"MaxPerDomainOutboundConnections": 1001}),
        ("log-file-size", {"DnsLogMaxFileSize": "101MB"}),
        ("delay-notification", {"DelayNotificationTimeout": "00:30:00"}),
        ("value-refused", {"TransientFailureRetryCount": 16}),
        ("value-refused", {"AgentLogPath": "Logs"}),
        ("value-refused", {"ExternalDNSServers": ("dns1",)}),
    ],
)
def test_it_refuses_what_does_not_fit_what_is_there(lab, code, given):
    assert lab.code("Set-TransportService", Identity="MBX1", **given) == code


def test_two_servers_need_a_name(lab):
    assert lab.code("Set-TransportService", PoisonThreshold=3) == "parameter-missing"


def test_an_edge_server_knows_itself_alone_and_takes_no_name(tmp_path):
    with settled(tmp_path, role="edge") as edge:
        fresh = edge.run("Get-TransportService")[0]
        assert fresh["AntispamAgentsEnabled"] is True
        assert fresh["TransientFailureRetryInterval"] == "00:10:00"
        assert edge.code("Get-TransportService", Identity="MBX1") == "parameter-role"
        edge.run("Set-TransportService", PoisonThreshold=3)
        assert edge.run("Get-TransportService")[0]["PoisonThreshold"] == 3
