"""The transport configuration that the simulated Exchange has: exactly one, which needs no name."""

import pytest
from settled import settled


@pytest.fixture
def lab(tmp_path):
    with settled(tmp_path) as found:
        yield found


def test_there_is_one_as_documented(lab):
    (fresh,) = lab.run("Get-TransportConfig")
    assert fresh["MaxSendSize"] == "10 MB (10,485,760 bytes)"
    assert fresh["MaxRecipientEnvelopeLimit"] == "500"
    assert fresh["SafetyNetHoldTime"] == "2.00:00:00"
    assert fresh["TLSSendDomainSecureList"] == []
    assert fresh["SupervisionTags"] == ["Allow", "Reject"]
    assert fresh["JournalingReportNdrTo"] is None
    assert fresh["DistinguishedName"].startswith("CN=Transport Settings,CN=First Organization,")


def test_it_is_changed_without_a_name(lab):
    assert lab.run("Set-TransportConfig", MaxSendSize="35MB", ClearCategories=False) == []
    (changed,) = lab.run("Get-TransportConfig")
    assert changed["MaxSendSize"] == "35 MB (36,700,160 bytes)"
    assert changed["ClearCategories"] is False
    assert changed["MaxReceiveSize"] == "10 MB (10,485,760 bytes)"


def test_an_address_is_given_and_taken_away(lab):
    lab.run("Set-TransportConfig", JournalingReportNdrTo="ndr@contoso.com")
    assert lab.run("Get-TransportConfig")[0]["JournalingReportNdrTo"] == "ndr@contoso.com"
    lab.run("Set-TransportConfig", JournalingReportNdrTo=None)
    assert lab.run("Get-TransportConfig")[0]["JournalingReportNdrTo"] is None


def test_nobody_makes_or_removes_it(lab):
    assert lab.code("New-TransportConfig") == "cmdlet-unknown"
    assert lab.code("Remove-TransportConfig") == "cmdlet-unknown"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TLSSendDomainSecureList", ("*",)),
        ("TLSReceiveDomainSecureList", ("*.contoso.com",)),
        ("ShadowHeartbeatRetryCount", 16),
        ("GenerateCopyOfDSNFor", ("all",)),
    ],
)
def test_it_refuses_what_does_not_fit(lab, name, value):
    assert lab.code("Set-TransportConfig", **{name: value}) == "value-refused"


@pytest.mark.parametrize(
    ("version", "has", "lacks"),
    [
        ("2010", "LegacyJournalingMigrationEnabled", "SafetyNetHoldTime"),
        ("2013", "SafetyNetHoldTime", "MessageExpiration"),
        ("EXO", "MessageExpiration", "MaxSendSize"),
    ],
)
def test_each_version_has_its_own_properties(tmp_path, version, has, lacks):
    with settled(tmp_path, version) as lab:
        (fresh,) = lab.run("Get-TransportConfig")
        assert has in fresh
        assert lacks not in fresh
