"""N1 to N18: spellings that mean the same never show as a change. N4, N14 and N15 concern other
resource types.
"""

import json
from pathlib import Path

import pytest

from reconciler.catalog.send_connector import TYPE
from reconciler.model.platform import Platform
from reconciler.schema.canonical import canonicalise
from reconciler.schema.decode import decode, encode
from reconciler.schema.difference import differing

HERE = Platform()
SAMPLES = Path(__file__).parents[2] / "cases" / "get_send_connector.json"
RECORDS = json.loads(SAMPLES.read_text(encoding="utf-8"))

PAIRS = [
    ("N1", "address_spaces", ["contoso.com"], ["SMTP:contoso.com;1"]),
    ("N1", "address_spaces", ["contoso.com;1"], ["smtp:CONTOSO.com;1"]),
    ("N1", "address_spaces", ["SMTP:*;1"], ["smtp:*;1"]),
    ("N1", "address_spaces", ["contoso.com"], ["Local:contoso.com;1"]),
    ("N2", "address_spaces", ["a.com", "b.com", "A.com"], ["SMTP:b.com;1", "SMTP:a.com;1"]),
    ("N2", "smart_hosts", ["b.x.com", "a.x.com"], ["A.x.com", "b.x.com"]),
    ("N3", "error_policies", ["UpgradeCustomFailures", "DowngradeDnsFailures"],
     "DowngradeDnsFailures, UpgradeCustomFailures"),
    ("N3", "error_policies", [], "Default"),
    ("N5", "max_message_size", "25MB", "25 MB (26,214,400 bytes)"),
    ("N5", "max_message_size", 26214400, "25 MB"),
    ("N5", "max_message_size", 26214399, "25 MB (26,214,400 bytes)"),
    ("N5", "max_message_size", "unlimited", "Unlimited"),
    ("N6", "connection_inactivity_timeout", "00:15:00", "0.00:15:00"),
    ("N6", "connection_inactivity_timeout", "1.00:00:00", "1.00:00:00"),
    ("N7", "comment", "", None),
    ("N7", "comment", None, ""),
    ("N7", "require_tls", False, None),
    ("N7", "smart_hosts", [], None),
    ("N8", "protocol_logging_level", "verbose", "Verbose"),
    ("N8", "tls_auth_level", "domainvalidation", "DomainValidation"),
    ("N8", "name", "internet", "Internet"),
    ("N9", "enabled", "true", True),
    ("N9", "force_helo", True, "$true"),
    ("N9", "require_tls", "$true", "True"),
    ("N9", "port", "2525", 2525),
    ("N10", "source_transport_servers", ["mbx1.contoso.com"], ["MBX1"]),
    ("N10", "source_transport_servers", ["CN=MBX1,CN=Servers,DC=contoso"], ["mbx1"]),
    ("N11", "smart_hosts", ["10.1.1.1"], ["[10.1.1.1]"]),
    ("N11", "smart_hosts", ["MX.contoso.com"], ["mx.contoso.com"]),
    ("N12", "tls_certificate_name", "<i>CN=CA,C=US<s>CN=Mail", "<I>CN=ca, C=US<S>CN=mail"),
    ("N13", "authentication_credential", None, "System.Management.Automation.PSCredential"),
    ("N13", "usage", "Partner", None),
    ("N16", "fqdn", None, None),
]  # fmt: skip


def wanted(**arguments):
    raw = {"name": "Internet", "address_spaces": ["*"], **arguments}
    return canonicalise(TYPE, raw, HERE, lambda *problem: pytest.fail(str(problem)))


@pytest.mark.parametrize(("rule", "name", "written", "answered"), PAIRS)
def test_two_spellings_of_one_value_are_no_difference(rule, name, written, answered):
    attribute = TYPE.by_name[name]
    after = wanted(**{name: written})
    parameter = attribute.reads or attribute.parameter
    before = decode(TYPE, {parameter: answered}, HERE)
    assert name not in differing(TYPE, before, after), rule


def test_what_was_sent_and_read_back_is_no_difference():
    after = wanted(smart_hosts=["mx.x.com"], dns_routing_enabled=False, port=2525)
    record = {**encode(TYPE, after, HERE, creating=True), "Guid": RECORDS[0]["Guid"]}
    assert differing(TYPE, decode(TYPE, record, HERE), after) == ()


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["Name"])
def test_a_real_connector_described_in_hcl_shows_no_difference(record):
    after = wanted(
        name=record["Name"],
        dns_routing_enabled=False,
        smart_hosts=record["SmartHosts"],
        cloud_services_mail_enabled=True,
        require_tls=record["RequireTLS"],
        tls_auth_level=record["TlsAuthLevel"],
        tls_certificate_name=record["TlsCertificateName"],
        fqdn=record["Fqdn"],
    )
    assert differing(TYPE, decode(TYPE, record, HERE), after) == ()


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["Name"])
def test_what_changes_by_itself_is_not_even_read(record):
    later = {**record, "WhenChanged": "2030-01-01", "OriginatingServer": "other", "IsValid": False}
    assert decode(TYPE, record, HERE) == decode(TYPE, later, HERE)


def test_an_omitted_fqdn_is_not_replaced_by_the_servers_own_name():
    assert encode(TYPE, wanted(), HERE)["Fqdn"] is None
    assert "Fqdn" not in encode(TYPE, wanted(), HERE, creating=True)


def test_identity_is_the_name_alone():
    assert TYPE.identity_of({"name": "To partner"}) == "To partner"
