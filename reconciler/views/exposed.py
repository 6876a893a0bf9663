"""Canonical values as plain JSON: what other expressions would see of them."""

from collections.abc import Mapping
from fractions import Fraction

from reconciler.model.anything import Anything
from reconciler.model.values import UNKNOWN, Canonical, Sealed, Secret, Values, is_open
from reconciler.schema.attribute import Attribute
from reconciler.views import tree
from reconciler.views.hcl import Types

Json = dict[str, object]


def values(given: Values, type_name: str, types: Types) -> Json:
    """Every known value by name, sorted; unknown ones are left out, secrets are null."""
    known = _attributes(type_name, types)
    return {
        name: plain(given[name], known.get(name))
        for name in sorted(given)
        if not _is_unknown(given[name])
    }


def _attributes(type_name: str, types: Types) -> Mapping[str, Attribute]:
    return types[type_name].by_name if type_name in types else {}


def _is_unknown(value: Canonical) -> bool:
    return value is UNKNOWN or (isinstance(value, Anything) and () in value.unknown)


def plain(value: Canonical, attribute: Attribute | None) -> object:
    if isinstance(value, Anything):
        return tree.known(value)
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


def unknown(given: Values | None, type_name: str, types: Types) -> Json:
    """`true` for each value known only after apply; where there is one, lists and maps among the
    others stand with `false` for each of their elements, as Terraform has it.
    """
    given = given or {}
    if not any(map(is_open, given.values())):
        return {}
    known = values(given, type_name, types)
    shapes = {name: _unknown(given[name], known.get(name)) for name in sorted(given)}
    return {name: shape for name, shape in shapes.items() if shape is not False}


def flags(names: frozenset[str], given: Values | None, type_name: str, types: Types) -> Json:
    """`true` for each sensitive value that is there, and for every secret; lists and maps that
    are neither stand with `false` for each of their elements.
    """
    given, known = given or {}, _attributes(type_name, types)
    there = values(given, type_name, types)
    secret = {name for name, attribute in known.items() if attribute.kind.is_secret}
    shapes = {
        name: _sensitive(value, there.get(name, _blank(known, name)), name in names | secret)
        for name, value in sorted(given.items())
    }
    return {name: shape for name, shape in shapes.items() if shape is not False}


def _unknown(value: Canonical, there: object) -> object:
    if isinstance(value, Anything) and value.unknown:
        return tree.places(value, value.unknown)
    return True if value is UNKNOWN else _shape(there)


def _sensitive(value: Canonical, there: object, hidden: bool) -> object:  # noqa: FBT001 (a flag to be shown)
    if isinstance(value, Anything) and value.sensitive:
        return tree.places(value, value.sensitive)
    return hidden or _shape(there)


def _blank(known: Mapping[str, Attribute], name: str) -> object:
    """What stands for a value that is not known: its type alone."""
    is_list = name in known and known[name].kind.hcl_type.startswith(("set(", "list("))
    return [] if is_list else None


def _shape(value: object) -> object:
    """Nothing in `value` is to be flagged."""
    if isinstance(value, list):
        return [_shape(item) for item in value]
    if isinstance(value, dict):
        inner = {name: _shape(item) for name, item in value.items()}
        return {name: shape for name, shape in inner.items() if shape is not False}
    return False
