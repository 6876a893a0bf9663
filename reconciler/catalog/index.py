"""Which resource types there are; knows their modules and nothing of their contents."""

from collections.abc import Mapping
from types import MappingProxyType

from reconciler.catalog.reconciler_data import TYPE as RECONCILER_DATA
from reconciler.catalog.send_connector import TYPE as SEND_CONNECTOR
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.source import data_source

_TYPES: Mapping[str, ResourceType] = MappingProxyType(
    {rtype.name: rtype for rtype in (RECONCILER_DATA, SEND_CONNECTOR)}
)


_SOURCES = tuple(data_source(rtype) for rtype in _TYPES.values() if not rtype.home)
_EVERYTHING = MappingProxyType({**_TYPES, **{one.name: one for one in _SOURCES}})


def everything() -> Mapping[str, ResourceType]:
    """Resource types and, as `data.TYPE`, the data sources of those that others can have made."""
    return _EVERYTHING


def types() -> Mapping[str, ResourceType]:
    """Every resource type by its name."""
    return _TYPES
