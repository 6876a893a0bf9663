"""The fewest arguments that mean an object which is there: what a person would write of it."""

from collections.abc import Iterator

from reconciler.model.platform import Platform
from reconciler.model.values import Canonical, Values
from reconciler.schema.attribute import Attribute, Presence
from reconciler.schema.canonical import filled
from reconciler.schema.declare import Constant
from reconciler.schema.difference import differing, same
from reconciler.schema.resource_type import Can, ResourceType

NOTHING: tuple[Canonical, ...] = (None, "", ())


def least(rtype: ResourceType, values: Values, platform: Platform) -> dict[str, Canonical]:
    """Arguments in the type's order. What the server computes is not among them, unless somebody has
    chosen it: names of other objects, and what is not as it is documented to be at first.
    """
    here = {a.name: a for a in _readable(rtype, platform) if values.get(a.name) is not None}
    written = {name: values[name] for name, a in here.items() if _is_owed(a, values, platform)}
    while lost := _lost(rtype, values, written, platform, here):
        written.update((name, values[name]) for name in lost)
    return {name: written[name] for name in here if name in written}


def computed(rtype: ResourceType, values: Values, platform: Platform) -> dict[str, Canonical]:
    """What the server computed, and a person may want to hold. Of objects that nobody makes nobody
    wants to.
    """
    if Can.CREATE not in rtype.can_on(platform):
        return {}
    return {
        a.name: values[a.name]
        for a in _readable(rtype, platform)
        if a.presence is Presence.KEPT
        and not a.refers_to
        and a.default is None
        and values.get(a.name) not in NOTHING
    }


def _readable(rtype: ResourceType, platform: Platform) -> Iterator[Attribute]:
    """What users write and Exchange shows."""
    for attribute in rtype.attributes:
        shown = attribute.reads or attribute.composed is not None
        if shown and attribute.presence is not Presence.COMPUTED and attribute.exists_on(platform):
            yield attribute


def _is_owed(attribute: Attribute, values: Values, platform: Platform) -> bool:
    if attribute.presence is Presence.KEPT:
        chosen = bool(attribute.refers_to) and values[attribute.name] not in NOTHING
        return chosen or _is_moved(attribute, values, platform)
    return attribute.presence is Presence.REQUIRED


def _is_moved(attribute: Attribute, values: Values, platform: Platform) -> bool:
    """Whether it is known what the server gives, and the value is another one."""
    first, now = attribute.fill(values, platform), values[attribute.name]
    return first is not None and now not in NOTHING and not same(attribute.kind, first, now)


def _lost(
    rtype: ResourceType,
    values: Values,
    written: Values,
    platform: Platform,
    here: dict[str, Attribute],
) -> list[str]:
    """Arguments whose default is something else. Where a default hangs on other arguments, those
    come first, and it is judged anew after each.
    """
    meant = filled(rtype, written, platform)
    lost = [n for n in differing(rtype, values, meant) if n in here and n not in written]
    plain = [name for name in lost if _is_constant(here[name])]
    return plain or lost[:1]


def _is_constant(attribute: Attribute) -> bool:
    return attribute.default is None or isinstance(attribute.default, Constant)
