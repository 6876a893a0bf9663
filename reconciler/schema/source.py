"""From a resource type to the data source that finds objects of it."""

from dataclasses import replace

from reconciler.schema.attribute import Attribute, Presence
from reconciler.schema.resource_type import ResourceType

PREFIX = "data."
HANDLE = "guid"


def data_source(rtype: ResourceType) -> ResourceType:
    """Finds by what people call an object, or by its GUID, and knows all its attributes."""
    lookups = {*rtype.identity, HANDLE}
    return ResourceType(
        name=PREFIX + rtype.name,
        noun=rtype.noun,
        summary=f"Finds a {rtype.name} that exists, whoever made it.",
        attributes=tuple(_readable(a, lookups) for a in rtype.attributes if not a.write_only),
        identity=rtype.identity,
        can=frozenset(),
        reads=rtype.name,
        versions=rtype.versions,
        roles=rtype.roles,
    )


def _readable(attribute: Attribute, lookups: set[str]) -> Attribute:
    presence = Presence.KEPT if attribute.name in lookups else Presence.COMPUTED
    return replace(attribute, presence=presence, default=None, default_doc="", pinned=False)
