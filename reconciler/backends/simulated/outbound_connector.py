"""Outbound connectors as simulated Exchange Online has them: what it refuses, and what it hides."""

import json
from collections.abc import Mapping, Sequence

from reconciler.backends.simulated import cloud
from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.derived import derive
from reconciler.backends.simulated.noun import Noun, Properties, Refused
from reconciler.backends.simulated.rows import Rows, Stored
from reconciler.backends.simulated.world import World
from reconciler.catalog.outbound_connector import TYPE

_ASKED_BY = {
    "TestMode": "IncludeTestModeConnectors",
    "IsTransportRuleScoped": "IsTransportRuleScoped",
}
"""The parameter of Get by the property that it chooses by; left out it is false."""


def _lists(
    rows: Rows, noun: Noun, given: Mapping[str, Property], world: World
) -> Sequence[Stored]:
    """One that is named is shown whatever it is like; of all the others those that are asked for."""
    if given.get("Identity"):
        return cloud.limited(rows, noun, given, world)
    return cloud.cut([one for one in rows.all(noun.name) if _is_meant(one, given)], given)


def _is_meant(one: Stored, given: Mapping[str, Property]) -> bool:
    properties = json.loads(one.properties)
    return all(
        bool(properties[name]) == bool(given.get(asked)) for name, asked in _ASKED_BY.items()
    )


def _is_elsewhere(name: str, one: Properties) -> bool:
    return bool(one[name]) and one["ConnectorType"] != cloud.ON_PREMISES


def _for_ones_own(name: str) -> Refused:
    return Refused(
        "needs-on-premises",
        lambda one, _world: _is_elsewhere(name, one),
        f"{name} can be true on connectors of type OnPremises only.",
    )


_REFUSED = (
    Refused(
        "smart-hosts-missing",
        lambda one, _world: not (one["UseMXRecord"] or one["SmartHosts"]),
        "Where UseMXRecord is false, SmartHosts must be given.",
    ),
    *(
        _for_ones_own(name)
        for name in (
            "AllAcceptedDomains",
            "RouteAllMessagesViaOnPremises",
            "SenderRewritingEnabled",
        )
    ),
)

NOUN = derive(
    TYPE,
    container=cloud.container,
    columns=("Name", "RecipientDomains", "SmartHosts", "Enabled"),
    shown=cloud.SHOWN,
    refused=_REFUSED,
    lists=_lists,
)
