"""The servers of the organisation as Get-ExchangeServer shows them. Setup made them; no cmdlet does."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from reconciler.backends.base import NOT_FOUND
from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.derived import derive
from reconciler.backends.simulated.edges import servers
from reconciler.backends.simulated.estate import Server, stable_guid
from reconciler.backends.simulated.identity import distinguished_name
from reconciler.backends.simulated.noun import Noun
from reconciler.backends.simulated.refusal import refusal
from reconciler.backends.simulated.rows import Rows, Stored
from reconciler.backends.simulated.world import SERVERS, World
from reconciler.catalog.exchange_server import TYPE

_BUILDS: Final = {
    "2010": "Version 14.3 (Build 123.4)",
    "2013": "Version 15.0 (Build 1497.2)",
    "2016": "Version 15.1 (Build 2507.6)",
    "2019": "Version 15.2 (Build 1544.4)",
    "SE": "Version 15.2 (Build 2562.17)",
}
"""The last builds of each version, on Microsoft's page of build numbers."""
_ROLES: Final = {"2010": "Mailbox, ClientAccess, HubTransport", "2013": "Mailbox, ClientAccess"}


def _lists(
    rows: Rows, noun: Noun, given: Mapping[str, Property], world: World
) -> Sequence[Stored]:
    everything = [_stored(noun, server, world) for server in servers(rows, world)]
    wanted = str(given.get("Identity") or "")
    found = [one for one in everything if not wanted or wanted.lower() in _names(one)]
    if wanted and not found:
        raise refusal(NOT_FOUND, f'There is no server "{wanted}" in {world.organisation.domain}.')
    return found


def _names(stored: Stored) -> set[str]:
    bag = json.loads(stored.properties)
    return {str(bag[name]).lower() for name in ("Name", "Fqdn", "Guid", "DistinguishedName")}


def _stored(noun: Noun, server: Server, world: World) -> Stored:
    is_edge = server.role == "edge"
    domain = world.organisation.domain
    guid = stable_guid(domain, "server", server.name)
    bag: dict[str, Property] = {
        "Name": server.name,
        "Fqdn": server.fqdn,
        "Site": f"{domain}/Configuration/Sites/{server.site}" if server.site else None,
        "ServerRole": "Edge" if is_edge else _ROLES.get(server.version, "Mailbox"),
        "AdminDisplayVersion": _BUILDS.get(server.version, server.version),
        "IsEdgeServer": is_edge,
        "IsMailboxServer": not is_edge,
        "Identity": server.name,
        "Id": server.name,
        "Guid": guid,
    }
    bag["DistinguishedName"] = distinguished_name(noun, bag, "", world)
    return Stored(guid, server.name, "", json.dumps(bag, ensure_ascii=False))


NOUN = replace(
    derive(
        TYPE,
        container=SERVERS,
        columns=("Name", "Site", "ServerRole", "AdminDisplayVersion"),
        shown={"IsEdgeServer": False, "IsMailboxServer": True},
    ),
    lists=_lists,
)
