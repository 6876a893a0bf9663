"""What the simulated Exchange holds of connectors with address spaces that do not speak SMTP.

Written from Microsoft's pages; what they only call useless is not refused.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.mailnames import EVERY_OWN_DOMAIN
from reconciler.backends.simulated.noun import Properties, Refused
from reconciler.backends.simulated.world import World

COLUMNS: Final = ("Identity", "AddressSpaces", "Enabled")
SHOWN: Final[Properties] = {
    "IsSmtpConnector": False,
    "SourceRoutingGroup": "Exchange Routing Group (DWBGZMFD01QNBJR)",
    "ConnectedDomains": [],
    "AdminDisplayName": "",
}


def sources(_given: Mapping[str, Property], world: World) -> Properties:
    """The server that carries out the cmdlet is the source until others are named."""
    return {"SourceTransportServers": [world.organisation.server]}


def _addresses(properties: Properties) -> Iterator[str]:
    spaces = properties["AddressSpaces"]
    for space in spaces if isinstance(spaces, list) else ():
        yield space.partition(":")[2].rpartition(";")[0]


REFUSED: Final = (
    Refused(
        "address-spaces-missing",
        lambda p, _: not p["AddressSpaces"],
        "A connector needs at least one address space.",
    ),
    Refused(
        "edge-placeholder",
        lambda p, _: EVERY_OWN_DOMAIN in _addresses(p),
        'The value "--" exists only on Edge Transport servers.',
    ),
)
