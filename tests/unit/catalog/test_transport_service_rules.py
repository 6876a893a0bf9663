"""R70, each rule with what it accepts and what it refuses."""

from dataclasses import dataclass

import pytest

from reconciler.catalog.transport_service import TYPE
from reconciler.catalog.transport_service.logs import LOGS
from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN
from reconciler.schema.canonical import canonicalise, given
from reconciler.schema.rule import Level
from reconciler.schema.rules import check

PLATFORM = Platform()


@dataclass(frozen=True)
class Case:
    """`fine` gives no finding at all; `wrong` gives `code` at `culprit`."""

    code: str
    level: Level
    culprit: str
    fine: dict
    wrong: dict


CASES = (
    *(
        Case(
            "log-file-larger-than-directory",
            Level.DOCUMENTED,
            log.max_file_size,
            {log.max_file_size: "20MB", log.max_directory_size: "20 MB"},
            {log.max_file_size: "20MB", log.max_directory_size: "19MB"},
        )
        for log in LOGS
        if log.file
    ),
    Case(
        "log-file-larger-than-directory",
        Level.DOCUMENTED,
        "agent_log_max_file_size",
        {"agent_log_max_file_size": "5GB", "agent_log_max_directory_size": "unlimited"},
        {"agent_log_max_file_size": "unlimited", "agent_log_max_directory_size": "5GB"},
    ),
    Case(
        "domain-connections-above-all",
        Level.DOCUMENTED,
        "max_per_domain_outbound_connections",
        {"max_per_domain_outbound_connections": 20, "max_outbound_connections": 20},
        {"max_per_domain_outbound_connections": 21, "max_outbound_connections": 20},
    ),
    Case(
        "delay-notification-too-early",
        Level.DOCUMENTED,
        "delay_notification_timeout",
        {
            "delay_notification_timeout": "00:30:01",
            "transient_failure_retry_count": 6,
            "transient_failure_retry_interval": "00:05:00",
        },
        {
            "delay_notification_timeout": "00:30:00",
            "transient_failure_retry_count": 6,
            "transient_failure_retry_interval": "00:05:00",
        },
    ),
    *(
        Case(
            f"{side}-dns-servers-unused",
            Level.W,
            f"{side}_dns_servers",
            {f"{side}_dns_servers": ["10.1.1.1"], f"{side}_dns_adapter_enabled": False},
            {f"{side}_dns_servers": ["10.1.1.1"], f"{side}_dns_adapter_enabled": True},
        )
        for side in ("external", "internal")
    ),
)


def found(arguments: dict):
    problems = []
    written = {"server": "MBX1", **arguments}
    values = canonicalise(TYPE, written, PLATFORM, lambda *p: problems.append(p))
    broken = check(TYPE, values, given(TYPE, written), PLATFORM)
    return [p[0] for p in problems], [(r.code, r.level, f.attribute) for r, f in broken]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.culprit}")
def test_a_rule_accepts_what_is_right(case: Case):
    assert found(case.fine) == ([], [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.culprit}")
def test_a_rule_finds_what_is_wrong(case: Case):
    assert found(case.wrong) == ([], [(case.code, case.level, case.culprit)])


def test_every_rule_has_a_case():
    assert {rule.code for rule in TYPE.rules} == {case.code for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.culprit}")
def test_a_rule_says_nothing_of_what_is_left_as_it_is(case: Case):
    for name in case.wrong:
        assert found({name: case.wrong[name]}) == ([], [])


@pytest.mark.parametrize(
    ("name", "fine", "wrong"),
    [
        ("max_outbound_connections", [1, "unlimited", "2147483647"], [0, -1, "none"]),
        ("transient_failure_retry_count", [0, 15], [-1, 16]),
        ("message_expiration_timeout", ["00:00:05", "90.00:00:00"], ["00:00:04", "90.00:00:01"]),
        ("message_tracking_log_max_file_size", ["4GB", "1KB"], ["5GB"]),
        ("pickup_directory_max_header_size", ["32KB"], ["31KB", "unlimited"]),
        ("agent_log_path", ["D:\\Logs"], ["Logs", "\\\\fs\\logs", "%ExchangeInstallPath%x"]),
        ("root_drop_directory_path", ["\\\\fs\\drop", "D:\\Drop"], ["drop"]),
        ("external_ip_address", ["10.1.1.1", "::1"], ["mail.contoso.com"]),
        ("pipeline_tracing_sender_address", ["a@contoso.com"], ["a"]),
        ("external_dns_protocol_option", ["UseTcpOnly"], ["Tcp"]),
    ],
)
def test_values_are_held_to_the_documented_range(name, fine, wrong):
    assert [found({name: value})[0] for value in fine] == [[]] * len(fine)
    assert all(found({name: value})[0] for value in wrong)


def test_a_reserved_parameter_is_no_argument():
    assert found({"wlm_log_path": "D:\\x"})[0] == ["reserved-argument"]


def test_what_is_not_written_is_not_planned():
    assert canonicalise(TYPE, {"server": "mbx1"}, PLATFORM, print) == {"server": "MBX1"}
    assert canonicalise(TYPE, {"server": UNKNOWN}, PLATFORM, print) == {"server": UNKNOWN}
