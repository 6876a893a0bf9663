"""What is found wrong with one object of a type, and cases of it: one per rule, both ways."""

from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.model.platform import Platform
from reconciler.schema.canonical import canonicalise, given
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.rules import check

MAILBOX, OLD, ONLINE = Platform(), Platform("2010"), Platform("EXO")


@dataclass(frozen=True)
class Case:
    """`fine` gives no finding at all; `wrong` gives `code` at `culprit`."""

    rule: str
    code: str
    level: str
    culprit: str
    fine: Mapping[str, object]
    wrong: Mapping[str, object]
    platform: Platform = MAILBOX


def named(case: Case) -> str:
    return f"{case.rule}-{case.code}-{case.culprit}"


def found(
    rtype: ResourceType, raw: Mapping[str, object], platform: Platform = MAILBOX
) -> dict[tuple[str, str], str]:
    """The detail of everything that is wrong, by code and culprit."""
    problems: dict[tuple[str, str], str] = {}

    def report(code: str, _summary: str, name: str, detail: str, *_element: object) -> None:
        problems[code, name] = detail

    values = canonicalise(rtype, raw, platform, report)
    for rule, finding in check(rtype, values, given(rtype, raw), platform):
        problems[rule.code, finding.attribute] = finding.detail
    return problems


def levels(rtype: ResourceType, case: Case) -> set[str]:
    rules = rtype.every_rule
    return {rule.level for rule in rules if (rule.id, rule.code) == (case.rule, case.code)}


def codes(rtype: ResourceType) -> set[str]:
    return {rule.code for rule in rtype.every_rule}
