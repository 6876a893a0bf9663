"""Objects that constrain each other without a reference, as their types say: who goes first, and who
is changed or made in two steps because others wait for each other in a ring. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from reconciler.engine.board import Board, Edge
from reconciler.engine.moves import Move
from reconciler.engine.survey import Observed, Query
from reconciler.engine.swaps import in_two, made_elsewhere, made_way
from reconciler.model.record import dataclass
from reconciler.schema.resource_type import After, Bridge, Bridges, Order, ResourceType


@dataclass(frozen=True, slots=True)
class _Ends:
    """Ids of the steps that a change begins and ends with; `made` are changes that are creations
    in two steps.
    """

    last: list[str]
    first: dict[int | str, str] = field(default_factory=dict)
    made: set[int | str] = field(default_factory=set)


def arrange(board: Board, types: Mapping[str, ResourceType], observed: Observed) -> None:
    """Types that order themselves in the same way are peers of each other."""
    groups: dict[tuple[str, Order, Bridges | None], list[Move]] = defaultdict(list)
    for move in board.moves.values():
        rtype = types[move.step.address.type]
        if rtype.order is not None:
            groups[move.step.backend, rtype.order, rtype.bridges].append(move)
    begun: list[Edge] = []
    for (backend, order, bridges), group in groups.items():
        names = sorted({move.step.address.type for move in group})
        changes = [(m.before, m.after) for m in group]
        ends = _Ends([move.step.id for move in group])
        after = _after(board, ends.last)
        present = [one for n in names for one in observed.get(Query(backend, n), {}).values()]
        _bridge(board, types, group, bridges(changes, after, present) if bridges else (), ends)
        meeting = " ".join((backend, *names))
        for earlier, later in order(changes, after):
            one = ends.first.get(earlier) or board.spot(meeting, ends.last, earlier)
            board.prefer(one, board.spot(meeting, ends.last, later))
            # What is made takes something from its first step on, if only for a moment.
            begun += [(one, ends.first[later])] if later in ends.made else []
    board.wishes += begun


def _after(board: Board, ids: Sequence[str]) -> After:
    """For each step those of its peers that must precede it."""
    index = {one: number for number, one in enumerate(ids)}
    found: list[list[int]] = [[] for _ in ids]
    inner = [edge for edge in board.edges if index.keys() >= set(edge)]
    for earlier, later in inner:
        found[index[later]].append(index[earlier])
    return found if inner else ()


def _bridge(
    board: Board,
    types: Mapping[str, ResourceType],
    group: Sequence[Move],
    bridges: Iterable[Bridge],
    ends: _Ends,
) -> None:
    """Makes two steps of one, so that nothing is lost in between. Where the first sends what is
    not known yet, it waits for that as the whole would.
    """
    bridges = tuple(bridges)
    waiting = {
        group[b.index].step.id for b in bridges if not b.aside and group[b.index].step.deferred
    }
    needed = [edge for edge in board.edges if edge[1] in waiting]
    begun: dict[str, str] = {}
    for bridge in bridges:
        move = group[bridge.index]
        first, last = _parted(move, types[move.step.address.type], bridge)
        for one in (first, last):
            board.moves[one.step.id] = one
        board.precede(first.step.id, last.step.id)
        ends.first[bridge.index] = first.step.id
        ends.last[bridge.index] = last.step.id
        if move.before is None:
            ends.made.add(bridge.index)
        begun[last.step.id] = first.step.id
        for awaited in bridge.awaited:
            board.prefer(group[awaited].step.id, last.step.id)
    board.edges.extend((earlier, begun[later]) for earlier, later in needed)


def _parted(move: Move, rtype: ResourceType, bridge: Bridge) -> tuple[Move, Move]:
    if move.before is None:
        return made_elsewhere(move, rtype, bridge.meanwhile)
    if bridge.aside:
        return made_way(move, bridge.meanwhile, "early")
    return in_two(move, rtype, bridge.meanwhile)
