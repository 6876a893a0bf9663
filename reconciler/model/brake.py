"""What holds a plan up that unmakes much, until whoever applies it says how much may go."""

from enum import StrEnum

from reconciler.model.address import Address
from reconciler.model.record import dataclass


class BrakeReason(StrEnum):
    SHARE = "share"
    """Many of the objects of a type go at once."""
    ONLY_ROUTE = "only-route"
    """Mail for a destination has no route any more, or none for a while."""
    PROTECTED = "protected"
    """State remembers that the object was protected."""


@dataclass(frozen=True, slots=True)
class Brake:
    """`subject` is a resource type, a destination or an address. `objects` are destroyed or
    replaced; of a type there are `total` now.
    """

    reason: BrakeReason
    subject: str
    objects: tuple[Address, ...]
    total: int = 0
