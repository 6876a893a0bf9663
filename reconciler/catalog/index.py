"""Which resource types there are; knows their modules and nothing of their contents."""

from collections.abc import Mapping
from types import MappingProxyType

from reconciler.catalog.send_connector import TYPE as SEND_CONNECTOR
from reconciler.schema.resource_type import ResourceType

_TYPES: Mapping[str, ResourceType] = MappingProxyType(
    {rtype.name: rtype for rtype in (SEND_CONNECTOR,)}
)


def types() -> Mapping[str, ResourceType]:
    """Every resource type by its name."""
    return _TYPES
