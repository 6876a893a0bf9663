"""From a resource type to the data source that finds objects of it."""

from dataclasses import replace

from reconciler.schema.attribute import Attribute, Presence
from reconciler.schema.resource_type import ResourceType

PREFIX = "data."
HANDLE = "guid"


def data_source(rtype: ResourceType) -> ResourceType:
    """Finds by what people call an object, by its GUID or what else its type names, and knows all
    its attributes.
    """
    lookups = asked_by(rtype)
    return ResourceType(
        name=PREFIX + rtype.name,
        noun=rtype.noun,
        summary=f"Finds a {rtype.name} that exists, whoever made it."
        if rtype.can
        else rtype.summary,
        attributes=tuple(_readable(a, lookups) for a in rtype.attributes if not a.write_only),
        identity=rtype.identity,
        can=frozenset(),
        reads=rtype.name,
        versions=rtype.versions,
        roles=rtype.roles,
        lookups=rtype.lookups,
        choose=rtype.choose,
        source=rtype.source,
        example="" if rtype.can else rtype.example,
    )


def asked_by(rtype: ResourceType) -> tuple[str, ...]:
    """What a data source can be asked by."""
    return tuple(
        name
        for name in dict.fromkeys((*rtype.identity, *rtype.lookups, HANDLE))
        if name in rtype.by_name
    )


def _readable(attribute: Attribute, lookups: tuple[str, ...]) -> Attribute:
    presence = Presence.KEPT if attribute.name in lookups else Presence.COMPUTED
    return replace(attribute, presence=presence, default=None, default_doc="", pinned=False)
