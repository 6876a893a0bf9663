"""Which replacements make the new object before they unmake the old one. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reconciler.engine.targets import Edges, closure, inverse
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Collector, Diagnostic, warning
from reconciler.model.plan import Action, Change
from reconciler.model.state import Instance
from reconciler.schema.resource_type import ResourceType

REPLACING = (Action.REPLACE, Action.CREATE_FIRST)


def settled(
    changes: Mapping[Address, Change],
    desired: Mapping[Address, Desired],
    rows: Mapping[Address, Instance],
    types: Mapping[str, ResourceType],
    problems: Collector,
) -> Iterator[Change]:
    """The replacements among `changes`, each with the action that it can have.

    create_before_destroy spreads to what is used, which must stay until its users have gone
    over. Two objects of one name cannot stand side by side: such a replacement deletes first,
    and so must what uses it.
    """
    replaced = [change for change in changes.values() if change.action in REPLACING]
    if not replaced:
        return
    uses = {one.address.block: one.dependencies for one in desired.values()}
    asking = {a.block for a, one in desired.items() if one.create_before_destroy}
    wanted = asking | closure(asking, uses)
    first = {c.address: c for c in replaced if c.address.block in wanted}
    stuck = {
        address
        for address, change in first.items()
        if _bears_the_same_name(change, desired[address], rows[address], types)
    }
    behind = _users(stuck, first, uses)
    for change in replaced:
        address = change.address
        can = address in first and address not in stuck and address.block not in behind
        if address in first and not can and desired[address].create_before_destroy:
            problems.add(_same_name(desired[address]))
        yield replace(change, action=Action.CREATE_FIRST if can else Action.REPLACE)


def _users(
    stuck: set[Address], first: Mapping[Address, Change], uses: Edges
) -> frozenset[Address]:
    """The blocks of `first` that use, directly or through each other, what is stuck."""
    among = {address.block for address in first}
    edges = {b: [u for u in used if u in among] for b, used in uses.items() if b in among}
    return closure({address.block for address in stuck}, inverse(edges))


def _bears_the_same_name(
    change: Change, desired: Desired, row: Instance, types: Mapping[str, ResourceType]
) -> bool:
    rtype = types[change.address.type]
    names = [rtype.identity_of(v or {}).casefold() for v in (change.before, change.after)]
    return names[0] == names[1] and row.backend == desired.backend


def _same_name(one: Desired) -> Diagnostic:
    found = warning(
        "same-name",
        "The new object cannot be made first",
        f"{one.address} asks for create_before_destroy, but it, or something that it uses, has the "
        "same name as the object that it replaces, and Exchange allows a name once. It is "
        "deleted first. Give it another name if the mail must never be without it.",
        one.span,
    )
    return one.about(found)
