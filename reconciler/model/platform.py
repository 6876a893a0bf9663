"""Which Exchange is spoken to: its version, and the role of the server."""

from reconciler.model.record import dataclass

VERSIONS = ("2010", "2013", "2016", "2019", "SE")
ROLES = ("mailbox", "edge")


@dataclass(frozen=True, slots=True)
class Platform:
    """`version` is one of VERSIONS, `role` one of ROLES."""

    version: str = "2019"
    role: str = "mailbox"

    def __str__(self) -> str:
        return f"Exchange {self.version}, role {self.role}"


PLATFORMS = tuple(Platform(version, role) for version in VERSIONS for role in ROLES)
"""All there are, oldest first."""
