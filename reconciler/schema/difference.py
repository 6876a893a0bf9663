"""Which arguments differ between two objects, as planning sees it. Knows no plan."""

from collections.abc import Iterable
from functools import lru_cache

from reconciler.model.values import Canonical, Values, is_open
from reconciler.schema.attribute import Attribute, OnChange, Presence
from reconciler.schema.kind import Kind
from reconciler.schema.resource_type import ResourceType


@lru_cache(maxsize=64)
def _compared(rtype: ResourceType) -> tuple[tuple[str, Kind], ...]:
    return tuple((a.name, a.kind) for a in rtype.attributes if _counts(a))


def _counts(attribute: Attribute) -> bool:
    computed = attribute.presence is Presence.COMPUTED
    return not computed and attribute.on_change is not OnChange.IGNORE


def same(kind: Kind, one: Canonical, other: Canonical) -> bool:
    """Whether Exchange would see no difference: null is the kind's `empty`, and case may not
    count, and what is `unasked` does not. Secrets must be Sealed by the caller.
    """
    if one == other:
        return True
    one, other = (_asked(kind, kind.empty if v is None else v) for v in (one, other))
    if kind.fold is None:
        return one == other
    return kind.fold(one) == kind.fold(other)


def body(rtype: ResourceType, values: Values) -> tuple[Canonical, ...] | None:
    """What two objects have in common that are the same but for their names: all arguments that
    count, without those whose default is what is there. None while some of it is unknown.
    """
    kept = (Presence.KEPT, Presence.COMPUTED)
    found = tuple(
        _folded(kind, values.get(name))
        for name, kind in _compared(rtype)
        if name not in rtype.identity and rtype.by_name[name].presence not in kept
    )
    return None if any(is_open(value) for value in found) else found


def _folded(kind: Kind, value: Canonical) -> Canonical:
    value = _asked(kind, kind.empty if value is None else value)
    return value if kind.fold is None or is_open(value) else kind.fold(value)


def _asked(kind: Kind, value: Canonical) -> Canonical:
    """`value` without what Exchange adds by itself."""
    if not kind.unasked or not isinstance(value, tuple):
        return value
    return tuple(item for item in value if item not in kind.unasked)


def _is_asked_for(kind: Kind, before: Canonical, after: Canonical) -> bool:
    """Whether something that Exchange may add by itself is wanted and not there."""
    if not kind.unasked or not isinstance(after, tuple):
        return False
    there = before if isinstance(before, tuple) else ()
    return any(item in kind.unasked and item not in there for item in after)


def drifted(rtype: ResourceType, before: Values, after: Values) -> tuple[str, ...]:
    """As `differing`, but of what somebody else did: what nobody asked for is no drift."""
    kinds = rtype.by_name
    return tuple(
        name
        for name in differing(rtype, before, after)
        if not same(kinds[name].kind, before.get(name), after[name])
    )


def differing(rtype: ResourceType, before: Values, after: Values) -> tuple[str, ...]:
    """The arguments in `after` that are not as they were, in the type's order.

    Computed ones, and those that mean something at creation only, never differ. What `after`
    does not hold is left as it is.
    """
    return tuple(
        name
        for name, kind in _compared(rtype)
        if name in after and _differs(kind, before.get(name), after[name])
    )


def _differs(kind: Kind, before: Canonical, after: Canonical) -> bool:
    if before == after:
        return False
    return not same(kind, before, after) or _is_asked_for(kind, before, after)


def travelling(rtype: ResourceType, changed: Iterable[str], after: Values) -> tuple[str, ...]:
    """What one call must carry so that `changed` takes effect: also the arguments coupled to
    them, unchanged as they are, so that Exchange never judges half of a group.
    """
    names = set(changed)
    partners = {n for group in rtype.coupled if not names.isdisjoint(group) for n in group}
    return tuple(a.name for a in rtype.attributes if a.name in names | (partners & after.keys()))
