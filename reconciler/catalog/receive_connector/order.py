"""In which order receive connectors of one server change: what is freed goes before what takes it,
and who stands in a ring of those makes way first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import pairwise

from reconciler.catalog.order import post_order
from reconciler.catalog.receive_connector.claims import claims, common, held
from reconciler.catalog.receive_connector.slots import Slot, slots
from reconciler.model.record import dataclass
from reconciler.model.values import Canonical, Values
from reconciler.schema.resource_type import After, Bridge, Changes, Precedence

_LAST_PORT = 49_151
"""Behind it are those that Windows gives to outgoing connections."""


@dataclass(frozen=True, slots=True)
class _Line:
    """Where each change stands, and which of them make way before all others."""

    slots: Sequence[Slot]
    position: dict[int, int]
    early: frozenset[int]


def frees_first(changes: Changes, after: After = ()) -> Iterator[Precedence]:
    """Who gives up a binding or a range, before who takes what meets it. What two connectors may
    both have orders nothing.
    """
    line = _line(changes, after)
    for number, slot in enumerate(line.slots):
        yield from _precedence(line, slot, f"slot {number}")


def makes_way(
    changes: Changes, after: After = (), present: Sequence[Values] = ()
) -> Iterator[Bridge]:
    """Who must let go of what it loses before all others take theirs, or be made without what it
    takes: it keeps what it has before and after, or else listens where nobody can reach it.
    """
    early = _line(changes, after).early
    ports = _free_ports(present, changes) if early else {}
    for index in sorted(early):
        before, planned = changes[index]
        if planned is not None:
            yield Bridge(index, (), {"bindings": _meanwhile(before, planned, ports)}, aside=True)


def _meanwhile(before: Values | None, after: Values, ports: dict[str, Iterator[int]]) -> Canonical:
    stays = _unchanged(before, after)
    if stays:
        return stays
    server = str((before or after).get("server")).casefold()
    return (f"127.0.0.1:{next(ports[server])}",)


def _unchanged(before: Values | None, after: Values) -> tuple[str, ...]:
    """Bindings on which nothing changes."""
    had, has = held(0, before), held(0, after)
    both = common(had, has)
    return tuple(sorted(b for (r, b), (_, ranges) in both.items() if ranges == had[r, b][1]))


def _free_ports(present: Iterable[Values], changes: Changes) -> dict[str, Iterator[int]]:
    """By server, ports that nobody has nor will have."""
    used: dict[str, set[int]] = defaultdict(set)
    every = [*present, *(values for pair in changes for values in pair if values is not None)]
    for values in every:
        for claim in claims(0, values):
            used[claim.server].add(claim.binding.port)
    return {
        server: (port for port in range(_LAST_PORT, 0, -1) if port not in taken)
        for server, taken in used.items()
    }


def _line(changes: Changes, after: After) -> _Line:
    found = slots(changes)
    position = _positions(found, changes, after) if found else {}
    return _Line(found, position, frozenset(_early(found, position, changes)))


def _positions(found: Sequence[Slot], changes: Changes, after: After) -> dict[int, int]:
    """Losers before gainers but for rings, and never against a reference."""
    references = [list(one) for one in after] or [[] for _ in changes]
    waits = [list(one) for one in references]
    for number, slot in enumerate(found, len(changes)):
        waits.append(list(slot.losers))
        for gainer in slot.gainers:
            waits[gainer].append(number)
    position = post_order(waits)
    against = (position[a] > position[b] for b, firsts in enumerate(references) for a in firsts)
    return post_order(references) if any(against) else position


def _early(found: Iterable[Slot], position: dict[int, int], changes: Changes) -> Iterator[int]:
    """Those that lose something after another has gained it; and those that gain for good before
    what is made there for a moment only, which cannot make way itself.
    """
    can = [None not in pair for pair in changes]
    for slot in found:
        first, second = _two_first(slot.gainers, position)
        for loser in slot.losers:
            if can[loser] and position[second if first == loser else first] < position[loser]:
                yield loser
        brief = max((position[one] for one in slot.losers if not can[one]), default=-1)
        passes = frozenset(one for one in slot.losers if not can[one])
        yield from (g for g in slot.gainers if g not in passes and position[g] < brief)


def _two_first(gainers: Sequence[int], position: dict[int, int]) -> tuple[int, int]:
    """The same twice where there is one alone."""
    ahead = nsmallest(2, gainers, key=position.__getitem__)
    return ahead[0], ahead[-1]


def _precedence(line: _Line, slot: Slot, point: str) -> Iterator[Precedence]:
    """Each loser before each gainer. Those that are both and do not make way go one by one."""
    both = set(slot.losers) & set(slot.gainers) - line.early
    chain = sorted(both, key=line.position.__getitem__)
    others = [one for one in slot.losers if one not in both]
    yield from _all(others, slot.gainers, point)
    yield from pairwise(chain)
    for one in slot.gainers if chain else ():
        later = line.position[one] > line.position[chain[-1]]
        if one not in both and (later or one in line.early):
            yield chain[-1], one


def _all(firsts: Sequence[int], lasts: Sequence[int], point: str) -> Iterator[Precedence]:
    if len(firsts) * len(lasts) <= len(firsts) + len(lasts):
        yield from ((one, other) for one in firsts for other in lasts if one != other)
    else:
        yield from ((one, point) for one in firsts)
        yield from ((point, other) for other in lasts)
