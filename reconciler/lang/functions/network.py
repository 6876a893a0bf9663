"""Functions of IP addresses and networks."""

import ipaddress
from typing import Final, TypeAlias

from reconciler.lang.core import Value
from reconciler.lang.functions.declare import FunctionError, function, number, string
from reconciler.lang.functions.sequences import strings
from reconciler.lang.functions.text import whole
from reconciler.lang.number import Number
from reconciler.lang.shape import BOOL, STRING, ListType

_Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
_MOST_BITS_AT_ONCE: Final = 32


def _decimal(raw: str) -> str:
    """An IPv4 address without leading zeros, which Terraform reads as decimal."""
    if ":" in raw:
        return raw
    return ".".join(part.lstrip("0") or part[-1:] for part in raw.split("."))


def _network(raw: str, argument: int) -> _Network:
    address, _, bits = raw.partition("/")
    try:
        # Without a check, a mask or nothing at all would do for the number of bits.
        length = int(bits) if bits.isdecimal() else -1
        return ipaddress.ip_network(f"{_decimal(address)}/{length}", strict=False)
    except ValueError:
        raise FunctionError(f'"{raw}" is no network such as 10.0.0.0/8', argument) from None


def _address(raw: str, argument: int) -> _Address:
    try:
        return ipaddress.ip_address(_decimal(raw))
    except ValueError:
        raise FunctionError(f'"{raw}" is no IP address', argument) from None


def _either(raw: str, argument: int) -> _Network:
    """A network, or an address as the network of it alone."""
    if "/" in raw:
        return _network(raw, argument)
    return ipaddress.ip_network(_address(raw, argument))


@function(string("prefix"), number("hostnum"), returns=STRING)
def cidrhost(prefix: str, hostnum: Number) -> Value:
    """The address of the host with a number in a network; negative ones count from the end."""
    network = _network(prefix, 0)
    if not isinstance(hostnum, int):
        raise FunctionError("a whole number is required", 1)
    size = network.num_addresses
    if not -size <= hostnum < size:
        raise FunctionError(f"a network of /{network.prefixlen} has no host {hostnum}")
    offset = hostnum if hostnum >= 0 else size + hostnum
    return _show(network.network_address + offset)


def _show(address: _Address) -> str:
    return str(address)


@function(string("prefix"), returns=STRING)
def cidrnetmask(prefix: str) -> Value:
    """The mask of an IPv4 network."""
    network = _network(prefix, 0)
    if isinstance(network, ipaddress.IPv6Network):
        raise FunctionError("only IPv4 networks have masks", 0)
    return str(network.netmask)


@function(string("prefix"), number("newbits"), number("netnum"), returns=STRING)
def cidrsubnet(prefix: str, newbits: Number, netnum: Number) -> Value:
    """The network with a number among those that a network has with longer prefixes."""
    network = _network(prefix, 0)
    bits = whole(newbits, 1)
    if not isinstance(netnum, int):
        raise FunctionError("a whole number is required", 2)
    length = network.prefixlen + bits
    if bits < 0 or length > network.max_prefixlen:
        raise FunctionError(f"a prefix of {network.prefixlen} cannot be extended by {bits}", 1)
    if not -(1 << bits) <= netnum < 1 << bits:
        raise FunctionError(f"{bits} bits cannot hold the network number {netnum}", 2)
    at = netnum % (1 << bits) << (network.max_prefixlen - length)
    return f"{_show(network.network_address + at)}/{length}"


@function(string("prefix"), rest=number("newbits"), returns=ListType(STRING))
def cidrsubnets(prefix: str, *newbits: Number) -> Value:
    """Consecutive networks inside a network, each with so many more bits of prefix."""
    network = _network(prefix, 0)
    at = int(network.network_address)
    end = at + network.num_addresses
    found = []
    for position, given in enumerate(newbits, 1):
        bits = whole(given, position)
        length = network.prefixlen + bits
        if not 1 <= bits <= _MOST_BITS_AT_ONCE or length > network.max_prefixlen:
            raise FunctionError(
                f"a prefix of {network.prefixlen} cannot get {bits} more", position
            )
        size = 1 << (network.max_prefixlen - length)
        at = -(-at // size) * size
        if at + size > end:
            raise FunctionError(f"no space is left for a prefix of {length}", position)
        found.append(f"{_show(type(network.network_address)(at))}/{length}")
        at += size
    return strings(found)


@function(string("containing_prefix"), string("contained"), returns=BOOL)
def cidrcontains(outer: str, inner: str) -> Value:
    """Whether an address, or a whole network, lies in a network."""
    return _covers(_network(outer, 0), _either(inner, 1))


def _covers(outer: _Network, inner: _Network) -> bool:
    if outer.version != inner.version:
        return False
    return int(outer.network_address) <= int(inner.network_address) and int(
        inner.broadcast_address
    ) <= int(outer.broadcast_address)


@function(string("first"), string("second"), returns=BOOL)
def cidroverlaps(first: str, second: str) -> Value:
    """Whether two networks have an address in common."""
    one, other = _either(first, 0), _either(second, 1)
    return _covers(one, other) or _covers(other, one)


@function(string("first"), rest=string("last"))
def iprange(given: str, *last: str) -> Value:
    """A range as Exchange writes it, from its first and last address. Of a network, an address or a
    range such as 10.0.0.1-10.0.0.9 alone: its first and last address.
    """
    start, end = _range(given, last)
    return f"{start}-{end}" if last else strings([str(start), str(end)])


@function(string("range"), rest=string("last"), returns=ListType(STRING))
def iprange_to_cidrs(given: str, *last: str) -> Value:
    """The fewest networks that together are a range of addresses, or go from one to another."""
    start, end = _range(given, last)
    return strings([str(each) for each in ipaddress.summarize_address_range(start, end)])


def _range(given: str, last: tuple[str, ...]) -> tuple[_Address, _Address]:
    """`given` is the whole range, or its beginning where there is a `last`."""
    if len(last) > 1:
        raise FunctionError("a range has one first and one last address", 2)
    start, dash, end = (given, "-", last[0]) if last else given.partition("-")
    if not dash:
        network = _either(given.strip(), 0)
        return network.network_address, network.broadcast_address
    return _ordered(_address(start.strip(), 0), _address(end.strip(), len(last)))


def _ordered(first: _Address, last: _Address) -> tuple[_Address, _Address]:
    if first.version != last.version or int(first) > int(last):
        raise FunctionError("a range goes from a smaller to a larger address of one kind", 0)
    return first, last
