"""Address spaces: the destinations that a connector takes, each with its cost."""

import re
from functools import lru_cache

from reconciler.model.record import dataclass
from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError
from reconciler.schema.kinds.make import casefolded, elements, set_of
from reconciler.schema.kinds.net import EDGESYNC, is_domain

_COST = "[0-9]{1,3}"
_MOST = 100
_X400_PART = r"\s*[A-Za-z][\w.:-]*\s*=\s*[^=\s][^=]*"

_GRAMMAR = 'An address space is written "type:address;cost", such as "contoso.com" or "SMTP:*;10".'


@dataclass(frozen=True, slots=True)
class AddressSpace:
    """`type` in upper case, an SMTP `address` in lower case; a lower cost is a better route."""

    type: str
    address: str
    cost: int

    def __str__(self) -> str:
        return f"{self.type}:{self.address};{self.cost}"

    @property
    def destination(self) -> str:
        """What it stands for whatever it costs, to compare routes by."""
        return f"{self.type}:{self.address.casefold()}"


def read(canonical: Canonical) -> tuple[AddressSpace, ...]:
    """The address spaces of a canonical set, in its order."""
    return tuple(_split(item) for item in elements(canonical))


def parse_one(given: str) -> AddressSpace:
    """One address space in any spelling. Raises KindError."""
    text = given.strip()
    if text.lower().startswith("local:"):  # the scope prefix of Exchange 2007
        text = text[len("local:") :]
    before, colon, after = text.partition(":")
    kind, rest = (before.strip().upper(), after) if colon else ("SMTP", text)
    if not kind or ";" in kind:
        raise KindError(_GRAMMAR, code="invalid-address-space", got=given)
    address, cost = _cost(rest, given, smtp=kind == "SMTP")
    if not address:
        raise KindError(
            f"{_GRAMMAR} The address is missing.", code="invalid-address-space", got=given
        )
    if kind == "SMTP":
        return AddressSpace(kind, _smtp_address(address, given), cost)
    if kind == "X400":
        _check_x400(address, given)
    return AddressSpace(kind, address, cost)


@lru_cache(maxsize=8192)
def _split(canonical: str) -> AddressSpace:
    try:
        return parse_one(canonical)
    except KindError:  # read from a server that knows more than we do
        return AddressSpace("", canonical, 1)


def _cost(rest: str, given: str, *, smtp: bool) -> tuple[str, int]:
    """What stands before the last semicolon, and the cost after it (1 where there is none)."""
    address, semicolon, cost = rest.rpartition(";")
    if not semicolon:
        return rest.strip(), 1
    if not re.fullmatch(_COST, cost.strip()) or not 1 <= int(cost) <= _MOST:
        reason = "" if smtp else " An address that holds a semicolon itself must be given a cost."
        raise KindError(
            f"What follows the last semicolon is the cost, a whole number from 1 to {_MOST}.{reason}",
            code="invalid-address-space-cost",
            got=given,
        )
    return address.strip(), int(cost)


def _smtp_address(address: str, given: str) -> str:
    if address in ("*", EDGESYNC) or is_domain(address.removeprefix("*.")):
        return address.lower()
    raise KindError(
        'An SMTP address space is a domain such as "contoso.com" (RFC 1035), "*.contoso.com" for '
        'it and all below it, or "*"; the wildcard stands alone or as the whole first label.',
        code="invalid-address-space-domain",
        got=given,
    )


def _check_x400(address: str, given: str) -> None:
    parts = [part for part in re.split("[;/]", address) if part.strip()]
    if address != "*" and not (parts and all(re.fullmatch(_X400_PART, part) for part in parts)):
        raise KindError(
            "An X400 address space is a list of attributes (RFC 1685), such as "
            '"X400:c=us;a=adatum;p=MyOrg;o=MySite;1".',
            code="invalid-x400-address",
            got=given,
        )


def _brief(canonical: str) -> str:
    """Without what goes without saying: SMTP, and a cost of 1."""
    short = canonical.removeprefix("SMTP:").removesuffix(";1")
    return short if str(_split(short)) == canonical else canonical


address_spaces: Kind = set_of(
    "address space",
    lambda given: str(parse_one(given)),
    alike=(
        (
            ["contoso.com"],
            ["contoso.com;1"],
            ["SMTP:contoso.com"],
            ["SMTP:contoso.com;1"],
            ["smtp:CONTOSO.com;1"],
            ["Local:SMTP:contoso.com;1"],
            ["contoso.com", "Contoso.com;1"],
        ),
        (["*", "a.com;5"], ["SMTP:a.com;5", "smtp:*;1"]),
        (["X400:c=us;a=x;1"], ["x400:c=us;a=x;1"]),
        (["FAX:a;b;5"], ["fax:a;b;5"]),
        (["--"], ["SMTP:--;1"]),
        (["*.com"], ["SMTP:*.COM;1"]),
    ),
    bad=(
        ["SMTP:;1"],
        [":x"],
        [""],
        ["*contoso.com"],
        ["a.*.contoso.com"],
        ["contoso.com;0"],
        ["contoso.com;101"],
        ["contoso.com;x"],
        ["contoso.com;"],
        ["X400:hello;1"],
        ["X400:c=us;a=x"],
        "contoso.com",
        [1],
    ),
    fold=casefolded,
    brief=_brief,
)
