"""Edge Subscriptions as the simulated Exchange has them, with the send connectors they bring.

Of the file it reads the name of the Edge server and keeps nothing else.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from reconciler.backends.command import Parameter
from reconciler.backends.simulated import changes
from reconciler.backends.simulated.changes import Given
from reconciler.backends.simulated.coerce import Property, Reader
from reconciler.backends.simulated.derived import derive
from reconciler.backends.simulated.edges import OWNED
from reconciler.backends.simulated.noun import Noun, Properties, Taken
from reconciler.backends.simulated.nouns import NOUNS
from reconciler.backends.simulated.refusal import UnfitError, refusal
from reconciler.backends.simulated.rows import Rows, Stored, fold
from reconciler.backends.simulated.send_connector import NOUN as CONNECTOR
from reconciler.backends.simulated.send_connector_rules import INBOUND
from reconciler.backends.simulated.world import SERVERS, World
from reconciler.catalog.edge_subscription import TYPE, edge_server
from reconciler.model.values import Secret

_INBOUND: Final[Mapping[str, Property]] = {
    "AddressSpaces": ["SMTP:--;1"],
    "SmartHosts": ["--"],
    "DNSRoutingEnabled": False,
    "Enabled": True,
}
_OUTBOUND: Final[Mapping[str, Property]] = {
    "AddressSpaces": ["SMTP:*;100"],
    "DNSRoutingEnabled": True,
    "DomainSecureEnabled": True,
    "Enabled": True,
}


def _read_file(value: Parameter, _world: World) -> str:
    """The Edge server that wrote the file."""
    if not isinstance(value, Secret):
        raise UnfitError("The bytes of a file are expected.")
    server = edge_server(value)
    if not server:
        raise UnfitError("It is no file of New-EdgeSubscription: it names no Edge server.")
    return server


def _initial(given: Given, world: World) -> Properties:
    needed = ("FileName",) if world.platform.role == "edge" else ("FileData", "Site")
    missing = [name for name in needed if not given.get(name)]
    if missing:
        raise refusal(
            "parameter-missing", f"New-EdgeSubscription needs -{' and -'.join(missing)}."
        )
    return {
        "Name": given.get("FileData") or world.organisation.server,
        "Domain": world.organisation.domain,
    }


def _names(site: Property, given: Given) -> Iterator[tuple[str, Mapping[str, Property]]]:
    """The send connectors that come with a subscription to `site`."""
    if given.get("CreateInboundSendConnector", True):
        yield f"{INBOUND}{site}", _INBOUND
    if given.get("CreateInternetSendConnector", True):
        yield f"EdgeSync - {site} to Internet", _OUTBOUND


def _new(rows: Rows, noun: Noun, given: Given, world: World) -> tuple[str, Stored | None]:
    name, stored = changes.new(rows, noun, given, world)
    if stored is not None and world.platform.role == "edge":
        _give_way(rows, world)
    if stored is not None and given.get("Site"):
        for called, known in _names(given["Site"], given):
            _join(rows, called, known, name, world)
    return name, stored


def _give_way(rows: Rows, world: World) -> None:
    """What somebody made on the Edge server is deleted; what the organisation has comes instead."""
    for owned in OWNED:
        noun = NOUNS[owned]
        kept = {fold(noun.identity(known)) for known in noun.seeds(world)}
        for stored in rows.all(owned):
            if fold(stored.name) not in kept:
                changes.drop(rows, noun, stored.guid)


def _join(rows: Rows, called: str, known: Mapping[str, Property], edge: str, world: World) -> None:
    """Of several Edge servers in a site, all send by the connectors that the first one brought."""
    for there in rows.by_name(CONNECTOR.name, called):
        _send_from(rows, there, [*_sources(there), edge])
        return
    changes.make(
        rows,
        CONNECTOR,
        {**known, "Name": called, "SourceTransportServers": [edge]},
        world,
    )


def _remove(rows: Rows, noun: Noun, given: Given, world: World) -> tuple[str, Stored | None]:
    name, stored = changes.remove(rows, noun, given, world)
    if not given.get("WhatIf"):
        for connector in rows.all(CONNECTOR.name):
            if connector.name.startswith("EdgeSync - "):
                _leave(rows, connector, name)
    return name, stored


def _leave(rows: Rows, connector: Stored, edge: str) -> None:
    left = [server for server in _sources(connector) if server.lower() != edge.lower()]
    if not left:
        changes.drop(rows, CONNECTOR, connector.guid)
    elif left != _sources(connector):
        _send_from(rows, connector, left)


def _sources(connector: Stored) -> list[str]:
    return list(json.loads(connector.properties)["SourceTransportServers"])


def _send_from(rows: Rows, connector: Stored, servers: list[str]) -> None:
    properties = {**json.loads(connector.properties), "SourceTransportServers": servers}
    CONNECTOR.finish(properties)
    text = json.dumps(properties, ensure_ascii=False)
    rows.update(replace(connector, properties=text))


def _site(read: Reader) -> Reader:
    """A site as its file spells it, where one says which sites there are."""

    def found(value: Parameter, world: World) -> Property:
        named = read(value, world)
        described = world.organisation.described
        if described is None or not named:
            return named
        for site in described.sites:
            if site.casefold() == str(named).casefold():
                return site
        raise UnfitError(f'There is no Active Directory site called "{named}".')

    return found


def _own(taken: Taken) -> Taken:
    if taken.name == "Site":
        return replace(taken, read=_site(taken.read))
    return replace(taken, read=_read_file, kept=False) if taken.name == "FileData" else taken


_DERIVED = derive(
    TYPE,
    container=SERVERS,
    columns=("Name", "Site", "Domain"),
    initial=_initial,
    computed=("Domain",),
)
NOUN = replace(
    _DERIVED,
    taken=tuple(map(_own, _DERIVED.taken)),
    own={"New": _new, "Remove": _remove},
)
