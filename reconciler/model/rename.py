"""What looks like one object under a new address."""

from enum import StrEnum

from reconciler.model.address import Address
from reconciler.model.record import dataclass


class Likeness(StrEnum):
    IDENTITY = "identity"
    """What is made is called in Exchange what the deleted object is called."""
    BODY = "body"
    """All else is the same, and nothing else that comes or goes has it."""


@dataclass(frozen=True, slots=True)
class Rename:
    """One moved block that may be missing. Without a key on either side all `objects` instances
    of a resource go with it.
    """

    origin: Address
    to: Address
    because: Likeness
    objects: int = 1
