"""Computed attributes that follow arguments: what they will be, and how secret."""

from collections.abc import Iterator
from dataclasses import replace

from reconciler.model.anything import Anything
from reconciler.model.values import Canonical, Values, later
from reconciler.schema.attribute import Attribute
from reconciler.schema.difference import same
from reconciler.schema.resource_type import ResourceType


def _following(rtype: ResourceType) -> Iterator[Attribute]:
    return (a for a in rtype.attributes if a.follows)


def at_creation(rtype: ResourceType, wanted: Values) -> dict[str, Canonical]:
    """What follows in a new object: null at once where what it follows is null."""
    return {
        a.name: None if (value := wanted.get(a.follows)) is None else later(value)
        for a in _following(rtype)
    }


def foretold(rtype: ResourceType, wanted: Values) -> dict[str, Canonical]:
    """What Exchange will make of `wanted`, secrets in the open, in a new object."""
    return {a.name: a.foretold(wanted) for a in rtype.attributes if a.foretold is not None}


def at_update(rtype: ResourceType, now: Values, wanted: Values) -> dict[str, Canonical]:
    """What follows in an object that is `now`: as it is, where only secrecy changes."""
    return {
        a.name: _updated(a, now.get(a.name), now.get(a.follows), wanted.get(a.follows))
        for a in _following(rtype)
    }


def _updated(
    attribute: Attribute, now: Canonical, before: Canonical, after: Canonical
) -> Canonical:
    if isinstance(now, Anything) and isinstance(after, Anything) and after.is_like(before):
        return replace(now, sensitive=after.sensitive)
    return now if same(attribute.kind, before, after) else later(after)


def arrived(rtype: ResourceType, values: Values) -> dict[str, Canonical]:
    """What follows, once `values` are written."""
    return {a.name: values[a.follows] for a in _following(rtype) if a.follows in values}


def hidden(rtype: ResourceType, sensitive: frozenset[str]) -> frozenset[str]:
    """`sensitive`, and what follows any of it."""
    return sensitive.union(a.name for a in _following(rtype) if a.follows in sensitive)
