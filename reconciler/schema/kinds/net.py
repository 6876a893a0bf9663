"""Names and addresses on a network: how they are spelt, not whether they answer."""

import re
from ipaddress import ip_address as parse_ip

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import set_of, worded
from reconciler.schema.kinds.text import as_text

_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = rf"(?=.{{1,255}}$){_LABEL}(?:\.{_LABEL})*"

_DOMAIN_RULE = (
    "labels of letters, digits and hyphens, joined by dots (RFC 1035), at most 63 characters each "
    "and 255 in all"
)


def is_domain(given: str) -> bool:
    """Labels of letters, digits and hyphens, as RFC 1035 prefers them (section 2.3.1)."""
    return re.fullmatch(_DOMAIN, given) is not None


def _ends_in_number(given: str) -> bool:
    """Whether it must be an IP address if it is anything (RFC 1123, section 2.1)."""
    last = given.rpartition(".")[2]
    return last.isascii() and last.isdigit()


def _parse_fqdn(raw: Raw) -> Canonical:
    given = as_text(raw).strip()
    if not is_domain(given) or _ends_in_number(given):
        raise KindError(
            f"A domain name such as mail.contoso.com is expected here: {_DOMAIN_RULE}.",
            code="invalid-domain",
            got=given,
        )
    return given.lower()


fqdn: Kind = worded(
    "domain name",
    _parse_fqdn,
    alike=(("mail.contoso.com", "MAIL.Contoso.Com", " mail.contoso.com "), ("mail",)),
    bad=("", "mail contoso", "-a.com", "a..com", "10.1.1.1", "http://x", "a" * 64 + ".com", []),
)


def _parse_smtp_domain(raw: Raw) -> Canonical:
    given = as_text(raw).strip()
    if not is_domain(given.removeprefix("*.")):
        raise KindError(
            'A domain such as "contoso.com" is expected here, or "*.contoso.com" with the wildcard '
            "as its whole first label.",
            code="invalid-domain",
            got=given,
        )
    return given.lower()


smtp_domain_or_wildcard: Kind = worded(
    "domain",
    _parse_smtp_domain,
    alike=(("*.contoso.com", "*.Contoso.COM"), ("mail.protection.outlook.com",)),
    bad=("", "*", "a.*.com", "*contoso.com", "a b.com", []),
)


def _ip(given: str) -> str | None:
    bare = given[1:-1] if given.startswith("[") and given.endswith("]") else given
    if not _looks_like_ip(bare):
        return None
    try:
        return str(parse_ip(bare))
    except ValueError:
        return None


def _looks_like_ip(given: str) -> bool:
    return ":" in given or _ends_in_number(given)


def _address(given: str, where: str) -> str:
    found = _ip(given.strip())
    if found is None:
        raise KindError(
            f"An IP address such as 10.10.1.1 or 2001:db8::1 is expected {where}.",
            code="invalid-ip-address",
            got=given.strip(),
        )
    return found


ip_addresses: Kind = set_of(
    "IP address",
    lambda given: _address(given, "in each element"),
    alike=(
        (["10.1.1.1", "2001:db8::1"], ["2001:DB8:0::1", "[10.1.1.1]", "10.1.1.1"]),
        ([],),
    ),
    bad=("10.1.1.1", ["10.1.1"], ["10.0.0.0/8"], ["dns1"], [""], [5]),
)

ip_address: Kind = worded(
    "IP address",
    lambda raw: _address(as_text(raw), "here"),
    alike=(("10.1.1.1", "[10.1.1.1]"), ("2001:db8::1", "2001:DB8:0:0::1", "[2001:db8::1]")),
    bad=("", "10.1.1.300", "10.1.1", "10.1.1.1:25", "mail.contoso.com", "10.0.0.0/8", 5, []),
)

EDGESYNC = "--"
"""Stands for every authoritative and internal relay domain, on EdgeSync connectors only."""


def _smart_host(given: str) -> str:
    host = given.strip()
    if host == EDGESYNC:
        return host
    found = _ip(host)
    if found is not None:
        return found
    if is_domain(host) and not _ends_in_number(host):
        return host.lower()
    raise KindError(
        "A smart host is a domain name or an IP address, such as mx1.contoso.com or 10.10.1.1; "
        "a port goes into the argument port.",
        code="invalid-smart-host",
        got=given,
    )


smart_hosts: Kind = set_of(
    "smart host",
    _smart_host,
    alike=(
        (
            ["mx.x.com", "10.1.1.1"],
            ["[10.1.1.1]", "MX.x.com"],
            ["mx.x.com", "10.1.1.1", "Mx.X.Com"],
        ),
        ([],),
        (["2001:db8::1"], ["[2001:DB8:0::1]"]),
    ),
    bad=(["http://x"], ["10.10.1.1:26"], ["10.10.1.300"], [""], "mx.x.com", ["a b"], [25], {}),
)
