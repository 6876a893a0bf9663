"""R67."""

import pytest
from judging_bench import MAILBOX, OLD, Case, codes, found, levels, named

from reconciler.catalog.remote_domain import TYPE
from reconciler.model.values import UNKNOWN
from reconciler.schema.canonical import canonicalise
from reconciler.schema.difference import differing, travelling
from reconciler.schema.rules import check_fleet

PLAIN = {"name": "Fabrikam", "domain_name": "fabrikam.com"}
AMONG_OBJECTS = {"duplicate-name", "same-domain"}

CASES = (
    Case(
        "R67",
        "internal-replies-to-outsiders",
        "E?",
        "is_internal",
        {"allowed_oof_type": "InternalLegacy", "is_internal": True},
        {"allowed_oof_type": "InternalLegacy", "is_internal": False},
    ),
    Case(
        "R67",
        "diagnostics-without-reports",
        "W",
        "ndr_diagnostic_info_enabled",
        {"ndr_diagnostic_info_enabled": False},
        {"ndr_diagnostic_info_enabled": False, "ndr_enabled": False},
    ),
    Case("R67", "name-too-long", "E?", "name", {"name": "x" * 64}, {"name": "x" * 65}),
    Case(
        "R67",
        "invalid-domain",
        "E?",
        "domain_name",
        {"domain_name": "*.fabrikam.com"},
        {"domain_name": "domain.*.fabrikam.com"},
    ),
    Case(
        "R67",
        "invalid-choice",
        "E?",
        "character_set",
        {"character_set": "KOI8-R"},
        {"character_set": "ascii"},
    ),
    Case(
        "R67",
        "number-out-of-range",
        "E?",
        "line_wrap_size",
        {"line_wrap_size": 132},
        {"line_wrap_size": 133},
    ),
    Case(
        "R67",
        "not-on-this-version",
        "E?",
        "message_count_threshold",
        {},
        {"message_count_threshold": 5},
        OLD,
    ),
)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_the_rule_allows_is_accepted_without_a_word(case: Case):
    assert found(TYPE, {**PLAIN, **case.fine}, case.platform) == {}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_the_rule_forbids_is_found_at_the_culprit(case: Case):
    problems = found(TYPE, {**PLAIN, **case.wrong}, case.platform)
    assert problems[case.code, case.culprit].endswith((".", "?"))


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_level_is_the_documented_one(case: Case):
    assert levels(TYPE, case) == {case.level}


def test_every_declared_rule_has_a_case():
    elsewhere = AMONG_OBJECTS | {"edge-is-subscribed"}
    assert codes(TYPE) == {case.code for case in CASES} | elsewhere


def test_names_are_unique_whatever_their_case():
    fleet = [("a", {"name": "One"}), ("b", {"name": UNKNOWN}), ("c", {"name": "ONE"})]
    ((rule, index, finding),) = check_fleet(TYPE, fleet, (), MAILBOX)
    assert (rule.code, index, finding.attribute) == ("duplicate-name", 2, "name")


def test_two_objects_about_one_domain_are_named_both():
    ours = [("a", {"domain_name": "a.com"}), ("b", {"domain_name": "b.com"})]
    theirs = [("the one called Old", {"domain_name": "b.com"})]
    ((rule, index, finding),) = check_fleet(TYPE, ours, theirs, MAILBOX)
    assert (rule.code, rule.level, index) == ("same-domain", "L", 1)
    assert "the one called Old" in finding.detail


def test_internal_replies_make_a_domain_internal_where_nothing_else_is_said():
    values = filled({**PLAIN, "allowed_oof_type": "InternalLegacy"})
    assert (values["is_internal"], filled(PLAIN)["is_internal"]) == (True, False)


def test_replies_not_known_yet_leave_open_whether_the_domain_is_internal():
    assert filled({**PLAIN, "allowed_oof_type": UNKNOWN})["is_internal"] is UNKNOWN


def test_both_of_what_exchange_changes_together_travel_together():
    both = ("allowed_oof_type", "is_internal")
    assert travelling(TYPE, ["is_internal"], filled(PLAIN)) == both


def test_null_is_not_the_same_as_no_rich_text():
    assert filled(PLAIN)["tnef_enabled"] is None
    assert differing(TYPE, {"tnef_enabled": None}, {"tnef_enabled": False}) == ("tnef_enabled",)


def filled(raw):
    return canonicalise(TYPE, raw, MAILBOX, lambda *_: None)
