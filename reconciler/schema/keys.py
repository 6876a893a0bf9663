"""Handles of objects that have no GUID: what tells them apart, in one text."""

from reconciler.model.state import Handle
from reconciler.model.values import Canonical, Values
from reconciler.schema.resource_type import ResourceType

_BETWEEN = "|"  # Active Directory allows it in no name


def keyed(rtype: ResourceType, values: Values) -> Handle:
    """The handle of an object with these values."""
    kinds = ((rtype.by_name[name].kind, values.get(name)) for name in rtype.keyed_by)
    texts = (str(kind.fold(value) if kind.fold else value) for kind, value in kinds)
    return Handle(_BETWEEN.join(texts))


def parts(rtype: ResourceType, handle: Handle) -> dict[str, Canonical]:
    """The values that a handle is made of."""
    texts = handle.split(_BETWEEN)
    named = zip(rtype.keyed_by, texts, strict=True)
    return {name: rtype.by_name[name].kind.parse(text) for name, text in named}
