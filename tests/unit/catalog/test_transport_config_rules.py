"""R25 and what else holds in the transport configuration, each with a valid and an invalid set."""

from dataclasses import dataclass

import pytest

from reconciler.catalog.transport_config import TYPE
from reconciler.model.platform import Platform
from reconciler.schema.canonical import canonicalise, given
from reconciler.schema.rule import Level
from reconciler.schema.rules import check

SERVER = Platform()
SEND, RECEIVE = "tls_send_domain_secure_list", "tls_receive_domain_secure_list"
DEPTH = "max_allowed_agent_generated_message_depth"


@dataclass(frozen=True)
class Case:
    """`fine` gives no finding at all; `wrong` gives `code` at `culprit`."""

    code: str
    level: Level
    culprit: str
    fine: dict
    wrong: dict


CASES = (
    Case(
        "mutual-tls-one-way",
        Level.W,
        SEND,
        {SEND: ["a.com", "B.com"], RECEIVE: ["b.com", "A.com"]},
        {SEND: ["a.com", "b.com"], RECEIVE: ["a.com"]},
    ),
    Case(
        "mutual-tls-one-way",
        Level.W,
        RECEIVE,
        {RECEIVE: ["a.com"]},
        {SEND: [], RECEIVE: ["a.com"]},
    ),
    Case(
        "agent-depth-not-above-each",
        Level.L,
        DEPTH,
        {DEPTH: 3, f"{DEPTH}_per_agent": 2},
        {DEPTH: 2, f"{DEPTH}_per_agent": 2},
    ),
    *(
        Case(
            f"{site}-shadow-retries-unused",
            Level.W,
            f"max_retries_for_{site}_site_shadow",
            {f"max_retries_for_{site}_site_shadow": 3, "shadow_message_preference_setting": fine},
            {f"max_retries_for_{site}_site_shadow": 3, "shadow_message_preference_setting": wrong},
        )
        for site, fine, wrong in (
            ("local", "LocalOnly", "RemoteOnly"),
            ("remote", "PreferRemote", "LocalOnly"),
        )
    ),
)


def found(arguments: dict, platform: Platform = SERVER):
    problems = []
    values = canonicalise(TYPE, arguments, platform, lambda *p: problems.append(p))
    broken = check(TYPE, values, given(TYPE, arguments), platform)
    return [p[0] for p in problems], [(r.code, r.level, f.attribute) for r, f in broken]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.culprit}")
def test_a_rule_accepts_what_is_right(case: Case):
    assert found(case.fine) == ([], [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}-{case.culprit}")
def test_a_rule_finds_what_is_wrong(case: Case):
    assert found(case.wrong) == ([], [(case.code, case.level, case.culprit)])


def test_every_rule_has_a_case():
    assert {rule.code for rule in TYPE.rules} == {case.code for case in CASES}


@pytest.mark.parametrize("name", [SEND, RECEIVE])
@pytest.mark.parametrize("domain", ["*", "*.contoso.com"])
def test_the_lists_of_mutual_tls_take_no_wildcard(name, domain):
    assert found({name: ["contoso.com"]})[0] == []
    assert found({name: [domain]})[0] == [TYPE.held[0].code]


@pytest.mark.parametrize(
    ("name", "fine", "wrong"),
    [
        ("max_send_size", ["0", "2147482624", "unlimited"], ["2GB", "-1"]),
        ("external_dsn_max_message_attach_size", [0, "10MB"], ["unlimited"]),
        ("max_recipient_envelope_limit", [0, 500, "unlimited"], [-1, "many"]),
        ("shadow_heartbeat_retry_count", [1, 15], [0, 16]),
        ("shadow_message_auto_discard_interval", ["00:00:05", "90.00:00:00"], ["00:00:04"]),
        ("generate_copy_of_dsn_for", [["5.7.1"]], [["5.7"], "5.7.1"]),
        ("internal_smtp_servers", [["10.0.0.0/8", "10.1.1.1-10.1.1.9"]], [["10.1.1.1/8"]]),
        ("journaling_report_ndr_to", ["a@b.com", "<>", "$null"], ["a"]),
        ("external_dsn_default_language", ["de-DE", "$null"], ["German"]),
        ("header_promotion_mode_setting", ["maycreate"], ["Sometimes"]),
    ],
)
def test_values_are_held_to_the_documented_range(name, fine, wrong):
    assert [found({name: value})[0] for value in fine] == [[]] * len(fine)
    assert all(found({name: value})[0] for value in wrong)


@pytest.mark.parametrize(
    ("name", "value", "there", "elsewhere"),
    [
        ("safety_net_hold_time", "1.00:00:00", "2013", "2010"),
        ("legacy_journaling_migration_enabled", True, "2010", "2013"),
        ("message_expiration", "12:00:00", "EXO", "SE"),
        ("max_send_size", "5MB", "SE", "EXO"),
    ],
)
def test_an_argument_exists_on_its_versions_only(name, value, there, elsewhere):
    assert found({name: value}, Platform(there))[0] == []
    assert found({name: value}, Platform(elsewhere))[0] == ["not-on-this-version"]


def test_what_a_fresh_organisation_has_hangs_on_its_version():
    def at_first(name, version):
        return TYPE.by_name[name].fill({}, Platform(version))

    assert at_first("dsn_conversion_mode", "2010") == "UseExchangeDSNs"
    assert at_first("dsn_conversion_mode", "SE") == "PreserveDSNBody"
    assert at_first("transport_rule_attachment_text_scan_limit", "2013") == 153_600
    assert at_first("max_recipient_envelope_limit", "EXO") == "unlimited"


def test_null_is_not_written_and_the_null_of_the_cmdlets_is():
    name = "external_postmaster_address"
    assert canonicalise(TYPE, {name: None}, Platform(), print) == {}
    assert canonicalise(TYPE, {name: "$null"}, Platform(), print) == {name: None}
