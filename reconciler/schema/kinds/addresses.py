"""Lists of IP addresses, and of ranges of them. Knows how they are spelt, not who has them."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TypeAlias

from reconciler.schema.kind import Kind, KindError
from reconciler.schema.kinds.make import set_of

_Address: TypeAlias = IPv4Address | IPv6Address


def _one(given: str) -> str:
    text = given.strip()
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    try:
        return str(ip_address(bare))
    except ValueError:
        raise KindError(
            "An IP address such as 10.10.1.1 or 2001:db8::1 is expected in each element.",
            code="invalid-ip-address",
            got=given,
        ) from None


ip_addresses: Kind = set_of(
    "IP address",
    _one,
    alike=(
        (["10.1.1.1", "2001:db8::1"], ["2001:DB8:0::1", "[10.1.1.1]", "10.1.1.1"]),
        ([],),
    ),
    bad=("10.1.1.1", ["10.1.1"], ["10.0.0.0/8"], ["dns1"], [""], [5]),
)


def _ends(first: str, last: str) -> tuple[_Address, _Address]:
    return ip_address(first.strip()), ip_address(last.strip())


def _network(text: str) -> tuple[_Address, _Address]:
    network = ip_network(text)
    return network[0], network[-1]


def _span(given: str) -> str:
    """`first-last`, or one address where that is all."""
    text = given.strip()
    first, dash, last = text.partition("-")
    try:
        low, high = _ends(first, last) if dash else _network(text)
    except ValueError:
        low, high = None, None
    if low is None or high is None or low.version != high.version or int(low) > int(high):
        raise KindError(
            "An IP address or a range of them is expected in each element, such as 10.1.1.1, "
            "10.1.0.0/16 (which must be the first address of the network) or 10.1.1.1-10.1.1.9.",
            code="invalid-ip-range",
            got=given,
        )
    return str(low) if low == high else f"{low}-{high}"


trusted_addresses: Kind = set_of(
    "IP address or range",
    _span,
    alike=(
        (["10.0.0.0/24"], ["10.0.0.0-10.0.0.255"], ["10.0.0.0 - 10.0.0.255", "10.0.0.0/24"]),
        (["10.1.1.1"], ["10.1.1.1/32"], ["10.1.1.1-10.1.1.1"]),
        (["2001:db8::/126"], ["2001:DB8::-2001:db8::3"]),
        ([],),
    ),
    bad=("10.1.1.1", ["10.1.1.9-10.1.1.1"], ["10.1.1.1/24"], ["a-b"], ["::1-10.1.1.1"], [""], [1]),
)
