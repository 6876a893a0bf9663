"""What undoing a run has to bring back: what the run changed, and no later run has changed since.

Compares three pictures of each object: before the run, after it, and now. Pure.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from reconciler.engine.deeds import Body, Deed, body
from reconciler.model.address import Address
from reconciler.model.record import dataclass
from reconciler.model.state import Instance, Output, State
from reconciler.model.values import Sealed
from reconciler.schema.attribute import Presence
from reconciler.schema.difference import same
from reconciler.schema.resource_type import ResourceType
from reconciler.store.base import PastOutput

Types = Mapping[str, ResourceType]
_ROW = ("sensitive", "dependencies", "protected", "create_before_destroy", "backend")
"""What a row says besides its values."""


@dataclass(frozen=True, slots=True)
class Restored:
    """`row` as it is to be, under its address to be; `names` are the arguments brought back, all
    of them where nothing is there now. `handles` are arguments that name what is yet to be made.
    """

    row: Instance
    names: frozenset[str]
    handles: Mapping[str, Address] = field(default_factory=dict)


@dataclass(slots=True)
class Restoration:
    """`unmade` are addresses of what the run made, `released` those that it only took over; `moved`
    leads to addresses before the run. `kept` says what later runs changed, and `lost` what cannot
    come back, as sentences.
    """

    run: int = 0
    objects: list[Restored] = field(default_factory=list)
    unmade: set[Address] = field(default_factory=set)
    released: set[Address] = field(default_factory=set)
    moved: dict[Address, Address] = field(default_factory=dict)
    outputs: dict[str, Output | None] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def within(self, chosen: Callable[[Address], bool]) -> Callable[[Address], bool]:
        """What is `chosen` of all that is undone, and of all where nothing is."""
        touched = {*self.unmade, *(one.row.address for one in self.objects)}
        return lambda address: (not self.run or address in touched) and chosen(address)


def arguments(rtype: ResourceType) -> tuple[str, ...]:
    """What users write of an object."""
    return tuple(a.name for a in rtype.attributes if a.presence is not Presence.COMPUTED)


def restoration(
    run: int, done: Sequence[Deed], state: State, types: Types, *, overwrite: bool
) -> Restoration:
    """`overwrite`: what later runs changed is brought back, too."""
    found = _Restoring(run, state, types, overwrite=overwrite)
    for one in done:
        found.take(one)
    found.take_along()
    found.readdress()
    return found.result


class _Restoring:
    def __init__(self, run: int, state: State, types: Types, *, overwrite: bool) -> None:
        self.result = Restoration(run)
        self._types = types
        self._overwrite = overwrite
        rows = [row for row in state.instances if not row.deposed]
        self._at = {row.address: row for row in rows}
        self._bodies: Mapping[Body | None, Instance] = {body(row): row for row in rows}

    def take(self, one: Deed) -> None:
        if one.before is None:
            self._unmake(one)
        elif not one.before.deposed:
            now = self._now(one)
            if now is None:
                self._make_again(one, one.before)
            elif one.after is None:
                self._meet(one.before, now)
            else:
                self._take_back(one.before, one.after, now)

    def take_along(self) -> None:
        """What cannot outlive another object is there to be made anew with it."""
        done = {*self.result.unmade, *(one.row.address for one in self.result.objects)}
        for row in self._at.values():
            bound = any(a.within for a in self._types[row.address.type].attributes)
            if bound and row.address not in done and row.address not in self.result.moved:
                self.result.objects.append(Restored(row, frozenset()))

    def readdress(self) -> None:
        """From now on all speak of addresses to be."""
        for place, one in enumerate(self.result.objects):
            address = self.result.moved.get(one.row.address, one.row.address)
            row = replace(one.row, address=address)
            self.result.objects[place] = replace(one, row=row)

    def _now(self, one: Deed) -> Instance | None:
        """What the object is by now: itself, else what has its place."""
        place = one.after or one.before
        assert place is not None
        return self._bodies.get(body(one.after)) or self._at.get(place.address)

    def _unmake(self, one: Deed) -> None:
        assert one.after is not None
        now = self._now(one)
        if now is None:
            return
        is_same = body(now) == body(one.after)
        if self._overwrite or (is_same and not self._is_changed(one.after, now)):
            self.result.unmade.add(now.address)
            self.result.released |= {now.address} if one.taken and is_same else set()
            if one.taken and one.called:
                self._lose(f"what {now.address} was before it was taken over: no run recorded it")
        else:
            self._keep(now.address, "was changed" if is_same else "was replaced")

    def _is_changed(self, then: Instance, now: Instance) -> bool:
        names = arguments(self._types[now.address.type])
        return then.address != now.address or any(self._differs(n, then, now) for n in names)

    def _differs(self, name: str, one: Instance, other: Instance) -> bool:
        kind = self._types[other.address.type].by_name[name].kind
        return not same(kind, one.values.get(name), other.values.get(name))

    def _make_again(self, one: Deed, before: Instance) -> None:
        if one.after is not None and not self._overwrite:
            self._keep(one.after.address, "was removed")
            return
        names = frozenset(arguments(self._types[before.address.type]))
        self.result.objects.append(Restored(before, names))

    def _meet(self, before: Instance, now: Instance) -> None:
        """Something new has the place of what the run removed."""
        names = frozenset(arguments(self._types[before.address.type]))
        if not self._overwrite:
            if any(self._differs(name, before, now) for name in names):
                self._keep(now.address, "was made")
            return
        self._restore(replace(before, handle=now.handle, backend=now.backend), now, names)

    def _take_back(self, before: Instance, after: Instance, now: Instance) -> None:
        every = arguments(self._types[now.address.type])
        changed = [n for n in every if n in before.values and self._differs(n, before, after)]
        later = {n for n in changed if not self._overwrite and self._differs(n, after, now)}
        later = {n for n in later if self._differs(n, before, now)}
        if later:
            self.result.kept.append(f"{', '.join(sorted(later))} of {now.address}")
        names = [n for n in changed if n not in later]
        self._restore(_merged(before, after, now), now, self._possible(before, now, names))
        if body(before) != body(after) and "guid" in before.values:
            self._lose(f"guid of {now.address}: the object that had it is no more")
        if before.address != after.address:
            self._move_back(before.address, after.address, now.address)

    def _possible(self, before: Instance, now: Instance, names: Iterable[str]) -> frozenset[str]:
        """Without passwords: what is remembered of one does not give it back."""
        found = set(names)
        for name in sorted(found):
            if isinstance(before.values.get(name), Sealed) and self._differs(name, before, now):
                self._lose(f"{name} of {now.address}: only a digest is kept of it")
                found.discard(name)
        return frozenset(found)

    def _restore(self, row: Instance, now: Instance, names: frozenset[str]) -> None:
        values = {**now.values, **{n: row.values.get(n) for n in names}}
        row = replace(row, address=now.address, values=values)
        self.result.objects.append(Restored(row, names))

    def _move_back(self, old: Address, new: Address, now: Address) -> None:
        if now == old:
            return
        if now != new and not self._overwrite:
            self._keep(now, "was moved")
        elif old in self._at:
            self._lose(f"address {old} of {now}: another object has it; undo again without that")
        else:
            self.result.moved[now] = old

    def _lose(self, what: str) -> None:
        self.result.lost.append(what)

    def _keep(self, address: Address, how: str) -> None:
        self.result.kept.append(f"{address}, which {how} since")


def _merged(before: Instance, after: Instance, now: Instance) -> Instance:
    """`now`, with what the run changed of the row and nobody since as it was."""
    back: dict[str, Any] = {
        n: getattr(before, n) for n in _ROW if getattr(after, n) == getattr(now, n)
    }
    back["sensitive"] = back.get("sensitive", now.sensitive) | before.sensitive
    return replace(now, **{**back, "values": before.values})


def outputs(
    past: Iterable[PastOutput], now: Mapping[str, Output], *, overwrite: bool
) -> Iterator[tuple[str, Output | None]]:
    """Those that the run changed, as they were; not those that were changed since."""
    first: dict[str, Output | None] = {}
    last: dict[str, Output | None] = {}
    for line in past:
        first.setdefault(line.name, line.before)
        last[line.name] = line.after
    for name, before in first.items():
        if before != last[name] and (overwrite or now.get(name) == last[name]):
            yield name, before


def renamed(
    restored: Restored, instead: Mapping[str, Instance | Address], rtype: ResourceType
) -> Restored:
    """With what stands `instead` of handles that are no more, where an argument names an object."""
    referring = {a.name for a in rtype.attributes if a.refers_to} & restored.names
    found = {
        name: instead[value.casefold()]
        for name in referring
        if isinstance(value := restored.row.values.get(name), str) and value.casefold() in instead
    }
    there = {name: one.handle for name, one in found.items() if isinstance(one, Instance)}
    handles = {name: one for name, one in found.items() if isinstance(one, Address)}
    row = replace(restored.row, values={**restored.row.values, **there})
    return replace(restored, row=row, handles=handles)


def successors(done: Collection[Deed], result: Restoration) -> dict[str, Instance | Address]:
    """What stands for each object that the run removed, by its handle of then, folded: the object
    that replaced it, or the address of the one that is to be made.
    """
    places = {one.row.address: one.row for one in result.objects}
    found: dict[str, Instance | Address] = {}
    for one in done:
        row = places.get(one.before.address) if one.before else None
        if one.before and row and (one.after is None or one.is_replacement):
            is_there = row.handle != one.before.handle
            found[one.before.handle.casefold()] = row if is_there else row.address
    return found
