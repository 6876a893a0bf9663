"""Objects that Exchange is never without: it removes one only after another one took its place. Pure.

Which sorts these are, and by which argument one is told, is said by their types.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from reconciler.engine.situation import Situation
from reconciler.engine.survey import Observed
from reconciler.model.address import Address
from reconciler.model.diagnostic import Diagnostic, warning
from reconciler.model.plan import Change, Mode
from reconciler.model.state import Handle
from reconciler.schema.resource_type import ResourceType, Seat

SPARED: Final = "forget-because-seated"
"""Why a destroy forgets an object and leaves it in Exchange."""
Place = tuple[str, Handle]
"""Backend and handle."""


def spared(at: Situation) -> frozenset[Place]:
    """What stays in Exchange although everything is destroyed: then nobody is left to take over.
    Where something is left, that may.
    """
    if at.mode is not Mode.DESTROY or at.targets or at.excludes:
        return frozenset()
    return seated(at.observed, at.surroundings.types)


def seated(observed: Observed, types: Mapping[str, ResourceType]) -> frozenset[Place]:
    """Where several look like it, as they may without a refresh, nobody knows which one it is."""
    found: set[Place] = set()
    for query, here in observed.items():
        seat = types[query.type].seat
        if seat is not None:
            sitting = [h for h, values in here.items() if values.get(seat.attribute) is True]
            found.update((query.backend, handle) for handle in sitting if len(sitting) == 1)
    return frozenset(found)


def left(changes: Iterable[Change], types: Mapping[str, ResourceType]) -> Iterator[Diagnostic]:
    """What a destroy does not destroy."""
    for change in changes:
        seat = types[change.address.type].seat
        if seat is not None and change.reason == SPARED:
            yield _stays(change.address, seat)


def _stays(address: Address, seat: Seat) -> Diagnostic:
    found = warning(
        "stays-in-exchange",
        "An object stays in Exchange",
        f"{address} is {seat.called}. Exchange is never without one and refuses to remove it, so "
        "that destroy forgets it and leaves it in Exchange as it is. If it is to go, make another "
        f"one {seat.called} first: move {seat.attribute} = true to the block of one that may stay, "
        "apply, and then destroy.",
    )
    return replace(found, address=str(address))
