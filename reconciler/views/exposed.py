"""Canonical values as plain JSON: what other expressions would see of them."""

from collections.abc import Mapping
from fractions import Fraction

from reconciler.model.values import UNKNOWN, Canonical, Sealed, Secret, Values
from reconciler.schema.attribute import Attribute
from reconciler.views.hcl import Types

Json = dict[str, object]


def values(given: Values, type_name: str, types: Types) -> Json:
    """Every known value by name, sorted; unknown ones are left out, secrets are null."""
    known = _attributes(type_name, types)
    return {
        name: plain(given[name], known.get(name))
        for name in sorted(given)
        if given[name] is not UNKNOWN
    }


def _attributes(type_name: str, types: Types) -> Mapping[str, Attribute]:
    return types[type_name].by_name if type_name in types else {}


def plain(value: Canonical, attribute: Attribute | None) -> object:
    if value is None or isinstance(value, Secret | Sealed) or (attribute and attribute.write_only):
        return None
    return _json(attribute.kind.expose(value) if attribute else value)


def _json(value: object) -> object:
    match value:
        case None | bool() | int() | str():
            return value
        case Fraction():
            return int(value) if value.denominator == 1 else float(value)
        case tuple() | list() | frozenset():
            return [_json(item) for item in value]
        case dict():
            return {str(key): _json(item) for key, item in value.items()}
        case _:
            return str(value)


def unknown(given: Values | None) -> Json:
    """`true` for each value known only after apply."""
    return {name: True for name in sorted(given or ()) if (given or {})[name] is UNKNOWN}


def flags(names: frozenset[str], given: Values | None, type_name: str, types: Types) -> Json:
    """`true` for each sensitive value that is there, and for every secret."""
    known = _attributes(type_name, types)
    return {
        name: True
        for name in sorted(given or ())
        if name in names or (name in known and known[name].kind.is_secret)
    }
