"""What an organisation consists of that no cmdlet makes: sites, servers, certificates; and what it
begins with. Plain data; knows no file and no object.
"""

from collections.abc import Iterator, Sequence
from dataclasses import field
from hashlib import sha256
from heapq import heappop, heappush

from reconciler.model.record import dataclass

FIRST_SITE = "Default-First-Site-Name"
"""What Active Directory calls the site that it begins with."""
_USUAL_COST = 100
"""Of DEFAULTIPSITELINK, which joins all sites until somebody makes others."""


@dataclass(frozen=True, slots=True)
class SiteLink:
    """Two sites or more, and what it costs to go from one to another."""

    sites: tuple[str, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Server:
    """An Edge Transport server stands in the site that it is subscribed to, or in none ("")."""

    name: str
    role: str
    version: str
    fqdn: str
    site: str


@dataclass(frozen=True, slots=True)
class Certificate:
    """On each of `servers`; times as RFC 3339 writes them, in UTC. `is_internal`: the servers'
    Transport services secure the mail between them with it.
    """

    thumbprint: str
    subject: str
    issuer: str
    not_before: str
    not_after: str
    services: tuple[str, ...]
    domains: tuple[str, ...]
    servers: tuple[str, ...]
    friendly_name: str = ""
    is_internal: bool = False


@dataclass(frozen=True, slots=True)
class OwnDomain:
    """An accepted domain that is there from the beginning."""

    name: str
    domain: str
    type: str = "Authoritative"
    is_default: bool = False
    match_sub_domains: bool = False


@dataclass(frozen=True, slots=True)
class EdgeSubscription:
    server: str
    site: str


@dataclass(frozen=True, eq=False)
class Estate:
    """Two are the same only if they are one: it is a key of caches, and may be large."""

    sites: tuple[str, ...] = (FIRST_SITE,)
    links: tuple[SiteLink, ...] = ()
    servers: tuple[Server, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    accepted_domains: tuple[OwnDomain, ...] = ()
    edge_subscriptions: tuple[EdgeSubscription, ...] = field(default=())

    def cost(self, one: str, other: str) -> int | None:
        """The least cost of going from site to site, over others where that is cheaper; None where
        no links lead there. Without a link of its own an organisation has Active Directory's.
        """
        links = self.links or (SiteLink(self.sites, _USUAL_COST),)
        reached: dict[str, int] = {}
        ahead = [(0, one)]
        while ahead and other not in reached:
            cost, here = heappop(ahead)
            if here not in reached:
                reached[here] = cost
                for link in (link for link in links if here in link.sites):
                    for there in link.sites:
                        heappush(ahead, (cost + link.cost, there))
        return reached.get(other)

    @property
    def transport_servers(self) -> Iterator[Server]:
        """Those that connectors can name: Mailbox servers, and Edge servers that are subscribed."""
        subscribed = {one.server for one in self.edge_subscriptions}
        return (s for s in self.servers if s.role != "edge" or s.name in subscribed)


def stable_guid(*parts: str) -> str:
    """The GUID of something that is described and not made: the same in every run."""
    raw = sha256("\0".join(parts).casefold().encode()).hexdigest()
    return f"{raw[:8]}-{raw[8:12]}-8{raw[13:16]}-8{raw[17:20]}-{raw[20:32]}"


def made_up(names: Sequence[str], role: str, version: str, domain: str) -> Estate:
    """The estate of an organisation of which nothing is known but the names of its servers."""
    servers = (Server(n, role, version, f"{n.lower()}.{domain}", FIRST_SITE) for n in names)
    return Estate(
        servers=tuple(servers), accepted_domains=(OwnDomain(domain, domain, is_default=True),)
    )
