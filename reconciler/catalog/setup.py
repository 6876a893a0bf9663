"""Which objects Exchange or its setup makes by itself: those that an administrator does not miss in
a configuration. Told by name, for Exchange keeps no other mark.

Facts: the pages on default receive connectors, Edge Subscriptions and remote domains, and the tables
of permissions on the pages on send and receive connectors.
"""

from typing import Final

from reconciler.model.values import Values
from reconciler.schema.kinds.access import ANONYMOUS

_RECEIVE: Final = (
    "Default",
    "Client Proxy",
    "Default Frontend",
    "Outbound Proxy Frontend",
    "Client Frontend",
)
_EXCHANGE: Final = "MS Exchange\\"
"""The domain of the accounts that Exchange keeps for itself."""
_ACCOUNTS: Final = {
    ANONYMOUS: (
        "ms-Exch-SMTP-Submit",
        "ms-Exch-SMTP-Accept-Any-Sender",
        "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender",
        "ms-Exch-Accept-Headers-Routing",
        "ms-Exch-Send-Headers-Routing",
    ),
    r"NT AUTHORITY\Authenticated Users": (
        "ms-Exch-SMTP-Submit",
        "ms-Exch-SMTP-Accept-Any-Recipient",
        "ms-Exch-Bypass-Anti-Spam",
        "ms-Exch-Accept-Headers-Routing",
    ),
}
"""What permission groups give, and New-SendConnector."""


def receive_connector(values: Values) -> bool:
    name, server = str(values.get("name")), str(values.get("server")).partition(".")[0]
    return name.casefold() in {f"{first} {server}".casefold() for first in _RECEIVE}


def send_connector(values: Values) -> bool:
    """What an Edge Subscription brings."""
    return str(values.get("name")).startswith("EdgeSync - ")


def remote_domain(values: Values) -> bool:
    return values.get("name") == "Default"


def permission(values: Values) -> bool:
    """What a group of accounts has by the permission groups of the connector."""
    user, right = str(values.get("user")), values.get("extended_right")
    given = user.startswith(_EXCHANGE) or right in _ACCOUNTS.get(user, ())
    return given and values.get("deny") is False
