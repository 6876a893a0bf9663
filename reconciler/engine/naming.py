"""What other objects are called: a GUID or a distinguished name in a plain value means the same as
the name that Exchange answers with. Pure.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from reconciler.engine.survey import Observed, Query
from reconciler.model.desired import Desired
from reconciler.model.state import Handle
from reconciler.model.values import Canonical, Values
from reconciler.schema.attribute import Attribute
from reconciler.schema.resource_type import ResourceType


@lru_cache(maxsize=64)
def references(rtype: ResourceType) -> tuple[Attribute, ...]:
    """Arguments that name objects of some type; not those that say what the object is within."""
    return tuple(a for a in rtype.attributes if a.refers_to and not a.within)


def named(desired: Desired, types: Mapping[str, ResourceType], observed: Observed) -> Desired:
    """The same, with the names of objects that are there in the place of other identities."""
    found = dict(_names(desired, types, observed))
    return replace(desired, values={**desired.values, **found}) if found else desired


def _names(
    desired: Desired, types: Mapping[str, ResourceType], observed: Observed
) -> Iterator[tuple[str, Canonical]]:
    for attribute in references(types[desired.address.type]):
        here = observed.get(Query(desired.backend, attribute.refers_to))
        value = desired.values.get(attribute.name)
        if not here:
            continue
        target = types[attribute.refers_to]
        if isinstance(value, str):
            yield attribute.name, _name(value, here, target)
        elif isinstance(value, tuple):
            names = [_name(one, here, target) for one in value if isinstance(one, str)]
            yield attribute.name, attribute.kind.parse(names)


def _name(text: str, here: Mapping[Handle, Values], target: ResourceType) -> str:
    folded = text.casefold()
    found = here.get(Handle(folded))
    if found is None and folded.startswith("cn="):
        found = next((v for v in here.values() if _dn(v) == folded), None)
    return text if found is None else target.identity_of(found)


def _dn(values: Values) -> str:
    return str(values.get("distinguished_name")).casefold()
