"""Data sources: which object one means among those that are there."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconciler.engine.glance import listing
from reconciler.engine.survey import Query
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error, warning
from reconciler.model.plan import Action, Change
from reconciler.model.state import Handle
from reconciler.model.values import UNKNOWN, Canonical, Values
from reconciler.schema.difference import same
from reconciler.schema.resource_type import Pick, ResourceType
from reconciler.schema.source import asked_by


def query(rtype: ResourceType, desired: Desired) -> Query:
    """What must have been read to find the object."""
    return Query(desired.backend, rtype.reads)


def is_open(
    desired: Desired, changed: Mapping[Address, Change], ordered: Iterable[Address]
) -> bool:
    """Whether reading must wait for apply: what to look for is not known, or something that is to
    come first is still to be done.
    """
    before = set(ordered)
    waits = (c for c in changed.values() if c.action is not Action.NO_OP)
    return UNKNOWN in desired.values.values() or any(c.address.block in before for c in waits)


def unread(rtype: ResourceType) -> dict[str, Canonical]:
    return dict.fromkeys(rtype.by_name, UNKNOWN)


def find(
    rtype: ResourceType, desired: Desired, here: Mapping[Handle, Values], moment: str
) -> tuple[Values, Diagnostic | None]:
    """The one object of `here` that has all that is asked for, and what is to be said of the choice
    where the type makes one. Raises ReconcilerError.
    """
    wanted = {name: value for name, value in desired.values.items() if value is not None}
    if not wanted:
        raise _refusal(desired, "data-without-lookup", "Data source without anything to look for",
                       f"Say which one is meant: {' or '.join(_lookups(rtype))}.")  # fmt: skip
    alike = [values for values in here.values() if _fits(rtype, values, wanted)]
    if alike and rtype.choose is not None:
        pick = rtype.choose(alike, moment)
        return alike[pick.index], _note(desired, pick)
    if len(alike) != 1:
        how_many = f"{len(alike)} objects" if alike else "no object"
        said = " and ".join(f"{n} = {rtype.by_name[n].kind.show(v)}" for n, v in wanted.items())
        raise _refusal(desired, "data-not-found", "No such object to read",
                       f"Exchange has {how_many} of the type {rtype.noun} with {said}. Correct it, or "
                       f"look what there is: {listing(rtype, desired.backend)}")  # fmt: skip
    return alike[0], None


def _fits(rtype: ResourceType, values: Values, wanted: Values) -> bool:
    return all(
        same(rtype.by_name[name].kind, values.get(name), value) for name, value in wanted.items()
    )


def _note(desired: Desired, pick: Pick) -> Diagnostic | None:
    if not pick.code:
        return None
    return warning(pick.code, pick.summary, pick.detail, desired.span)


def _lookups(rtype: ResourceType) -> list[str]:
    return [f"{name} = …" for name in asked_by(rtype)]


def _refusal(desired: Desired, code: str, summary: str, detail: str) -> ReconcilerError:
    found = error(code, summary, detail, desired.span)
    return ReconcilerError(replace(found, address=str(desired.address)))
