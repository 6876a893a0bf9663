"""R65, and what connectors of delivery agents share with send connectors."""

import pytest
from judging_bench import MAILBOX, Case, codes, found, levels, named

from reconciler.catalog.delivery_agent_connector import TYPE
from reconciler.model.values import UNKNOWN
from reconciler.schema.rules import check_fleet

PLAIN = {"name": "Texts", "address_spaces": ["MOBILE:*;1"], "delivery_protocol": "MOBILE"}
AMONG_OBJECTS = {"duplicate-name"}

CASES = (
    Case(
        "R4",
        "missing-address-spaces",
        "E",
        "address_spaces",
        {"address_spaces": ["FAX:*"]},
        {"address_spaces": []},
    ),
    Case(
        "R4",
        "invalid-address-space",
        "E?",
        "address_spaces",
        {"address_spaces": ["contoso.com"]},
        {"address_spaces": ["SMTP:;1"]},
    ),
    Case(
        "R5",
        "invalid-address-space-domain",
        "E?",
        "address_spaces",
        {"address_spaces": ["*", "*.contoso.com"]},
        {"address_spaces": ["*contoso.com"]},
    ),
    Case(
        "R6",
        "invalid-x400-address",
        "E?",
        "address_spaces",
        {"address_spaces": ["X400:o=MySite;p=MyOrg;a=adatum;c=us;1"]},
        {"address_spaces": ["X400:hello;1"]},
    ),
    Case(
        "R7",
        "invalid-address-space-cost",
        "E?",
        "address_spaces",
        {"address_spaces": ["FAX:a;b;5"]},
        {"address_spaces": ["FAX:*;101"]},
    ),
    Case(
        "R8",
        "edgesync-placeholder",
        "E?",
        "address_spaces",
        {"address_spaces": ["contoso.com"]},
        {"address_spaces": ["--"]},
    ),
    Case(
        "R36",
        "scoped-with-several-sources",
        "L",
        "source_transport_servers",
        {"is_scoped_connector": True, "source_transport_servers": ["MBX1"]},
        {"is_scoped_connector": True, "source_transport_servers": ["MBX1", "MBX2"]},
    ),
    Case(
        "R37",
        "no-source-server",
        "E?",
        "source_transport_servers",
        {"source_transport_servers": ["MBX1"]},
        {"source_transport_servers": []},
    ),
    Case(
        "R37",
        "invalid-server",
        "E?",
        "source_transport_servers",
        {"source_transport_servers": ["mbx1.contoso.com"]},
        {"source_transport_servers": ["MBX 1"]},
    ),
    Case(
        "R65",
        "name-too-long",
        "E?",
        "name",
        {"name": "x" * 64},
        {"name": "x" * 65},
    ),
    Case(
        "R65",
        "missing-delivery-protocol",
        "E",
        "delivery_protocol",
        {"delivery_protocol": "X.400"},
        {"delivery_protocol": " "},
    ),
    Case(
        "R65",
        "invalid-size",
        "E?",
        "max_message_size",
        {"max_message_size": "unlimited"},
        {"max_message_size": "much"},
    ),
    Case(
        "R65",
        "size-out-of-range",
        "E?",
        "max_message_size",
        {"max_message_size": "64KB"},
        {"max_message_size": "32KB"},
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
    assert codes(TYPE) == {case.code for case in CASES} | AMONG_OBJECTS


def test_names_are_unique_whatever_their_case():
    fleet = [("a", {"name": "One"}), ("b", {"name": UNKNOWN}), ("c", {"name": "ONE"})]
    ((rule, index, finding),) = check_fleet(TYPE, fleet, (), MAILBOX)
    assert (rule.code, index, finding.attribute) == ("duplicate-name", 2, "name")
