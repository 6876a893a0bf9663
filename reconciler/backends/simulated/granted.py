"""Rights on connectors that Exchange grants by itself: to some accounts on every send connector,
and by permission groups on receive connectors. A handful of each, for a test bench.

Facts: the tables of permissions on the pages on send and receive connectors.
"""

from collections.abc import Iterator, Mapping

from reconciler.backends.simulated.coerce import Property
from reconciler.schema.kinds.access import ANONYMOUS

_ROUTING = "ms-Exch-Send-Headers-Routing"
_SENDING = (
    (ANONYMOUS, _ROUTING),
    (r"MS Exchange\Partner Servers", _ROUTING),
    (r"MS Exchange\Externally Secured Servers", _ROUTING),
    (r"MS Exchange\Externally Secured Servers", "ms-Exch-SMTP-Send-Exch50"),
)
_ANYBODY = (
    "ms-Exch-SMTP-Submit",
    "ms-Exch-SMTP-Accept-Any-Sender",
    "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender",
    "ms-Exch-Accept-Headers-Routing",
)
_BY_GROUP = {
    "AnonymousUsers": (ANONYMOUS, _ANYBODY),
    "ExchangeUsers": (
        r"NT AUTHORITY\Authenticated Users",
        ("ms-Exch-SMTP-Submit", "ms-Exch-SMTP-Accept-Any-Recipient", "ms-Exch-Bypass-Anti-Spam"),
    ),
    "Partners": (
        r"MS Exchange\Partner Servers",
        ("ms-Exch-SMTP-Submit", "ms-Exch-Accept-Headers-Routing"),
    ),
}


def granted(noun: str, connector: Mapping[str, Property]) -> Iterator[tuple[str, str]]:
    """Accounts, and the right that each has."""
    if noun == "SendConnector":
        yield from _SENDING
        return
    for group in str(connector.get("PermissionGroups") or "").split(", "):
        user, rights = _BY_GROUP.get(group, ("", ()))
        yield from ((user, right) for right in rights)
