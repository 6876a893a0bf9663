"""Which Edge Transport servers work for the organisation: those that its database has subscribed.

A file says which Edge servers there are; a cmdlet may subscribe one, or end that.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from reconciler.backends.simulated.estate import Server
from reconciler.backends.simulated.noun import Noun, Properties
from reconciler.backends.simulated.refusal import refusal
from reconciler.backends.simulated.rows import Rows, fold
from reconciler.backends.simulated.world import World

SUBSCRIPTION: Final = "EdgeSubscription"
OWNED: Final = ("AcceptedDomain", "RemoteDomain", "SendConnector")
"""What EdgeSync alone writes on an Edge server that is subscribed."""


def _sites(rows: Rows) -> Mapping[str, str]:
    """The site that each subscribed server works for, by its folded name."""
    return {
        fold(one.name): str(json.loads(one.properties).get("Site") or "")
        for one in rows.all(SUBSCRIPTION)
    }


def servers(rows: Rows, world: World) -> Sequence[Server]:
    """Those that a server of this role sees: on an Edge Transport server itself alone."""
    if world.platform.role == "edge":
        return world.own_servers
    sites = _sites(rows)
    edges = (one for one in world.organisation.edges if fold(one.name) in sites)
    return [*world.own_servers, *(replace(one, site=sites[fold(one.name)]) for one in edges)]


def judge_sources(
    rows: Rows, before: Properties | None, after: Properties | None, world: World
) -> None:
    """A connector sends from Mailbox servers and from subscribed Edge servers."""
    name = "SourceTransportServers"
    if after is None or (before is not None and before[name] == after[name]):
        return
    edges = {fold(one.name) for one in world.organisation.edges}
    named = after[name] if world.platform.role != "edge" else None
    for server in named if isinstance(named, list) else ():
        if fold(server) in edges and fold(server) not in _sites(rows):
            raise refusal(
                "value-refused",
                f'The Edge Transport server "{server}" is not subscribed, so that no connector of '
                "the organisation can send from it.",
            )


def refuse_owned(rows: Rows, noun: Noun, world: World) -> None:
    """Raises where a change would be overwritten at the next synchronisation."""
    if world.platform.role == "edge" and noun.name in OWNED and rows.all(SUBSCRIPTION):
        raise refusal(
            "edge-subscribed",
            f"{noun.name} objects cannot be changed on this Edge Transport server: it is "
            "subscribed, and EdgeSync brings them from the organisation. Change them on a Mailbox "
            "server, or remove the Edge Subscription.",
        )
