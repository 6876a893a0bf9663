"""The sorts of objects that the simulated Exchange has; loads each at first need."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Final

from reconciler.backends.simulated.noun import Noun

_MODULES: Final = {
    "ADPermission": "ad_permission",
    "AcceptedDomain": "accepted_domain",
    "DeliveryAgentConnector": "delivery_agent_connector",
    "ForeignConnector": "foreign_connector",
    "IntraOrganizationConnector": "intra_organization_connector",
    "RemoteDomain": "remote_domain",
    "EdgeSubscription": "edge_subscription",
    "InboundConnector": "inbound_connector",
    "OutboundConnector": "outbound_connector",
    "ReceiveConnector": "receive_connector",
    "ExchangeCertificate": "exchange_certificate",
    "ExchangeServer": "exchange_server",
    "SendConnector": "send_connector",
    "TransportConfig": "transport_config",
    "TransportService": "transport_service",
}
"""Each stands in the module of that name, as NOUN."""
SEEDED: Final = (
    "AcceptedDomain",
    "RemoteDomain",
    "TransportConfig",
)
"""Those of which setup makes some in a new organisation."""
ON_SERVERS: Final = ("ReceiveConnector", "TransportService")
"""Those of which setup makes some on each server."""

WITHIN: Final[Mapping[str, tuple[str, ...]]] = {
    "ReceiveConnector": ("ADPermission",),
    "SendConnector": ("ADPermission",),
}
"""Sorts of objects that cannot outlive one of another sort."""


@cache
def _loaded(name: str) -> Noun:
    found: Noun = import_module(f"reconciler.backends.simulated.{_MODULES[name]}").NOUN
    return found


class _Nouns(Mapping[str, Noun]):
    """By name. A run that reads one sort should not pay for all of them."""

    def __getitem__(self, name: str) -> Noun:
        return _loaded(name)

    def __contains__(self, name: object) -> bool:
        return name in _MODULES

    def __iter__(self) -> Iterator[str]:
        return iter(_MODULES)

    def __len__(self) -> int:
        return len(_MODULES)


NOUNS: Final[Mapping[str, Noun]] = _Nouns()
