"""Ranges of IP addresses: one, from one to another, or a network. Nothing is merged."""

from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
    summarize_address_range,
)
from itertools import islice

from reconciler.model.record import dataclass
from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError
from reconciler.schema.kinds.make import elements, set_of

_GRAMMAR = (
    'A range is one IP address, the first and the last one as in "10.0.0.1-10.0.0.50", or a network '
    'such as "192.168.1.0/24"; both ends are of one version, and the first is not behind the last.'
)


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """From `low` to `high`, both included. `family` is "4" or "6", with the zone of an IPv6
    address that has one: addresses of different families never meet.
    """

    family: str
    low: int
    high: int

    def __str__(self) -> str:
        low, high = (self._text(end) for end in (self.low, self.high))
        return low if self.low == self.high else f"{low}-{high}"

    def _text(self, number: int) -> str:
        if self.family == "4":
            return str(IPv4Address(number))
        return f"{IPv6Address(number)}{self.family[1:]}"

    def holds(self, other: "Range") -> bool:
        """Whether all of `other` lies inside, and the two may be the same."""
        same = self.family == other.family
        return same and self.low <= other.low and other.high <= self.high


def _end(given: str) -> tuple[str, int]:
    address = ip_address(given.strip())
    zone = address.scope_id if isinstance(address, IPv6Address) else None
    return f"{address.version}{f'%{zone}' if zone else ''}", int(address)


@lru_cache(maxsize=8192)
def _parsed(given: str) -> Range | None:
    """None where it is no range."""
    try:
        if "/" in given:
            network = ip_network(given.strip(), strict=False)
            low, high = int(network.network_address), int(network.broadcast_address)
            return Range(str(network.version), low, high)
        first, _, last = given.partition("-")
        family, low = _end(first)
        other, high = _end(last or first)
    except ValueError:
        return None
    is_range = family == other and low <= high and not given.rstrip().endswith("-")
    return Range(family, low, high) if is_range and ("%" not in family or low == high) else None


def _range(given: str) -> str:
    found = _parsed(given)
    if found is None:
        raise KindError(_GRAMMAR, code="invalid-ip-range", got=given)
    return str(found)


def read_ranges(canonical: Canonical) -> tuple[Range, ...]:
    """The ranges of a canonical set; what only a newer server understands is left out."""
    return tuple(found for item in elements(canonical) if (found := _parsed(item)))


def _brief(canonical: str) -> str:
    """As a network where it is one."""
    low, dash, high = canonical.partition("-")
    if not dash:
        return canonical
    first, *more = _networks(low, high)
    return canonical if more else str(first)


def _networks(low: str, high: str) -> list[IPv4Network | IPv6Network]:
    ends = ip_address(low), ip_address(high)
    return list(islice(summarize_address_range(*ends), 2))


ip_ranges: Kind = set_of(
    "range of IP addresses",
    _range,
    alike=(
        (["192.168.1.0/24"], ["192.168.1.0-192.168.1.255"], ["192.168.1.1/24"]),
        (["10.0.0.1"], ["10.0.0.1-10.0.0.1"], ["10.0.0.1/32"], [" 10.0.0.1 "]),
        (["10.0.0.1-10.0.0.50", "10.0.1.7"], ["10.0.1.7", "10.0.0.1 - 10.0.0.50"]),
        (["0.0.0.0-255.255.255.255"], ["0.0.0.0/0"]),
        (["::/0"], ["::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"]),
        (["2001:DB8:0::1"], ["2001:db8::1"]),
        (["fe80::1%eth0"],),
        ([],),
    ),
    bad=(
        "10.0.0.1",
        ["10.0.0.50-10.0.0.1"],
        ["10.0.0.1-"],
        ["-10.0.0.1"],
        ["10.0.0.1-::1"],
        ["10.0.0.300"],
        ["10.0.0.0/33"],
        ["10.0.0.0/"],
        ["relay.contoso.com"],
        [""],
        [7],
        {},
    ),
    brief=_brief,
)


def _trusted(given: str) -> str:
    """A network by its first address only, and no zone: where a slip would let others in."""
    found, first = _parsed(given), _parsed(given.partition("/")[0])
    is_exact = "/" not in given or (found and first and found.low == first.low)
    if found is None or not is_exact or "%" in given:
        raise KindError(
            "An IP address or a range of them is expected in each element, such as 10.1.1.1, "
            "10.1.0.0/16 (which must be the first address of the network) or 10.1.1.1-10.1.1.9.",
            code="invalid-ip-range",
            got=given,
        )
    return str(found)


trusted_addresses: Kind = set_of(
    "IP address or range",
    _trusted,
    alike=(
        (["10.0.0.0/24"], ["10.0.0.0-10.0.0.255"], ["10.0.0.0 - 10.0.0.255", "10.0.0.0/24"]),
        (["10.1.1.1"], ["10.1.1.1/32"], ["10.1.1.1-10.1.1.1"]),
        (["2001:db8::/126"], ["2001:DB8::-2001:db8::3"]),
        ([],),
    ),
    bad=(
        *(
            "10.1.1.1",
            ["10.1.1.9-10.1.1.1"],
            ["10.1.1.1/24"],
            ["a-b"],
            ["::1-10.1.1.1"],
            [""],
            [1],
        ),
        *(["fe80::1%eth0"], ["10.0.0.1-"]),
    ),
)
