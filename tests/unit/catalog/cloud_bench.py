"""Rules of the connectors of Exchange Online: what they find in a set of arguments."""

from dataclasses import dataclass

from reconciler.model.platform import ONLINE, Platform
from reconciler.schema.canonical import canonicalise, given
from reconciler.schema.rules import check

CLOUD = Platform(ONLINE)


@dataclass(frozen=True)
class Case:
    """`fine` gives no finding at all; `wrong` gives `code` at `culprit`."""

    code: str
    level: str
    culprit: str
    fine: dict
    wrong: dict


def found(rtype, base, arguments):
    """(code, culprit) of everything that is wrong with an object of these arguments."""
    raw = {**base, **arguments}
    problems = []
    values = canonicalise(rtype, raw, CLOUD, lambda *problem: problems.append(problem[:4]))
    broken = check(rtype, values, given(rtype, raw), CLOUD)
    return {(code, name) for code, _, name, _ in problems} | {
        (rule.code, finding.attribute) for rule, finding in broken
    }


def levels(rtype, code):
    rules = rtype.every_rule
    return {str(rule.level) for rule in rules if rule.code == code}


def codes(rtype):
    return {rule.code for rule in rtype.every_rule}
