"""Changes to ordered steps: one call each, and what must precede it. Pure.

Four sorts of order (docs/architecture.md, "Order"): used before users; users away before used;
an identity freed before it is taken; and what a type's peers ask of each other.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from reconciler.engine import peers
from reconciler.engine.board import Board, Edge
from reconciler.engine.mentions import before_unmaking, before_users
from reconciler.engine.moves import Move
from reconciler.engine.survey import Observed
from reconciler.engine.swaps import passed, stepped_aside
from reconciler.model.address import Address
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.plan import Step, Verb
from reconciler.schema.resource_type import ResourceType

NOTHING: Final[Observed] = MappingProxyType({})
MAKING = (Verb.CREATE, Verb.UPDATE, Verb.READ)


def schedule(
    moves: Iterable[Move],
    types: Mapping[str, ResourceType],
    observed: Observed = NOTHING,
) -> tuple[Step, ...]:
    """Steps in an order that may be carried out one by one, each naming what it needs. `observed`
    is what else there is.
    """
    board = Board({move.step.id: move for move in moves})
    board.edges.extend((n, i) for i, move in board.moves.items() for n in move.step.needs)
    _replacements(board)
    _used_before_users(board)
    _users_before_unmaking(board)
    _settled_before_unmaking(board)
    _mentions(board, types)
    _names(board, types)
    peers.arrange(board, types, observed)
    return _ordered(board)


def _replacements(board: Board) -> None:
    halves: dict[Address, dict[Verb, Move]] = defaultdict(dict)
    for move in board.moves.values():
        if move.replaces:
            halves[move.step.address][move.step.verb] = move
    for pair in halves.values():
        if len(pair) > 1:
            delete, create = pair[Verb.DELETE].step.id, pair[Verb.CREATE].step.id
            first = pair[Verb.CREATE].replaces == "first"
            board.precede(*((delete, create) if first else (create, delete)))


def _by_block(
    moves: Iterable[Move], of: Callable[[Move], Iterable[Address]]
) -> dict[Address, list[str]]:
    found: dict[Address, list[str]] = defaultdict(list)
    for move in moves:
        for block in of(move):
            found[block].append(move.step.id)
    return found


def _used_before_users(board: Board) -> None:
    making = [m for m in board.moves.values() if m.step.verb in MAKING]
    made = _by_block(making, lambda m: (m.step.address.block,))
    users = _by_block(making, lambda m: m.uses)
    for block, following in users.items():
        if block in made:
            earlier = board.gather(f"made {block}", made[block], len(following))
            _all_precede(board, earlier, following)


def _all_precede(board: Board, earlier: Sequence[str], later: Sequence[str]) -> None:
    for one in earlier:
        for other in later:
            board.precede(one, other)


def _users_before_unmaking(board: Board) -> None:
    """Users that are unmade go first; so do users that move away, unless they wait for the
    replacement of what they used.
    """
    moves = list(board.moves.values())
    unmade = _by_block(
        (m for m in moves if m.step.verb is Verb.DELETE), lambda m: (m.step.address.block,)
    )
    gone = _by_block((m for m in moves if m.step.verb is Verb.DELETE), lambda m: m.used)
    away = _by_block((m for m in moves if m.step.verb is Verb.UPDATE), lambda m: m.used)
    for block, deletions in unmade.items():
        if gone[block]:
            leaving = board.gather(f"unmade users of {block}", gone[block], len(deletions))
            _all_precede(board, leaving, deletions)
        movers = [d for d in deletions if board.moves[d].replaces != "first"]
        for deletion in movers if away[block] else ():
            for user in away[block]:
                board.prefer(user, deletion)


def _settled_before_unmaking(board: Board) -> None:
    """Where the successor is there first, what is made on it is so before the old one goes."""
    moves = list(board.moves.values())
    old = _by_block((m for m in moves if _goes_last(m)), lambda m: (m.step.address.block,))
    if not old:
        return
    settlers = _by_block((m for m in moves if m.step.verb is Verb.CREATE), lambda m: m.uses)
    for block, deletions in old.items():
        if settlers[block]:
            made = board.gather(f"settled on {block}", settlers[block], len(deletions))
            for one in made:
                for deletion in deletions:
                    board.prefer(one, deletion)


def _goes_last(move: Move) -> bool:
    return move.step.verb is Verb.DELETE and move.replaces == "last"


def _mentions(board: Board, types: Mapping[str, ResourceType]) -> None:
    """Plain names order as references do, where that closes no ring."""
    moves = list(board.moves.values())
    for maker, user in before_users(moves, types):
        board.prefer(maker.step.id, user.step.id)
    for user, gone in before_unmaking(moves, types):
        board.prefer(user.step.id, gone.step.id)


def _names(board: Board, types: Mapping[str, ResourceType]) -> None:
    """A name is freed before it is taken, by stepping aside where nothing else helps."""
    passing = [(g.step.id, t.step.id) for g, t in passed(board.moves.values(), types)]
    soft = {edge for edge in passing if board.moves[edge[0]].step.verb is Verb.UPDATE}
    board.edges.extend(edge for edge in passing if edge not in soft)
    lost = _rings_opened(board.edges, soft)
    board.edges.extend(soft - lost)
    for giver, taker in sorted(lost):
        first, board.moves[giver] = stepped_aside(board.moves[giver], types)
        board.moves[first.step.id] = first
        board.precede(first.step.id, giver)
        board.precede(first.step.id, taker)


def _rings_opened(edges: Collection[Edge], soft: Collection[Edge]) -> set[Edge]:
    if not soft:
        return set()
    from reconciler.engine.graph import given_up  # noqa: PLC0415 (see _ordered)

    return given_up(edges, soft)


def _ordered(board: Board) -> tuple[Step, ...]:
    steps = {i: m.step for i, m in board.moves.items()} | board.joins
    # All moves together come first, so that they become durable in one transaction.
    keys = {i: (s.verb is not Verb.MOVE, s.address.sort_key, i) for i, s in steps.items()}
    if not board.edges and not board.wishes:
        return tuple(replace(steps[i], needs=()) for i in sorted(steps, key=keys.__getitem__))
    # Only steps that depend on each other pay for loading the graph library.
    from reconciler.engine.graph import Ring, arranged  # noqa: PLC0415 (see above)

    try:
        order = arranged(steps, board.edges, board.wishes, keys.__getitem__)
    except Ring as ring:
        raise ReconcilerError(_no_order(ring.steps)) from ring
    return tuple(replace(steps[i], needs=needs) for i, needs in order)


def _no_order(ring: Iterable[str]) -> Diagnostic:
    return error(
        "step-cycle",
        "The changes cannot be put in order",
        "Each of these steps would have to come before the next, in a ring:\n"
        + "\n".join(f"  {one}" for one in ring)
        + "\nMake the change in two applies: first the part that frees what the other needs.",
    )
