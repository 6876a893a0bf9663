"""In which order connectors with address spaces change, so that no destination is ever without a route.

Who takes over a destination goes before who gives it up. Where some would wait for each other in a
ring, as when two swap their destinations, one of them holds both for a moment.
"""

from collections.abc import Iterator, Sequence

from reconciler.model.record import dataclass
from reconciler.model.values import Canonical, Values
from reconciler.schema.kinds.make import elements
from reconciler.schema.kinds.routing import AddressSpace, read
from reconciler.schema.resource_type import After, Bridge

Pair = tuple[Values | None, Values | None]


@dataclass(frozen=True, slots=True)
class _Waits:
    """`firsts`: for each change, those that take over what it gives up. `position`: an order that
    keeps as many of them as rings permit.
    """

    firsts: Sequence[Sequence[int]]
    position: dict[int, int]

    def pairs(self, *, kept: bool) -> Iterator[tuple[int, int]]:
        """(first, loser), those that the order keeps or those that it cannot."""
        for loser, firsts in enumerate(self.firsts):
            for first in firsts:
                if (self.position[first] < self.position[loser]) is kept:
                    yield first, loser


def new_route_first(changes: Sequence[Pair], _after: After = ()) -> Iterator[tuple[int, int]]:
    """Pairs of indices: who takes over before who gives up, but for those in a ring."""
    return _waits(changes).pairs(kept=True)


def bridges(
    changes: Sequence[Pair], _after: After = (), _present: Sequence[Values] = ()
) -> Iterator[Bridge]:
    """Who must hold old and new destinations until all that it gives up are taken over."""
    awaited: dict[int, list[int]] = {}
    for first, loser in _waits(changes).pairs(kept=False):
        awaited.setdefault(loser, []).append(first)
    for loser, firsts in awaited.items():
        before, after = changes[loser]
        if before is not None and after is not None:
            yield Bridge(loser, tuple(firsts), _both(before, after))


def _both(before: Values, after: Values) -> dict[str, Canonical]:
    """Enabled, with the address spaces of both; where a cost changes, the new one counts."""
    spaces = {one.destination: text for text, one in _spaces(before)}
    spaces |= {one.destination: text for text, one in _spaces(after)}
    return {"address_spaces": tuple(sorted(spaces.values())), "enabled": True}


def _spaces(values: Values) -> Iterator[tuple[str, AddressSpace]]:
    texts = elements(values.get("address_spaces"))
    return zip(texts, read(texts), strict=True)


def _waits(changes: Sequence[Pair]) -> _Waits:
    gainers: dict[str, int] = {}
    losses: list[frozenset[str]] = []
    for index, (before, after) in enumerate(changes):
        had, has = _routes(before), _routes(after)
        losses.append(had - has)
        for destination in has - had:
            gainers.setdefault(destination, index)
    firsts = [
        sorted({gainers[lost] for lost in given_up if lost in gainers}) for given_up in losses
    ]
    return _Waits(firsts, post_order(firsts))


def _routes(values: Values | None) -> frozenset[str]:
    """The destinations that a connector serves, whatever they cost."""
    if values is None or values.get("enabled") is False:
        return frozenset()
    return frozenset(space.destination for space in read(values.get("address_spaces")))


def post_order(waits: Sequence[Sequence[int]]) -> dict[int, int]:
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
