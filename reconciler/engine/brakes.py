"""Plans that unmake so much that somebody must say how much may go. Pure.

Which mail has no route any more, `mailflow` knows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import assert_never

from reconciler.model.address import Address
from reconciler.model.brake import Brake, BrakeReason
from reconciler.model.diagnostic import Diagnostic, error, warning
from reconciler.model.plan import Action, Change, Plan
from reconciler.model.record import dataclass
from reconciler.model.state import Instance

UNMAKING = frozenset({Action.DELETE, Action.REPLACE, Action.CREATE_FIRST})
MOST = 10
"""Lines that a message spends on reasons."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of a type with `destroy_least` objects or more, a larger share than `destroy_share` may not go without a
    word, nor, with `only_route`, the last route of a destination.
    """

    destroy_share: Fraction = Fraction(1, 3)
    destroy_least: int = 10
    only_route: bool = True


def shares(changes: Iterable[Change], rows: Iterable[Instance], limits: Limits) -> Iterator[Brake]:
    """The types of which too large a share goes. Left-overs of replacements do not count."""
    going: dict[str, list[Address]] = defaultdict(list)
    for change in _unmade(changes):
        going[change.address.type].append(change.address)
    there = Counter(row.address.type for row in rows if not row.deposed)
    for name, addresses in sorted(going.items()):
        total = there[name]
        if total >= limits.destroy_least and len(addresses) > limits.destroy_share * total:
            yield Brake(BrakeReason.SHARE, name, _sorted(addresses), total)


def protected(changes: Iterable[Change], rows: Iterable[Instance]) -> Iterator[Brake]:
    """What state marks as protected, and the configuration no longer does: where it still does,
    there is no plan at all.
    """
    marked = {row.address for row in rows if row.protected}
    for address in _sorted(change.address for change in _unmade(changes)):
        if address in marked:
            yield Brake(BrakeReason.PROTECTED, str(address), (address,))


def _unmade(changes: Iterable[Change]) -> Iterator[Change]:
    return (change for change in changes if change.action in UNMAKING and not change.deposed)


def _sorted(addresses: Iterable[Address]) -> tuple[Address, ...]:
    return tuple(sorted(addresses, key=lambda address: address.sort_key))


def refusal(plan: Plan, allowed: int) -> Diagnostic | None:
    """Why the plan may not be carried out where `allowed` objects may go; None where it may."""
    needed = plan.counts[2]
    if not plan.brakes or allowed >= needed:
        return None
    given = f" -allow-destroy={allowed} is not enough." if allowed else ""
    return error(
        "destroy-not-allowed",
        "The plan destroys more than may go without a word",
        f"{_why(plan)}\nNothing was changed.{given} If it is meant, run the same command with"
        f" -allow-destroy={needed}. No approval stands for that, neither -auto-approve nor a yes.",
    )


def notice(plan: Plan) -> Iterator[Diagnostic]:
    """What whoever applies the plan will have to say."""
    if plan.brakes:
        yield warning(
            "needs-allow-destroy",
            "Apply will need -allow-destroy",
            f"{_why(plan)}\nIf it is meant, apply will need -allow-destroy={plan.counts[2]}.",
        )


def _why(plan: Plan) -> str:
    lines = [f"  {_reason(brake)}" for brake in plan.brakes]
    more = [f"  and {len(lines) - MOST} more"] if len(lines) > MOST else []
    count = plan.counts[2]
    objects = "1 object" if count == 1 else f"{count} objects"
    return "\n".join((f"The plan destroys or replaces {objects}:", *lines[:MOST], *more))


def _reason(brake: Brake) -> str:
    match brake.reason:
        case BrakeReason.SHARE:
            return f"{len(brake.objects)} of {brake.total} of the type {brake.subject} at once"
        case BrakeReason.ONLY_ROUTE:
            names = ", ".join(map(str, brake.objects[:MOST]))
            return f"{names}: the only route for {brake.subject}"
        case BrakeReason.PROTECTED:
            return f"{brake.subject}: protected, as state remembers it"
        case _:
            assert_never(brake.reason)
