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


_EVERYTHING = MappingProxyType(
    {**_TYPES, **{one.name: one for one in map(data_source, _TYPES.values())}}
)


def everything() -> Mapping[str, ResourceType]:
    """Resource types and, as `data.TYPE`, the data sources that follow from them."""
    return _EVERYTHING


def types() -> Mapping[str, ResourceType]:
    """Every resource type by its name."""
    return _TYPES
