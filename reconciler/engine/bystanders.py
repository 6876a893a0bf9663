"""Objects that are there and that a plan leaves as they are: rules of a whole fleet count them in."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from reconciler.engine.situation import Situation
from reconciler.engine.survey import Observed
from reconciler.model.address import Address
from reconciler.model.plan import Action, Change
from reconciler.model.state import Handle, Instance
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.rule import Fleet


def around(
    rows: Mapping[Address, Instance],
    at: Situation,
    changes: Mapping[Address, Change],
    wanted: Collection[Address],
) -> dict[tuple[str, str], Fleet]:
    """What nobody here manages, or this run leaves alone."""
    every = (*rows.values(), *(r for r in at.state.instances if r.deposed))
    ours = {row.handle: row.address for row in every}
    return bystanders(at.observed, busy(every, changes, wanted), ours, at.surroundings.types)


def staying(changes: Mapping[Address, Change]) -> dict[Address, Change]:
    """What the plan leaves or changes; not what it makes, or makes anew."""
    kept = (Action.UPDATE, Action.NO_OP)
    return {a: c for a, c in changes.items() if c.before is not None and c.action in kept}


def busy(
    rows: Iterable[Instance], changes: Mapping[Address, Change], wanted: Collection[Address]
) -> frozenset[Handle]:
    """Objects that the plan wants, as it says, or that go away with it."""
    return frozenset(
        row.handle for row in rows if row.deposed or _is_dealt_with(row.address, changes, wanted)
    )


def _is_dealt_with(
    address: Address, changes: Mapping[Address, Change], wanted: Collection[Address]
) -> bool:
    change = changes.get(address)
    return address in wanted or (change is not None and change.action is Action.DELETE)


def bystanders(
    observed: Observed,
    occupied: Collection[Handle],
    ours: Mapping[Handle, Address],
    types: Mapping[str, ResourceType],
) -> dict[tuple[str, str], Fleet]:
    """All others by backend and type, each with what a message calls it. Types without rules that
    look at them are left out.
    """
    looked_at = set(_looked_at(types[query.type] for query in observed))
    return {
        (query.backend, query.type): [
            (_label(types[query.type], handle, values, ours), values)
            for handle, values in here.items()
            if handle not in occupied
        ]
        for query, here in observed.items()
        if query.type in looked_at
    }


def _looked_at(rtypes: Iterable[ResourceType]) -> Iterator[str]:
    """Types whose rules look at all of their objects, and those that such rules look at besides."""
    for rtype in rtypes:
        if rtype.fleet_rules or rtype.scene_rules:
            yield rtype.name
        for rule in rtype.scene_rules:
            yield from rule.beside


def _label(
    rtype: ResourceType, handle: Handle, values: Values, ours: Mapping[Handle, Address]
) -> str:
    if handle in ours:
        return str(ours[handle])
    return f'the {rtype.noun} "{rtype.identity_of(values)}", which is not managed here,'
