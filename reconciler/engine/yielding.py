"""Objects that something else keeps while it is there, so that a plan must leave them alone.

Which sorts these are, and what keeps them, is said by their types.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.engine.situation import Situation
from reconciler.engine.survey import Query
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.plan import Action, Change
from reconciler.model.platform import Platform
from reconciler.model.state import State
from reconciler.schema.resource_type import ResourceType, Yields

_TOUCHING = (
    Action.CREATE,
    Action.UPDATE,
    Action.REPLACE,
    Action.CREATE_FIRST,
    Action.DELETE,
)
_MAKING = (Action.CREATE, Action.REPLACE, Action.CREATE_FIRST)


def keepers(
    wanted: Iterable[tuple[str, str]],
    state: State,
    types: Mapping[str, ResourceType],
    platforms: Mapping[str, Platform],
) -> set[tuple[str, str]]:
    """What must be asked for besides (backend, type) pairs: whether their keepers are there."""
    remembered = ((row.backend, row.address.type) for row in state.instances)
    return {
        (alias, found.to)
        for alias, name in {*wanted, *remembered}
        if (found := _yields(types[name], platforms[alias])) is not None
    }


def _yields(rtype: ResourceType, platform: Platform) -> Yields | None:
    found = rtype.yields
    return found if found is not None and found.role == platform.role else None


def refused(
    changes: Mapping[Address, Change],
    desired: Mapping[Address, Desired],
    at: Situation,
) -> Iterator[Diagnostic]:
    """Changes of objects whose keeper is there, or comes with this plan."""
    types, platforms = at.surroundings.types, at.surroundings.platforms
    homes = {row.address: row.backend for row in at.state.instances}
    homes.update((address, one.backend) for address, one in desired.items())
    coming = {
        (homes[address], address.type)
        for address, change in changes.items()
        if change.action in _MAKING
    }
    for address, change in changes.items():
        home = homes.get(address)
        found = None if home is None else _yields(types[address.type], platforms[home])
        if home is None or found is None or change.action not in _TOUCHING:
            continue
        if at.observed.get(Query(home, found.to)) or (home, found.to) in coming:
            yield _told(address, found, desired.get(address))


def _told(address: Address, found: Yields, wanted: Desired | None) -> Diagnostic:
    if wanted is not None:
        return wanted.about(error(found.code, found.summary, found.why, wanted.span))
    detail = f"{found.why} To let {address} be, write a removed block for it."
    return replace(error(found.code, found.summary, detail), address=str(address))
