"""What the connectors of Exchange Online name: domains of senders and recipients, networks, smart
hosts. Knows how they are spelt, not whether they are there.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_address as parse_ip
from ipaddress import ip_network, summarize_address_range

from reconciler.schema.kind import Kind, KindError
from reconciler.schema.kinds.make import casefolded, elements, set_of
from reconciler.schema.kinds.net import is_domain

_LONG = re.compile(r"(?:smtp:)?(?P<domain>[^;:]*)(?:;(?P<cost>[0-9]{1,3}))?", re.IGNORECASE)
_MOST = 100
_SHORTEST = 24
"""The shortest prefix of a sender's network."""


def _domain(given: str) -> str:
    """The short form where the cost is 1: `smtp:contoso.com;1` is how Exchange keeps contoso.com."""
    found = _LONG.fullmatch(given.strip())
    domain = found["domain"].strip().lower() if found else ""
    cost = int(found["cost"] or 1) if found else 1
    if not 1 <= cost <= _MOST or not (domain == "*" or is_domain(domain.removeprefix("*."))):
        raise KindError(
            'A domain is expected here, such as "contoso.com", "*.contoso.com" for it and all below '
            'it, or "*" for every one.',
            code="invalid-domain",
            got=given,
        )
    return domain if cost == 1 else f"smtp:{domain};{cost}"


def domain_and_cost(domain: str) -> tuple[str, int]:
    """Of a canonical value."""
    found = _LONG.fullmatch(domain)
    assert found is not None
    return found["domain"], int(found["cost"] or 1)


def _long(domain: str) -> str:
    return domain if ";" in domain else f"smtp:{domain};1"


_ALIKE: tuple[tuple[list[str], ...], ...] = (
    (
        ["contoso.com"],
        ["Contoso.COM"],
        ["smtp:contoso.com;1"],
        ["SMTP:contoso.com"],
        ["contoso.com;1", "contoso.com"],
    ),
    (["*"], ["smtp:*;1"]),
    (["*.contoso.com"], ["smtp:*.contoso.com;1"]),
    (["smtp:contoso.com;5"], ["contoso.com;5"]),
    ([],),
)
_BAD = (
    ["*contoso.com"],
    ["a.*.com"],
    ["a b.com"],
    [""],
    ["x400:c=us;1"],
    ["contoso.com;0"],
    ["contoso.com;101"],
    "contoso.com",
    [1],
)

recipient_domains: Kind = set_of("domain", _domain, alike=_ALIKE, bad=_BAD)

sender_domains: Kind = replace(
    recipient_domains,
    answer=lambda value: tuple(_long(domain) for domain in elements(value)),
)


def _network(given: str) -> str | None:
    """In the form with the network's own address; a network of one is an address."""
    try:
        found = ip_network(given.strip().removeprefix("[").removesuffix("]"), strict=False)
    except ValueError:
        return None
    return str(found.network_address) if found.num_addresses == 1 else str(found)


def _sender_network(given: str) -> str:
    found = _network(given)
    if found is None or ":" in found:
        raise KindError(
            "An IPv4 address such as 192.0.2.1, or an IPv4 network such as 192.0.2.0/25, is expected "
            "here: Exchange Online knows senders by no IPv6 address.",
            code="invalid-ip-address",
            got=given,
        )
    if int((found.partition("/")[2]) or 32) < _SHORTEST:
        raise KindError(
            f"A network has a prefix from /{_SHORTEST} to /32. Write a larger one as several.",
            code="network-too-large",
            got=given,
        )
    return found


sender_networks: Kind = set_of(
    "address or network",
    _sender_network,
    alike=(
        (["192.0.2.1"], ["192.0.2.1/32"], [" 192.0.2.1 "]),
        (["192.0.2.0/24"], ["192.0.2.1/24"], ["192.0.2.255/24", "192.0.2.0/24"]),
        ([],),
    ),
    bad=(
        ["192.0.2.0/23"],
        ["192.0.2.0/0"],
        ["2001:db8::1"],
        ["192.0.2.1-192.0.2.9"],
        ["mail.contoso.com"],
        [""],
        "192.0.2.1",
        [1],
    ),
)


def _range(given: str) -> str:
    """A network where the range is one."""
    low, dash, high = (part.strip() for part in given.partition("-"))
    found = _between(low, high) if dash else _network(given)
    if found is None:
        raise KindError(
            "An IP address, a range such as 192.0.2.1-192.0.2.9 or a network such as 192.0.2.0/24 is "
            "expected here.",
            code="invalid-ip-range",
            got=given,
        )
    return found


def _between(low: str, high: str) -> str | None:
    try:
        first, last = parse_ip(low), parse_ip(high)
        # One of each family, or the wrong way round, is refused here too.
        networks = list(summarize_address_range(first, last))
    except (TypeError, ValueError):
        return None
    return _network(str(networks[0])) if len(networks) == 1 else f"{first}-{last}"


address_ranges: Kind = set_of(
    "address, range or network",
    _range,
    alike=(
        (["192.0.2.1"], ["192.0.2.1-192.0.2.1"], ["192.0.2.1/32"]),
        (["192.0.2.0/24"], ["192.0.2.0-192.0.2.255"], ["192.0.2.7/24"]),
        (["192.0.2.1-192.0.2.9"], [" 192.0.2.1 - 192.0.2.9"]),
        (["2001:db8::/32"], ["2001:DB8:0::/32"]),
        ([],),
    ),
    bad=(
        ["192.0.2.9-192.0.2.1"],
        ["192.0.2.1-2001:db8::1"],
        ["192.0.2"],
        ["mail.contoso.com"],
        [""],
        "192.0.2.1",
        [1],
    ),
)


def _host(given: str) -> str:
    host = given.strip()
    found = _network(host)
    if found is not None:
        return found
    last = host.rpartition(".")[2]
    if is_domain(host) and not last.isdigit():
        return host.lower()
    raise KindError(
        "A smart host is a domain name, an IP address or a network of them, such as mx1.contoso.com, "
        "192.0.2.1 or 192.0.2.0/24.",
        code="invalid-smart-host",
        got=given,
    )


cloud_smart_hosts: Kind = set_of(
    "smart host",
    _host,
    alike=(
        (["mx.x.com", "10.1.1.1"], ["10.1.1.1/32", "MX.x.com"], ["[10.1.1.1]", "mx.x.com"]),
        (["10.1.1.0/24"], ["10.1.1.1/24"]),
        ([],),
    ),
    bad=(["http://x"], ["10.1.1.1:26"], ["10.1.1.300"], ["--"], [""], "mx.x.com", [25], {}),
)


def _texts(label: str, fits: Callable[[str], bool], expected: str, bad: str) -> Kind:
    def one(given: str) -> str:
        text = given.strip()
        if not fits(text):
            raise KindError(expected, code=f"invalid-{label.replace(' ', '-')}", got=given)
        return text

    return set_of(
        label,
        one,
        alike=((["ann@contoso.com"], [" ann@contoso.com "], ["ann@contoso.com"] * 2), ([],)),
        bad=([bad], "ann@contoso.com", [1]),
        fold=casefolded,
    )


def _is_address(given: str) -> bool:
    local, _, domain = given.rpartition("@")
    return re.fullmatch(r"[^\s@<>()\[\],;:\\\"]{1,64}", local) is not None and is_domain(domain)


mail_addresses: Kind = _texts(
    "mail address",
    _is_address,
    "A mail address such as ann@contoso.com is expected here.",
    "ann",
)

names: Kind = _texts("name", bool, "A name cannot be empty.", "")
"""Of whatever: kept as written, compared without their case."""
