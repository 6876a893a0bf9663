"""The organisation that the simulated Exchange serves, and the ports it lives on.

Without a list of servers every name that could be a server's resolves, so that a first try needs
no setting; with one, only those do. Knows no object and no cmdlet.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import UTC, datetime
from typing import Final

from reconciler.backends.simulated.estate import EdgeSubscription, Estate, Server, made_up
from reconciler.model.platform import Platform
from reconciler.model.record import dataclass

_GROUP = "CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups"
SERVERS: Final = f"CN=Servers,{_GROUP}"
CONNECTIONS: Final = (
    f"CN=Connections,CN=Exchange Routing Group (DWBGZMFD01QNBJR),CN=Routing Groups,{_GROUP}"
)
"""Where servers and connectors stand in the organisation's part of the directory."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """`server` executes the cmdlets; `servers` are those that connectors can name, empty for "any
    name". `described` is what a file says of it, None where there is none.
    """

    server: str = "MBX1"
    servers: tuple[str, ...] = ()
    domain: str = "contoso.com"
    name: str = "First Organization"
    controller: str = "DC1.contoso.com"
    described: Estate | None = None

    def estate(self, platform: Platform) -> Estate:
        """What the file describes, or what follows from the names of the servers."""
        if self.described is not None:
            return self.described
        names = self.servers or (self.server,)
        return made_up(names, platform.role, platform.version, self.domain)

    @property
    def edges(self) -> Sequence[Server]:
        """The Edge Transport servers that a file describes, subscribed or not."""
        there = self.described.servers if self.described is not None else ()
        return [one for one in there if one.role == "edge"]

    @property
    def nameable(self) -> Sequence[str]:
        """What may be the name of a server, empty for any name."""
        return (*self.servers, *(one.name for one in self.edges if one.name not in self.servers))

    def full_name(self, server: str) -> str:
        """As the file says it, or the short name and the domain."""
        there = self.described.servers if self.described is not None else ()
        said = (one.fqdn for one in there if one.name.casefold() == server.casefold())
        return next(said, f"{server}.{self.domain}")

    @property
    def root(self) -> str:
        """The distinguished name under which everything of the organisation is kept."""
        forest = ",".join(f"DC={part}" for part in self.domain.split("."))
        return f"CN={self.name},CN=Microsoft Exchange,CN=Services,CN=Configuration,{forest}"


def new_guid() -> str:
    """A random version 4 GUID (RFC 9562, section 5.4)."""
    raw = bytearray(os.urandom(16))
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def current_time() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class World:
    """`now` answers an aware time; `duplicates` lets one name be taken twice; `runspace` is
    the GUID of the session.
    """

    platform: Platform = field(default_factory=Platform)
    organisation: Organisation = Organisation()
    duplicates: bool = False
    runspace: str = "00000000-0000-0000-0000-000000000000"
    now: Callable[[], datetime] = field(default=current_time)
    guid: Callable[[], str] = field(default=new_guid)

    @property
    def own_servers(self) -> Sequence[Server]:
        """Those whose objects are kept here: an Edge Transport server knows but itself."""
        there = self.organisation.estate(self.platform).servers
        if self.platform.role == "edge":
            return [one for one in there if one.name == self.organisation.server]
        return [one for one in there if one.role != "edge"]

    @property
    def own_subscriptions(self) -> Sequence[EdgeSubscription]:
        """Those that the file describes, as far as they are known here."""
        there = self.organisation.estate(self.platform).edge_subscriptions
        if self.platform.role == "edge":
            return [one for one in there if one.server == self.organisation.server]
        return there
