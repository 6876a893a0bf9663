"""Remote domains as the simulated Exchange has them: the one that setup makes, and the two properties
that it changes with each other.
"""

from collections.abc import Iterator

from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.derived import derive
from reconciler.backends.simulated.noun import Properties
from reconciler.backends.simulated.world import World
from reconciler.catalog.remote_domain import TYPE
from reconciler.model.platform import ONLINE


def _react(before: Properties, after: dict[str, Property]) -> None:
    """As the Set-RemoteDomain page says. Nobody has seen what wins where one call changes both; here
    what the call says of replies does.
    """
    replies = after["AllowedOOFType"]
    if replies != before["AllowedOOFType"]:
        after["IsInternal"] = after["IsInternal"] or replies == "InternalLegacy"
    elif before["IsInternal"] and not after["IsInternal"]:
        after["AllowedOOFType"] = "ExternalLegacy"


def _seeds(world: World) -> Iterator[Properties]:
    """On premises the built-in one is stricter than new ones."""
    lenient = world.platform.version == ONLINE
    yield {
        "Name": "Default",
        "DomainName": "*",
        "AutoForwardEnabled": lenient,
        "AutoReplyEnabled": lenient,
        "CharacterSet": "iso-8859-1",
        "NonMimeCharacterSet": "iso-8859-1",
    }


NOUN = derive(
    TYPE,
    container="CN=Internet Message Formats,CN=Global Settings",
    columns=("Name", "DomainName", "AllowedOOFType"),
    seeds=_seeds,
    react=_react,
)
