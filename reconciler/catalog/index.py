"""Which resource types there are; knows their modules and loads each at first need.

A type stands in the module of its name, as TYPE. Some are sources alone: nobody makes a server.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import Final

from reconciler.schema.resource_type import ResourceType
from reconciler.schema.source import PREFIX, data_source

_MADE: Final = (
    "reconciler_data",
    "accepted_domain",
    "delivery_agent_connector",
    "foreign_connector",
    "intra_organization_connector",
    "edge_subscription",
    "inbound_connector",
    "outbound_connector",
    "receive_connector_permission",
    "remote_domain",
    "receive_connector",
    "send_connector",
    "send_connector_permission",
    "transport_config",
    "transport_service",
)
_FOUND: Final = ("exchange_certificate", "exchange_server")
"""What can only be looked at."""
_IN_STATE: Final = "reconciler_data"


@cache
def _loaded(name: str) -> ResourceType:
    module = import_module(f"reconciler.catalog.{name}")
    found: ResourceType = module.TYPE
    return found


@cache
def _source(name: str) -> ResourceType:
    return data_source(_loaded(name))


class _Types(Mapping[str, ResourceType]):
    """By name. A plan of a few types should not pay for all of them."""

    def __init__(self, *names: str) -> None:
        self._names = dict.fromkeys(names)

    def __getitem__(self, name: str) -> ResourceType:
        if name not in self._names:
            raise KeyError(name)
        bare = name.removeprefix(PREFIX)
        return _loaded(name) if bare == name else _source(bare)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


_RESOURCES: Final = _Types(*_MADE)
_SOURCES: Final = tuple(PREFIX + name for name in (*_MADE, *_FOUND) if name != _IN_STATE)
_EVERYTHING: Final = _Types(*_MADE, *_FOUND, *_SOURCES)


def everything() -> Mapping[str, ResourceType]:
    """What can be made or looked at and, as `data.TYPE`, the data sources of all that others can
    have made.
    """
    return _EVERYTHING


def found() -> Mapping[str, ResourceType]:
    """The data sources of what nobody makes here, by the names that users write."""
    return {name: _source(name) for name in _FOUND}


def types() -> Mapping[str, ResourceType]:
    """Every resource type by its name."""
    return _RESOURCES
