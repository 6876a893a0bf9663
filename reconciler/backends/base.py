"""The port to a place where connectors live. Knows no cmdlets and no state."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, Protocol

from reconciler.model.audit import Deed
from reconciler.model.platform import Platform
from reconciler.model.record import dataclass
from reconciler.model.state import Handle
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType

NOT_FOUND: Final = "not-found"
"""The code of a BackendError that says: no such object."""
ALREADY_EXISTS: Final = "already-exists"
"""The code of a BackendError that says: the name is taken."""


class Outcome(StrEnum):
    """What is known of a call that failed."""

    PERMANENT = "permanent"
    """It did not happen, and will not happen next time either."""
    TRANSIENT = "transient"
    """It did not happen; try again later."""
    UNKNOWN = "unknown"
    """It may have happened: look before repeating."""


class BackendError(Exception):
    """A call failed. `message` holds no secret; `code` is a stable kebab-case word."""

    def __init__(self, outcome: Outcome, message: str, code: str = "backend-error") -> None:
        super().__init__(message)
        self.outcome = outcome
        self.message = message
        self.code = code


class AuditLog(Protocol):
    """Who changed what, where a backend keeps a record of that."""

    def changes(self, rtype: ResourceType) -> Sequence[Deed]:
        """What was carried out on objects of one type, newest first. Raises BackendError."""
        ...


@dataclass(frozen=True, slots=True)
class Capabilities:
    """`parallel` is how many calls may be under way at once; `audit` is None where nobody keeps a
    record of changes.
    """

    platform: Platform
    parallel: int = 10
    what_if: bool = False
    audit: AuditLog | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """An object as the backend says it is: canonical values of every readable attribute.

    Attributes that cannot be read back (credentials, usage) are absent from `values`.
    """

    handle: Handle
    values: Values


class Backend(Protocol):
    """Every method raises BackendError; a failed read is never taken for "absent"."""

    capabilities: Capabilities

    def list(self, rtype: ResourceType) -> Mapping[Handle, Values]:
        """Everything of one type, in one call where possible."""
        ...

    def find(self, rtype: ResourceType, identity: str) -> tuple[Found, ...]:
        """All objects that bear `identity` (more than one only on careless targets)."""
        ...

    def read(self, rtype: ResourceType, handle: Handle) -> Found | None: ...

    def create(self, rtype: ResourceType, values: Values) -> Found:
        """The object as the backend stored it. `values` hold Secrets in the open."""
        ...

    def update(self, rtype: ResourceType, handle: Handle, values: Values) -> Found:
        """Sends only `values`; the answer is the whole object, read back after the write."""
        ...

    def delete(self, rtype: ResourceType, handle: Handle) -> None:
        """Gone already is no error."""
        ...

    def close(self) -> None: ...
