"""Where a server listens: an IP address and a port. Knows spellings, not which addresses it has."""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from reconciler.model.record import dataclass
from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError
from reconciler.schema.kinds.make import elements, set_of

_BINDING = r"(?:\[(?P<six>[0-9A-Fa-f:.]+)\]|(?P<four>[0-9.]+)):(?P<port>[0-9]{1,5})"
_MOST = 65_535
_GRAMMAR = (
    'A binding is written "address:port", such as "0.0.0.0:25" for all IPv4 addresses of the server '
    'or "[::]:25" for all IPv6 ones; an IPv6 address stands in square brackets, and the port is '
    f"at most {_MOST}."
)


@dataclass(frozen=True, slots=True)
class Binding:
    """`version` is 4 or 6; an `address` of 0 stands for every one of that version."""

    version: int
    address: int
    port: int

    def __str__(self) -> str:
        if self.version == 4:  # noqa: PLR2004
            return f"{IPv4Address(self.address)}:{self.port}"
        return f"[{IPv6Address(self.address)}]:{self.port}"


@lru_cache(maxsize=8192)
def _parsed(given: str) -> Binding | None:
    found = re.fullmatch(_BINDING, given.strip())
    if found is None or int(found["port"]) > _MOST:
        return None
    try:
        address = ip_address(found["six"] or found["four"])
    except ValueError:
        return None
    wanted = 6 if found["six"] else 4
    return Binding(wanted, int(address), int(found["port"])) if address.version == wanted else None


def _binding(given: str) -> str:
    found = _parsed(given)
    if found is None:
        raise KindError(_GRAMMAR, code="invalid-binding", got=given)
    return str(found)


def read_bindings(canonical: Canonical) -> tuple[Binding, ...]:
    """The bindings of a canonical set; what only a newer server understands is left out."""
    return tuple(found for item in elements(canonical) if (found := _parsed(item)))


bindings: Kind = set_of(
    "binding",
    _binding,
    alike=(
        (["0.0.0.0:25", "[::]:25"], ["[::]:25", "0.0.0.0:25"], ["[0:0::0]:025", " 0.0.0.0:25"]),
        (["10.1.1.1:2525"],),
        (["[2001:DB8:0:0::1]:587"], ["[2001:db8::1]:587", "[2001:db8::1]:587"]),
        ([],),
    ),
    bad=(
        "0.0.0.0:25",
        ["0.0.0.0"],  # noqa: S104
        ["::1:25"],
        ["10.1.1.300:25"],
        ["[10.1.1.1]:25"],
        ["10.1.1.1:65536"],
        ["mail.contoso.com:25"],
        [":25"],
        [""],
        [25],
        {},
    ),
)
