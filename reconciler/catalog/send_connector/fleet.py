"""What must hold among all send connectors, and in which order they change."""

from collections.abc import Iterator, Sequence

from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.kinds.routing import read
from reconciler.schema.rule import Finding, Fleet, FleetRule, Level

Pair = tuple[Values | None, Values | None]


def _unique_names(
    fleet: Fleet, _others: Fleet, _platform: Platform
) -> Iterator[tuple[int, Finding]]:
    first: dict[str, str] = {}
    for index, (label, values) in enumerate(fleet):
        name = values.get("name")
        if not isinstance(name, str):
            continue
        other = first.setdefault(name.casefold(), label)
        if other is not label:
            yield (
                index,
                Finding(
                    "name",
                    f"{other} has the same name, and Exchange tells names apart by their letters "
                    "only, not by their case. Give one of the two another name.",
                ),
            )


FLEET_RULES = (
    FleetRule(
        "R1",
        Level.E,
        "duplicate-name",
        "Name used twice",
        _unique_names,
    ),
)


def new_route_first(changes: Sequence[Pair]) -> Iterator[tuple[int, int]]:
    """Who takes over a destination goes before who gives it up, so that mail for it always has
    a route. Among those who would wait for each other in a circle, nobody waits.
    """
    gainers: dict[str, int] = {}
    losses: list[frozenset[str]] = []
    for index, (before, after) in enumerate(changes):
        had, has = _routes(before), _routes(after)
        losses.append(had - has)
        for destination in has - had:
            gainers.setdefault(destination, index)
    waits = [
        sorted({gainers[lost] for lost in given_up if lost in gainers}) for given_up in losses
    ]
    position = _post_order(waits)
    for loser, firsts in enumerate(waits):
        yield from ((first, loser) for first in firsts if position[first] < position[loser])


def _routes(values: Values | None) -> frozenset[str]:
    """The destinations that a connector serves, whatever they cost."""
    if values is None or values.get("enabled") is False:
        return frozenset()
    return frozenset(space.destination for space in read(values.get("address_spaces")))


def _post_order(waits: Sequence[Sequence[int]]) -> dict[int, int]:
    """The position of each index behind all that it waits for, but for those in a circle."""
    position: dict[int, int] = {}
    opened: set[int] = set()
    for start in range(len(waits)):
        stack = [start]
        while stack:
            index = stack[-1]
            if index in opened:
                stack.pop()
                position.setdefault(index, len(position))
            else:
                opened.add(index)
                stack.extend(first for first in waits[index] if first not in opened)
    return position
