"""In which order receive connectors of one server change: what is freed goes before what takes it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reconciler.catalog.receive_connector.claims import Claim, claims
from reconciler.model.values import Values
from reconciler.schema.kinds.ip_range import Range, read_ranges

Pair = tuple[Values | None, Values | None]
Held = tuple[Claim, frozenset[Range]]


def frees_first(changes: Sequence[Pair]) -> Iterator[tuple[int, int]]:
    """Who gives up a binding or a range, before who takes what meets it. What two connectors may
    both have orders nothing.
    """
    places: dict[tuple[str, int, int], tuple[list[Held], list[Held]]] = defaultdict(
        lambda: ([], [])
    )
    for index, (before, after) in enumerate(changes):
        had, has = _held(index, before), _held(index, after)
        for lost in _beyond(had, has):
            places[lost[0].place][0].append(lost)
        for won in _beyond(has, had):
            places[won[0].place][1].append(won)
    for losses, gains in places.values():
        yield from sorted(
            {(a[0].owner, b[0].owner) for a in losses for b in gains if _is_in_the_way(a, b)}
        )


def _held(index: int, values: Values | None) -> dict[tuple[str, str], Held]:
    """What the connector claims, by role and binding."""
    if values is None:
        return {}
    ranges = frozenset(read_ranges(values.get("remote_ip_ranges")))
    return {(c.role, str(c.binding)): (c, ranges) for c in claims(index, values)}


def _beyond(
    some: dict[tuple[str, str], Held], others: dict[tuple[str, str], Held]
) -> Iterator[Held]:
    """The part of `some` that `others` do not have."""
    for key, (claim, ranges) in some.items():
        kept = others[key][1] if key in others else None
        if kept is None or ranges - kept:
            yield claim, ranges if kept is None else ranges - kept


def _is_in_the_way(lost: Held, won: Held) -> bool:
    (one, had), (other, wants) = lost, won
    if one.owner == other.owner:
        return False
    if one.role != other.role:
        return 0 in (one.binding.address, other.binding.address) or one.binding == other.binding
    return one.binding == other.binding and _cannot_both(had, wants)


def _cannot_both(some: frozenset[Range], others: frozenset[Range]) -> bool:
    """Whether two of them are the same, or overlap in part."""
    return not some.isdisjoint(others) or any(
        a.family == b.family
        and a.low <= b.high
        and b.low <= a.high
        and not a.holds(b)
        and not b.holds(a)
        for a in some
        for b in others
    )
