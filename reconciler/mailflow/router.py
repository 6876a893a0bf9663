"""Which connector carries mail for a destination.

The rules of connector selection that do not hang on sites: the most specific address space wins
whatever it costs, then the lower cost, then the name (Microsoft's connector selection page). Message
size and the way to a source server are left out, and so are connectors scoped to one site.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping

from reconciler.model.record import dataclass
from reconciler.model.route import Route


@dataclass(frozen=True, slots=True)
class Carrier:
    """The connector that carries: `key` is the object's own, `name` what people call it."""

    key: Hashable
    name: str


_Offer = tuple[int, str, Carrier]


class Router:
    """Routes by destination, ready to be asked for many."""

    def __init__(self, routes: Mapping[Hashable, Route]) -> None:
        self._offers: dict[tuple[str, str], list[_Offer]] = defaultdict(list)
        for key, route in routes.items():
            if route.enabled and not route.scoped:
                for kind, address, cost in route.spaces:
                    offer = (cost, route.name.casefold(), Carrier(key, route.name))
                    self._offers[kind, address.casefold()].append(offer)

    def carrier(self, kind: str, address: str) -> Carrier | None:
        """Who takes mail for an address space, read as what it alone stands for: `*.d` is any
        domain below d that nobody names, `*` any domain at all that nobody names.
        """
        for candidate in _from_specific(kind, address.casefold()):
            offers = self._offers.get((kind, candidate))
            if offers:
                return min(offers, key=lambda offer: offer[:2])[2]
        return None


def _from_specific(kind: str, address: str) -> Iterator[str]:
    """Address spaces that take `address`, the most specific first."""
    yield address
    if kind == "SMTP" and address != "*":
        domain = address.removeprefix("*.")
        if domain == address:
            yield f"*.{domain}"
        while "." in domain:
            domain = domain.partition(".")[2]
            yield f"*.{domain}"
    if address != "*":
        yield "*"


def destinations(routes: Iterable[Route]) -> list[tuple[str, str]]:
    """Every (type, address) that is named, sorted by domain from the right."""
    named = {(kind, address.casefold()) for r in routes for kind, address, _ in r.spaces}
    return sorted(named, key=lambda pair: (pair[0] != "SMTP", pair[0], pair[1].split(".")[::-1]))
