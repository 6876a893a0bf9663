"""Undoing a run: what history brings back, as wishes that are judged like those of any plan."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reconciler.engine.restoring import Restoration, Restored, arguments
from reconciler.engine.situation import Draft, Situation
from reconciler.engine.survey import Query
from reconciler.engine.targets import Selection
from reconciler.engine.verdicts import Now, Rows, Verdicts
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Diagnostic, warning
from reconciler.model.plan import Action, OutputChange
from reconciler.model.platform import Platform
from reconciler.model.state import Instance, Output
from reconciler.model.values import UNKNOWN, Canonical, Sealed, Values
from reconciler.schema.attribute import Attribute, OnChange
from reconciler.schema.resource_type import ResourceType

_MAKING = (Action.CREATE, Action.REPLACE, Action.CREATE_FIRST)


class Retrace:
    """What comes of it goes to `verdicts`."""

    def __init__(
        self, at: Situation, draft: Draft, verdicts: Verdicts, rows: Rows, now: Now
    ) -> None:
        self._undo = at.undo
        self._at = at
        self._draft = draft
        self._verdicts = verdicts
        self._rows = rows
        self._now = now

    def run(self, selection: Selection) -> None:
        for one in self._undo.objects:
            if selection.has(one.row.address):
                self._one(one)

    def _one(self, one: Restored) -> None:
        rtype = self._at.surroundings.types[one.row.address.type]
        desired = self._desired(one, rtype)
        if not self._verdicts.can_be(desired):
            return
        change = self._verdicts.of(desired, "")
        passwords = [n for n, value in desired.values.items() if isinstance(value, Sealed)]
        needed = [n for n in passwords if rtype.by_name[n].on_change is OnChange.REPLACE]
        if change.action in _MAKING and needed:
            self._verdicts.withdraw(desired.address)
            self._lose(needed, one.row.address, "the object cannot be made without it")
            return
        if change.action in _MAKING and passwords:
            without: Values = {**desired.values, **dict.fromkeys(passwords)}
            self._verdicts.of(replace(desired, values=without), "")
            self._lose(passwords, one.row.address, "the object is made without it")
        if change.action in _MAKING and "guid" in rtype.by_name:
            self._lose(["guid"], one.row.address, "Exchange gives the new object another one")

    def _lose(self, names: Iterable[str], address: Address, why: str) -> None:
        self._undo.lost.append(f"{', '.join(names)} of {address}: {why}")

    def _desired(self, one: Restored, rtype: ResourceType) -> Desired:
        row, platform = one.row, self._at.surroundings.platforms[one.row.backend]
        values = self._values(one, rtype)
        return Desired(
            address=row.address,
            values=values,
            given=frozenset(_given(rtype, values, platform)),
            span=None,
            spans={},
            sensitive=frozenset(row.sensitive & rtype.by_name.keys()),
            dependencies=row.dependencies,
            backend=row.backend,
            protected=row.protected,
            create_before_destroy=row.create_before_destroy,
            handles=one.handles,
        )

    def _values(self, one: Restored, rtype: ResourceType) -> dict[str, Canonical]:
        """What nobody asked back stays as it is now."""
        row = self._rows.get(one.row.address)
        there = self._now.get(one.row.address) or (row.values if row else {})
        names = arguments(rtype)
        values = {name: there[name] for name in names if name in there}
        was = one.row.values
        back = {n: was[n] for n in names if n in one.names and n in was}
        return {**values, **back, **dict.fromkeys(one.handles, UNKNOWN)}


def _given(rtype: ResourceType, values: Values, platform: Platform) -> Iterator[str]:
    """What somebody must have written for the object to have these values."""
    for name, value in values.items():
        attribute = rtype.by_name[name]
        written = value is not None and not isinstance(value, Sealed)
        if written and attribute.exists_on(platform) and _is_unusual(attribute, values, platform):
            yield name


def _is_unusual(attribute: Attribute, values: Values, platform: Platform) -> bool:
    return values[attribute.name] != attribute.fill(values, platform)


def still_there(at: Situation) -> Iterator[Instance]:
    """Rows of objects that the run forgot and Exchange still has."""
    known = {row.address for row in at.state.instances}
    owned = {row.handle for row in at.state.instances}
    for one in at.undo.objects:
        row = one.row
        here = at.observed.get(Query(row.backend, row.address.type), {})
        if row.address not in known and row.handle in here and row.handle not in owned:
            yield replace(row, values={**row.values, **here[row.handle]}, version=0)


def outputs(at: Situation) -> tuple[OutputChange, ...]:
    """Left as they are where objects are left out."""
    now = at.state.outputs
    return tuple(
        OutputChange(name, _action(now.get(name), was), now.get(name), was)
        for name, was in sorted(at.undo.outputs.items())
        if not (at.targets or at.excludes)
    )


def _action(before: Output | None, after: Output | None) -> Action:
    if before == after:
        return Action.NO_OP
    if after is None:
        return Action.DELETE
    return Action.CREATE if before is None else Action.UPDATE


def notes(undo: Restoration) -> Iterator[Diagnostic]:
    """What the plan leaves as it is, and why."""
    if undo.kept:
        yield warning(
            "undo-keeps",
            "What was changed since stays",
            f"Run {undo.run} is undone but for what later runs changed:\n{_listed(undo.kept)}\n"
            "To see by whom, run: reconciler blame ADDRESS. To bring that back as well, undo those "
            "runs first, or add -overwrite.",
        )
    if undo.lost:
        yield warning(
            "undo-cannot",
            "Not everything can come back",
            f"Run {undo.run} cannot be undone in all:\n{_listed(undo.lost)}\nWhere that matters, "
            "set it in the files and apply.",
        )


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"  {line}" for line in dict.fromkeys(lines))
