"""The grammar of names in mail: domains, address spaces, smart hosts, certificate names.

As Exchange spells them, and read from its documentation alone: it shares nothing with our own
resource types, so that a mistake there shows here. Every reader raises UnfitError with a sentence.
"""

import ipaddress
import re

from reconciler.backends.simulated.refusal import UnfitError

_LABEL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")
_CERTIFICATE = re.compile(r"<I>(?P<issuer>.+?)<S>(?P<subject>.+)", re.IGNORECASE)
_X400_PART = re.compile(r"[A-Za-z][A-Za-z0-9.-]*=[^=]*")
_LONGEST_DOMAIN = 255
_DIGITS = re.compile(r"[0-9]{1,9}")
_COSTS = range(1, 101)
EVERY_OWN_DOMAIN = "--"
"""On an Edge server: all authoritative and internal relay domains, or the hosts of the site."""


def is_domain(text: str) -> bool:
    """Whether `text` is a domain name (RFC 1035, section 2.3.1; underscores are tolerated)."""
    return len(text) <= _LONGEST_DOMAIN and all(map(_LABEL.fullmatch, text.split(".")))


def domain(text: str) -> str:
    if not is_domain(text):
        raise UnfitError(f'"{text}" is no fully qualified domain name.')
    return text


def domain_or_subdomains(text: str) -> str:
    """`contoso.com` or `*.contoso.com`."""
    if not is_domain(text.removeprefix("*.")):
        raise UnfitError(f'"{text}" is neither an SMTP domain nor "*." and an SMTP domain.')
    return text


def _smtp_address(text: str) -> None:
    if text not in ("*", EVERY_OWN_DOMAIN) and not is_domain(text.removeprefix("*.")):
        raise UnfitError(
            f'"{text}" is no SMTP address space: a domain, "*", or "*." and a domain is expected.'
        )


def _x400_address(text: str) -> None:
    parts = text.strip(";").split(";")
    if not all(map(_X400_PART.fullmatch, parts)):
        raise UnfitError(f'"{text}" is no X.400 address: "name=value" parts are expected.')


def _any_address(text: str) -> None:
    if not text:
        raise UnfitError("An address space needs an address.")


_ADDRESS_CHECKS = {"SMTP": _smtp_address, "X400": _x400_address}


def address_space(text: str) -> str:
    """`type:address;cost` in full, the type spelt as it was typed."""
    sort, colon, rest = text.strip().partition(":")
    if not colon:
        sort, rest = "SMTP", sort
    address, semicolon, cost = rest.rpartition(";")
    if not semicolon:
        address, cost = rest, "1"
    if not (_DIGITS.fullmatch(cost) and int(cost) in _COSTS):
        raise UnfitError(f'The cost of address space "{text}" is no number from 1 to 100.')
    if not sort.strip():
        raise UnfitError(f'Address space "{text}" has no type before the colon.')
    _ADDRESS_CHECKS.get(sort.upper(), _any_address)(address)
    return f"{sort}:{address};{int(cost)}"


def smart_host(text: str) -> str:
    """A host name as typed, or an IP address in brackets as Exchange shows it."""
    if text == EVERY_OWN_DOMAIN:
        return text
    try:
        return f"[{ipaddress.ip_address(text.removeprefix('[').removesuffix(']'))}]"
    except ValueError:
        if is_domain(text):
            return text
    raise UnfitError(f'Smart host "{text}" is neither a domain name nor an IP address.')


def certificate_name(text: str) -> str:
    found = _CERTIFICATE.fullmatch(text)
    if found is None or "=" not in found["issuer"] or "=" not in found["subject"]:
        raise UnfitError(
            f'"{text}" is no certificate name: "<I>" and the issuer, then "<S>" and the subject, '
            "are expected."
        )
    return text
