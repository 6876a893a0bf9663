"""R64 and R65: foreign connectors and those of delivery agents, and what both share with send
connectors.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from judging_bench import MAILBOX, Case, codes, found, levels, named

from reconciler.catalog import delivery_agent_connector, foreign_connector
from reconciler.model.values import UNKNOWN
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.rules import check_fleet

AMONG_OBJECTS = {"duplicate-name"}


@dataclass(frozen=True)
class Gateway:
    """A type, an object of it that nothing is wrong with, and the cases of its own rules."""

    rtype: ResourceType
    plain: Mapping[str, object]
    own: tuple[Case, ...]


SHARED = (
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
)

FOREIGN = Gateway(
    foreign_connector.TYPE,
    {"name": "Fax", "address_spaces": ["FAX:*;1"]},
    (
        Case(
            "R64",
            "absolute-drop-directory",
            "W",
            "drop_directory",
            {"drop_directory": "Fax"},
            {"drop_directory": r"D:\Fax"},
        ),
        Case(
            "R64",
            "absolute-drop-directory",
            "W",
            "drop_directory",
            {"drop_directory": r"Fax\out"},
            {"drop_directory": r"\\gateway\fax"},
        ),
        Case(
            "R64",
            "nothing-may-pass",
            "W",
            "max_message_size",
            {"max_message_size": 0, "enabled": False},
            {"max_message_size": 0},
        ),
        Case(
            "R64",
            "invalid-size",
            "E?",
            "max_message_size",
            {"max_message_size": "10MB"},
            {"max_message_size": "much"},
        ),
        Case(
            "R64",
            "size-out-of-range",
            "E?",
            "drop_directory_quota",
            {"drop_directory_quota": "1KB"},
            {"drop_directory_quota": 0},
        ),
    ),
)

AGENT = Gateway(
    delivery_agent_connector.TYPE,
    {"name": "Texts", "address_spaces": ["MOBILE:*;1"], "delivery_protocol": "MOBILE"},
    (
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
    ),
)

GATEWAYS = [pytest.param(g, id=g.rtype.name) for g in (FOREIGN, AGENT)]
CASES = [
    pytest.param(gateway, case, id=f"{gateway.rtype.name}-{named(case)}")
    for gateway in (FOREIGN, AGENT)
    for case in (*SHARED, *gateway.own)
]


@pytest.mark.parametrize(("gateway", "case"), CASES)
def test_what_the_rule_allows_is_accepted_without_a_word(gateway: Gateway, case: Case):
    assert found(gateway.rtype, {**gateway.plain, **case.fine}, case.platform) == {}


@pytest.mark.parametrize(("gateway", "case"), CASES)
def test_what_the_rule_forbids_is_found_at_the_culprit(gateway: Gateway, case: Case):
    problems = found(gateway.rtype, {**gateway.plain, **case.wrong}, case.platform)
    assert problems[case.code, case.culprit].endswith((".", "?"))


@pytest.mark.parametrize(("gateway", "case"), CASES)
def test_the_level_is_the_documented_one(gateway: Gateway, case: Case):
    assert levels(gateway.rtype, case) == {case.level}


@pytest.mark.parametrize("gateway", GATEWAYS)
def test_every_declared_rule_has_a_case(gateway: Gateway):
    known = {case.code for case in (*SHARED, *gateway.own)}
    assert codes(gateway.rtype) == known | AMONG_OBJECTS


@pytest.mark.parametrize("gateway", GATEWAYS)
def test_names_are_unique_whatever_their_case(gateway: Gateway):
    fleet = [("a", {"name": "One"}), ("b", {"name": UNKNOWN}), ("c", {"name": "ONE"})]
    ((rule, index, finding),) = check_fleet(gateway.rtype, fleet, (), MAILBOX)
    assert (rule.code, index, finding.attribute) == ("duplicate-name", 2, "name")
