"""Objects that name each other in plain values, without a reference in the configuration. Pure.

`default_domain = "contoso.com"` names an accepted domain whoever made it: where one plan changes
both, the order is that of a reference.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from reconciler.engine.moves import Move
from reconciler.model.plan import Verb
from reconciler.model.values import UNKNOWN, Values
from reconciler.schema.kinds.make import elements
from reconciler.schema.resource_type import ResourceType

Place = tuple[str, str, str]
"""Backend, type, and what the object is called, folded."""
_MAKING = (Verb.CREATE, Verb.UPDATE)


def before_users(
    moves: Iterable[Move], types: Mapping[str, ResourceType]
) -> Iterator[tuple[Move, Move]]:
    """Who makes what another one names, and who names it."""
    moves = list(moves)
    makers = _by_name((m for m in moves if m.step.verb in _MAKING), types, made=True)
    for user in moves:
        if user.step.verb in _MAKING:
            yield from ((maker, user) for maker in _meant(user, user.after, makers, types))


def before_unmaking(
    moves: Iterable[Move], types: Mapping[str, ResourceType]
) -> Iterator[tuple[Move, Move]]:
    """Who named what goes away, and the step that unmakes it."""
    moves = list(moves)
    going = _by_name((m for m in moves if m.step.verb is Verb.DELETE), types, made=False)
    for user in moves:
        if user.step.verb in (Verb.UPDATE, Verb.DELETE):
            yield from ((user, gone) for gone in _meant(user, user.before, going, types))


def _by_name(
    moves: Iterable[Move], types: Mapping[str, ResourceType], *, made: bool
) -> dict[Place, list[Move]]:
    found: dict[Place, list[Move]] = defaultdict(list)
    for move in moves:
        step = move.step
        values = (move.after if made else move.before) or {}
        for name in called(types[step.address.type], values, step.handle or ""):
            found[step.backend, step.address.type, name].append(move)
    return found


def called(rtype: ResourceType, values: Values, handle: str) -> set[str]:
    """Everything that other objects may name this one by, folded."""
    known = UNKNOWN not in [values.get(part) for part in rtype.identity]
    identity = rtype.identity_of(values).casefold() if known else ""
    more = (values.get(name) for name in ("guid", "distinguished_name"))
    texts = {text.casefold() for text in more if isinstance(text, str)}
    return (texts | {identity, handle.casefold()}) - {""}


def _meant(
    user: Move,
    values: Values | None,
    known: Mapping[Place, list[Move]],
    types: Mapping[str, ResourceType],
) -> Iterator[Move]:
    for name, target in _references(types[user.step.address.type]):
        value = (values or {}).get(name)
        for text in (value,) if isinstance(value, str) else elements(value):
            place = (user.step.backend, target, text.casefold())
            yield from (one for one in known.get(place, ()) if one is not user)


@lru_cache(maxsize=64)
def _references(rtype: ResourceType) -> tuple[tuple[str, str], ...]:
    return tuple((a.name, a.refers_to) for a in rtype.attributes if a.refers_to)
