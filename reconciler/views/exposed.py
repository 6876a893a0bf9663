"""Canonical values as plain JSON: what other expressions would see of them."""

from collections.abc import Mapping
from fractions import Fraction

from reconciler.model.anything import Anything
from reconciler.model.values import UNKNOWN, Canonical, Sealed, Secret, Values
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


def unknown(given: Values | None) -> Json:
    """`true` for each value known only after apply, down to the parts of values of any type."""
    return _true({name: _unknown(value) for name, value in sorted((given or {}).items())})


def _unknown(value: Canonical) -> object:
    return tree.places(value, value.unknown) if isinstance(value, Anything) else value is UNKNOWN


def _true(marks: Mapping[str, object]) -> Json:
    return {name: mark for name, mark in marks.items() if mark is not False}


def flags(names: frozenset[str], given: Values | None, type_name: str, types: Types) -> Json:
    """`true` for each sensitive value that is there, or part of it, and for every secret."""
    known = _attributes(type_name, types)
    secret = {name for name, attribute in known.items() if attribute.kind.is_secret}
    hidden = names | secret
    return _true({n: _sensitive(n, value, hidden) for n, value in sorted((given or {}).items())})


def _sensitive(name: str, value: Canonical, hidden: frozenset[str]) -> object:
    if isinstance(value, Anything):
        return tree.places(value, value.sensitive)
    return name in hidden
