"""Objects that are always there: which one a block means, as a row that looks like a remembered one.

Exchange makes and removes them itself; a block adopts one, and letting go of it forgets it.
"""

from collections.abc import Mapping
from dataclasses import replace

from reconciler.engine.glance import listing
from reconciler.engine.moves import identity
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.platform import Platform
from reconciler.model.state import Handle, Instance
from reconciler.model.values import Values
from reconciler.schema.resource_type import Can, ResourceType


def is_adopted(rtype: ResourceType, platform: Platform) -> bool:
    """Whether objects of the type are found rather than made there."""
    return Can.CREATE not in rtype.can_on(platform)


def is_let_go(rtype: ResourceType, platform: Platform) -> bool:
    """Whether an object outlives its block there."""
    return Can.DELETE not in rtype.can_on(platform)


def still_fits(rtype: ResourceType, desired: Desired, now: Values | None) -> bool:
    """Whether the object adopted before is the one that the block means today."""
    return now is not None and _called(rtype, desired) == rtype.identity_of(now).casefold()


def adopted(
    rtype: ResourceType,
    desired: Desired,
    here: Mapping[Handle, Values],
    owners: Mapping[Handle, Address],
) -> Instance:
    """The row for the object that `desired` means. Raises ReconcilerError where there is none, or
    another block has it.
    """
    wanted = _called(rtype, desired)
    alike = [h for h, values in here.items() if rtype.identity_of(values).casefold() == wanted]
    if not wanted and rtype.identity:
        raise ReconcilerError(desired.about(_not_known(rtype, desired)))
    if len(alike) != 1:
        raise ReconcilerError(desired.about(_nothing_to_adopt(rtype, desired, len(alike))))
    owner = owners.get(alike[0], desired.address)
    if owner != desired.address:
        raise ReconcilerError(desired.about(_owned(desired, owner)))
    return Instance(desired.address, alike[0], here[alike[0]], backend=desired.backend)


def _called(rtype: ResourceType, desired: Desired) -> str:
    """Folded; empty while part of it is unknown."""
    return identity(rtype, desired.values).casefold()


def _named(rtype: ResourceType, desired: Desired) -> str:
    name = identity(rtype, desired.values)
    return f'{rtype.noun} "{name}"' if name else rtype.noun


def _not_known(rtype: ResourceType, desired: Desired) -> Diagnostic:
    return error(
        "adoption-needs-name",
        "The object to adopt is not known yet",
        f"A {rtype.noun} is never made: the block adopts the one that is there, so that "
        f"{' and '.join(rtype.identity)} must be known when the plan is made. Write the value "
        "itself, or apply first what it comes from.",
        _place(rtype, desired).span,
    )


def _nothing_to_adopt(rtype: ResourceType, desired: Desired, number: int) -> Diagnostic:
    how_many = f"{number} of them" if number else "none"
    return error(
        "nothing-to-adopt",
        "No such object to adopt",
        f"A {rtype.noun} is never made by reconciler: the block adopts the one that is there, and "
        f"Exchange has {how_many} for {_named(rtype, desired)}. Correct the name, or look what "
        f"there is: {listing(rtype, desired.backend)}",
        _place(rtype, desired).span,
    )


def _owned(desired: Desired, owner: Address) -> Diagnostic:
    return error(
        "already-managed",
        "The object is managed already",
        f"This object is {owner}, and an object has one address. Remove one of the two blocks.",
        desired.span,
    )


def _place(rtype: ResourceType, desired: Desired) -> Desired:
    """With the span of what names the object."""
    spans = (desired.spans[part] for part in rtype.identity if part in desired.spans)
    return replace(desired, span=next(spans, desired.span))
