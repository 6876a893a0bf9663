"""Between Exchange's property bags, canonical values and cmdlet parameters. Sends nothing."""

from collections.abc import Mapping
from functools import lru_cache

from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN, Canonical, Sealed, Secret, Values
from reconciler.schema.attribute import Attribute, Composed, OnChange, Presence
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.resource_type import ResourceType

Encoded = str | int | bool | tuple[str, ...] | Secret | None
"""What a cmdlet parameter takes; None is $null."""


@lru_cache(maxsize=64)
def _readable(rtype: ResourceType, platform: Platform) -> tuple[tuple[str, str, Kind], ...]:
    return tuple(
        (a.name, a.reads, a.kind) for a in rtype.attributes if a.reads and a.exists_on(platform)
    )


@lru_cache(maxsize=64)
def _composed(rtype: ResourceType, platform: Platform) -> tuple[tuple[str, Composed, Kind], ...]:
    return tuple(
        (a.name, a.composed, a.kind)
        for a in rtype.attributes
        if a.composed is not None and a.exists_on(platform)
    )


def decode(
    rtype: ResourceType, record: Mapping[str, object], platform: Platform
) -> dict[str, Canonical]:
    """Canonical values of everything readable. Absent, null and "" mean the kind's `empty`.

    A value that the kind does not know, as a newer server may send, is kept as text.
    """
    found = {
        name: _read(kind, record.get(reads)) for name, reads, kind in _readable(rtype, platform)
    }
    for name, composed, kind in _composed(rtype, platform):
        found[name] = _read(kind, composed(record))
    return found


def _read(kind: Kind, raw: Raw) -> Canonical:
    if raw is None or raw == "":
        return kind.empty
    try:
        return kind.parse(raw)
    except KindError:
        return _as_is(kind, raw)


def _as_is(kind: Kind, raw: Raw) -> Canonical:
    if not kind.is_set:
        return str(raw)
    items = raw if isinstance(raw, (list, tuple)) else (raw,)
    return tuple(sorted({_item(kind, item) for item in items}))


def _item(kind: Kind, item: object) -> str:
    try:
        parsed = kind.parse([item])
    except KindError:
        return str(item)
    return str(parsed[0]) if isinstance(parsed, tuple) and parsed else str(item)


def encode(
    rtype: ResourceType, values: Values, platform: Platform, *, creating: bool = False
) -> dict[str, Encoded]:
    """Cmdlet parameters by name. For a creation nulls are left out, and so is what comes late or the
    parameter set lacks; for an update they clear, and what only a creation takes is left out.
    """
    sent = _sent(rtype, platform, creating)
    left_out = _lacking(rtype, values) | rtype.late(values) if creating else frozenset()
    parameters: dict[str, Encoded] = {}
    for name, value in values.items():
        attribute = sent.get(name)
        if attribute is None or name in left_out:
            continue
        encoded = _encoded(attribute, value)
        if encoded is not None or not creating:
            parameters[attribute.parameter] = encoded
    if creating and rtype.late(values):
        born = ((rtype.by_name[name], value) for name, value in rtype.born.items())
        parameters |= {a.parameter: _encoded(a, value) for a, value in born}
    return parameters


@lru_cache(maxsize=64)
def _sent(rtype: ResourceType, platform: Platform, creating: bool) -> Mapping[str, Attribute]:  # noqa: FBT001 (a key of the cache)
    return {
        a.name: a
        for a in rtype.attributes
        if a.parameter and a.presence is not Presence.COMPUTED and a.exists_on(platform)
        if creating or a.on_change is OnChange.UPDATE
    }


def _lacking(rtype: ResourceType, values: Values) -> frozenset[str]:
    chosen = (s.lacks for s in rtype.parameter_sets if values.get(s.chosen_by) is not None)
    return frozenset().union(*chosen)


def _encoded(attribute: Attribute, value: Canonical) -> Encoded:
    assert value is not UNKNOWN, f"{attribute.name} is still unknown"
    assert not isinstance(value, Sealed), f"{attribute.name} is sealed"
    encoded = attribute.kind.encode(value)
    if encoded is None or isinstance(encoded, (str, int, tuple, Secret)):
        return encoded
    raise TypeError(f"{attribute.name} encodes as {type(encoded).__name__}")
