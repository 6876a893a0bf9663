"""Which Exchange is spoken to: its version, and the role of the server."""

from reconciler.model.record import dataclass

VERSIONS = ("2010", "2013", "2016", "2019", "SE")
"""Of Exchange Server, oldest first."""
ONLINE = "EXO"
"""The version that stands for Exchange Online, which has no roles that count."""
EVERY_VERSION = (*VERSIONS, ONLINE)
ROLES = ("mailbox", "edge")


def product(version: str) -> str:
    """What people call a version of Exchange."""
    return "Exchange Online" if version == ONLINE else f"Exchange {version}"


@dataclass(frozen=True, slots=True)
class Platform:
    """`version` is one of EVERY_VERSION, `role` one of ROLES."""

    version: str = "2019"
    role: str = "mailbox"

    def __str__(self) -> str:
        return self.product if self.version == ONLINE else f"{self.product}, role {self.role}"

    @property
    def product(self) -> str:
        return product(self.version)


PLATFORMS = (
    *(Platform(version, role) for version in VERSIONS for role in ROLES),
    Platform(ONLINE),
)
"""All there are, oldest first."""
