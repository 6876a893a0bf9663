"""Names that pass from object to object in one plan: who frees which, and who must step aside. Pure.

A name can be taken only after it was freed. Where that cannot be, because names change places in
a ring or because who frees a name must itself come after who takes it, an object steps aside: it
takes a name that nobody has, and its own later.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.engine.moves import Move
from reconciler.model.address import Address
from reconciler.model.plan import Verb
from reconciler.model.values import UNKNOWN, Values
from reconciler.schema.resource_type import ResourceType

Place = tuple[str, str, str]
"""Where a name is unique: backend, type, folded identity."""


def _identity(rtype: ResourceType, values: Values | None) -> str | None:
    if values is None or any(values.get(part) is UNKNOWN for part in rtype.identity):
        return None
    return rtype.identity_of(values).casefold()


def _place(move: Move, types: Mapping[str, ResourceType], values: Values | None) -> Place | None:
    """Where a name is unique: backend, type, folded identity."""
    identity = _identity(types[move.step.address.type], values)
    return None if identity is None else (move.step.backend, move.step.address.type, identity)


def exchange(move: Move, types: Mapping[str, ResourceType]) -> tuple[Place | None, Place | None]:
    """The name that a step frees, and the one that it takes."""
    before, after = _place(move, types, move.before), _place(move, types, move.after)
    match move.step.verb:
        case Verb.DELETE:
            return before, None
        case Verb.CREATE:
            return None, after
        case Verb.UPDATE if before != after:
            return before, after
        case _:
            return None, None


def unswapped(moves: Iterable[Move], types: Mapping[str, ResourceType]) -> list[Move]:
    """The moves, some of them in two steps, so that every name can be freed before it is taken."""
    result = list(moves)
    exchanges = [exchange(move, types) for move in result]
    takers = {taken: i for i, (_, taken) in enumerate(exchanges) if taken is not None}
    givers = {
        i: takers[freed]
        for i, (freed, _) in enumerate(exchanges)
        if freed in takers and result[i].step.verb is Verb.UPDATE
    }
    blocks = [move.step.address.block for move in result]
    uses = {move.step.address.block: move.uses for move in result if move.uses}
    aside = {i for i, taker in givers.items() if _uses(uses, blocks[i], blocks[taker])}
    aside |= {min(ring) for ring in _rings(givers) if aside.isdisjoint(ring)}
    for index in sorted(aside):
        first, result[index] = _aside(result[index], types)
        result.append(first)
    return result


def _uses(uses: Mapping[Address, Iterable[Address]], user: Address, used: Address) -> bool:
    """Whether one block must follow another because it uses it, perhaps by way of others."""
    pending, seen = list(uses.get(user, ())), set[Address]()
    while pending:
        block = pending.pop()
        if block == used:
            return True
        if block not in seen:
            seen.add(block)
            pending.extend(uses.get(block, ()))
    return False


def _rings(givers: Mapping[int, int]) -> Iterator[list[int]]:
    """The moves that wait for each other round and round."""
    seen = set[int]()
    for start in givers:
        path, at = [], start
        while at in givers and at not in seen:
            seen.add(at)
            path.append(at)
            at = givers[at]
        if at in path:
            yield path[path.index(at) :]


def _aside(move: Move, types: Mapping[str, ResourceType]) -> tuple[Move, Move]:
    """A step to a name that nobody has, and the rest of the move from there."""
    step, rtype = move.step, types[move.step.address.type]
    part = rtype.identity[-1]
    away = {part: f"{str((move.before or {})[part])[:40]} (moving {step.handle or ''})"[:64]}
    between = {**(move.before or {}), **away}
    first = replace(
        step, id=f"{step.id} aside", values=away, after=between, deferred=(), secrets=(), needs=()
    )
    aside = Move(first, move.before, between)
    return aside, replace(move, before=between, step=replace(step, needs=(first.id,)))
