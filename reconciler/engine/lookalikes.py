"""Deletions and creations of one plan that look like one object whose address has changed. Pure.

Only such pairs are told for which a moved block may be written as things stand, and makes an update
or nothing at all of the two.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace

from reconciler.config.blocks import Configuration
from reconciler.config.expand import repetition
from reconciler.config.movement import Guide, Statement, Step, Whole, steps_of
from reconciler.engine.diff import Made, decide
from reconciler.engine.letting_go import is_removed
from reconciler.engine.moves import identity
from reconciler.engine.moving import relocated
from reconciler.engine.situation import Draft
from reconciler.engine.uses import address_of
from reconciler.model.address import Address
from reconciler.model.diagnostic import Collector
from reconciler.model.plan import Action, Change
from reconciler.model.rename import Likeness, Rename
from reconciler.model.span import Span
from reconciler.schema.difference import body

Key = Callable[[Change], Hashable]
_ON_PURPOSE = frozenset({"delete-because-not-enabled"})


def found(drawn: Draft, configuration: Configuration) -> tuple[Rename, ...]:
    """By address; where a whole resource was renamed, one for all its instances."""
    gone = [change for change in drawn.changes if _is_gone(change, configuration)]
    made = [change for change in drawn.changes if change.action is Action.CREATE]
    if not gone or not made:
        return ()
    pairs = tuple(_Pairing(drawn).pairs(gone, made))
    renames = sorted(_together(pairs, drawn), key=lambda one: one.to.sort_key)
    return tuple(_possible(renames, drawn, configuration))


def _is_gone(change: Change, configuration: Configuration) -> bool:
    if change.action is not Action.DELETE or change.deposed or change.reason in _ON_PURPOSE:
        return False
    return not is_removed(configuration, change.address)


class _Pairing:
    def __init__(self, drawn: Draft) -> None:
        self._drawn = drawn
        self._types = drawn.resolver.types
        self._rows = {row.address: row for row in drawn.state.instances if not row.deposed}

    def pairs(self, gone: Iterable[Change], made: Iterable[Change]) -> Iterator[Rename]:
        """Names first: what bears another one may still have the same body."""
        there, wanted = {c.address: c for c in gone}, {c.address: c for c in made}
        for because, key in ((Likeness.IDENTITY, self._name), (Likeness.BODY, self._body)):
            for old, new in _alone(there.values(), wanted.values(), key):
                if self._fits(old, new, because):
                    del there[old.address], wanted[new.address]
                    yield Rename(old.address, new.address, because)

    def _backend(self, change: Change) -> str:
        desired = self._drawn.desired.get(change.address)
        return desired.backend if desired else self._rows[change.address].backend

    def _name(self, change: Change) -> Hashable:
        """None where it has none, or where that is not known yet."""
        name = identity(self._types[change.address.type], change.before or change.after or {})
        return (self._backend(change), change.address.type, name.casefold()) if name else None

    def _body(self, change: Change) -> Hashable:
        rtype, desired = self._types[change.address.type], self._drawn.desired.get(change.address)
        if desired and desired.given <= {*rtype.identity}:
            return None  # all alike that are nothing but a name
        said = body(rtype, desired.values if desired else change.before or {})
        return said and (self._backend(change), change.address.type, said)

    def _fits(self, old: Change, new: Change, because: Likeness) -> bool:
        """Whether the deleted object could become the new one as it is."""
        desired = self._drawn.desired[new.address]
        rtype = self._types[new.address.type]
        kind = Made(rtype, self._drawn.resolver.platforms[desired.backend])
        row = replace(self._rows[old.address], address=new.address)
        change = decide(kind, desired, row, old.before, "").change
        if change.action not in {Action.NO_OP, Action.UPDATE}:
            return False
        names = {difference.name for difference in change.differences}
        return because is Likeness.IDENTITY or names <= {*rtype.identity}


def _alone(
    gone: Iterable[Change], made: Iterable[Change], key: Key
) -> list[tuple[Change, Change]]:
    """Pairs of one key, which nothing else has."""
    sides: dict[Hashable, tuple[list[Change], list[Change]]] = defaultdict(lambda: ([], []))
    for side, changes in enumerate((gone, made)):
        for change in changes:
            if (its := key(change)) is not None:
                sides[its][side].append(change)
    return [(old[0], new[0]) for old, new in sides.values() if len(old) == len(new) == 1]


def _together(pairs: Iterable[Rename], drawn: Draft) -> Iterator[Rename]:
    """One for all instances where every one of a resource goes to the same other one."""
    families: dict[tuple[Address, Address], list[Rename]] = defaultdict(list)
    for one in pairs:
        families[one.origin.family, one.to.family].append(one)
    rows = Counter(row.address.family for row in drawn.state.instances if not row.deposed)
    for (origin, to), ones in families.items():
        keys_stay = all(one.origin.key == one.to.key for one in ones)
        if keys_stay and len(ones) == rows[origin] > 1:
            because = min((one.because for one in ones), key=list(Likeness).index)
            yield Rename(origin, to, because, len(ones))
        else:
            yield from ones


def _possible(
    renames: Iterable[Rename], drawn: Draft, configuration: Configuration
) -> Iterator[Rename]:
    """Those whose blocks go with each other and with the blocks that there are."""
    guide = Guide(drawn.statements)
    taken = {one.to for one in guide.statements}
    free = [
        one
        for one in renames
        if guide.step(steps_of(one.origin)) is None
        and _statement(one).to not in taken
        and "*" not in f"{one.origin}{one.to}"
    ]
    blocks = {address_of(block): repetition(block) for block in configuration.blocks()}
    said = (*guide.statements, *map(_statement, free))
    origins = relocated(drawn.state, said, blocks, Collector()).origins
    families = Counter((old.family, new.family) for new, old in origins.items())
    for one in free:
        if one.objects == families[one.origin, one.to] or origins.get(one.to) == one.origin:
            yield one


def _statement(one: Rename) -> Statement:
    """As if the block stood in the files."""
    origin, to = steps_of(one.origin), steps_of(one.to)
    if one.origin.key is None and one.to.key is None:
        origin, to = _whole(origin), _whole(to)
    return Statement((), origin, to, _NOWHERE)


def _whole(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    *outer, (kind, name, _) = steps
    return (*outer, (kind, name, Whole.KEYS))


_NOWHERE = Span("", 0, 0, 0, 0)
