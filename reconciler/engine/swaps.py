"""Names that pass from object to object in one plan: who frees which, and who must step aside. Pure.

A name can be taken only after it was freed. Where that cannot be, because names change places in
a ring or because who frees a name must itself come after who takes it, an object steps aside: it
takes a name that nobody has, and its own later. Where that must be, the scheduler decides.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.engine.moves import Move, sent_at_update
from reconciler.model.plan import Verb
from reconciler.model.values import UNKNOWN, Values, is_open
from reconciler.schema.difference import differing
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


def _exchange(move: Move, types: Mapping[str, ResourceType]) -> tuple[Place | None, Place | None]:
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


def passed(
    moves: Iterable[Move], types: Mapping[str, ResourceType]
) -> Iterator[tuple[Move, Move]]:
    """Who frees a name, and who takes it."""
    exchanges = [(move, *_exchange(move, types)) for move in moves]
    givers = {freed: move for move, freed, _ in exchanges if freed is not None}
    for taker, _, taken in exchanges:
        if taken in givers:
            yield givers[taken], taker


def stepped_aside(move: Move, types: Mapping[str, ResourceType]) -> tuple[Move, Move]:
    """A step to a name that nobody has, and the rest of the move from there."""
    step, rtype = move.step, types[move.step.address.type]
    part = rtype.identity[-1]
    away = {part: f"{str((move.before or {})[part])[:40]} (moving {step.handle or ''})"[:64]}
    return made_way(move, away, "aside")


def made_way(move: Move, meanwhile: Values, word: str) -> tuple[Move, Move]:
    """A step that changes nothing but what is `meanwhile`, and the rest of the move from there."""
    step, between = move.step, {**(move.before or {}), **meanwhile}
    first = replace(
        step,
        id=f"{step.id} {word}",
        values=meanwhile,
        after=between,
        deferred=(),
        secrets=(),
        needs=(),
    )
    return Move(first, move.before, between), replace(
        move, before=between, step=replace(step, needs=(*step.needs, first.id))
    )


def in_two(move: Move, rtype: ResourceType, meanwhile: Values) -> tuple[Move, Move]:
    """All of the move but for what is `meanwhile`, and then that alone."""
    step, after = move.step, move.after or {}
    between = {**after, **meanwhile}
    left = differing(rtype, between, after)
    sent = {name: meanwhile.get(name, value) for name, value in step.values.items()}
    changed = differing(rtype, move.before or {}, between)
    first = replace(
        step,
        id=f"{step.id} both",
        values=sent | {n: meanwhile[n] for n in meanwhile if n in changed},
        after={**step.after, **meanwhile},
    )
    last = replace(
        step,
        values=sent_at_update(rtype, left, after),
        deferred=(),
        secrets=(),
        needs=(*step.needs, first.id),
    )
    return replace(move, step=first, after=between), replace(move, before=between, step=last)


def made_elsewhere(move: Move, rtype: ResourceType, meanwhile: Values) -> tuple[Move, Move]:
    """The creation with what is `meanwhile`, and the rest once the object is there: until then the
    second step has no handle.
    """
    step, after = move.step, move.after or {}
    between = {**after, **meanwhile}
    first = replace(step, values={**step.values, **meanwhile}, after={**step.after, **meanwhile})
    sent = sent_at_update(rtype, differing(rtype, between, after), after)
    last = replace(
        step,
        id=f"{step.id} settled",
        verb=Verb.UPDATE,
        values={name: value for name, value in sent.items() if not is_open(value)},
        deferred=tuple(sorted(name for name, value in sent.items() if is_open(value))),
        secrets=(),
        handles={},
        needs=(step.id,),
    )
    return replace(move, step=first, after=between), replace(move, before=between, step=last)
