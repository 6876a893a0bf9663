"""Values to plain data and JSON text, and back. Marks are dropped here: callers look first."""

import json
import math
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from reconciler.lang import number
from reconciler.lang.core import (
    List,
    Map,
    Marked,
    Null,
    Set,
    Unknown,
    Value,
    inside,
    make_object,
    text,
)
from reconciler.model.state import Json

_ESCAPED: Final = re.compile("[<>&\u2028\u2029]")


def plain(value: Value) -> object:
    """`value` as str, int, Fraction, bool, None, list and dict. Raises ValueError if unknown."""
    match value:
        case Marked():
            return plain(value.value)
        case Unknown():
            raise ValueError("the value is not known yet")
        case None | Null():
            return None
        case dict():
            return {name: plain(item) for name, item in value.items()}
        case Map():
            return {name: plain(item) for name, item in value.items.items()}
        case tuple() | List() | Set():
            return [plain(item) for item in inside(value)]
        case _:
            return value


def from_plain(data: object) -> Value:
    """Lists become tuples, mappings objects. Raises ValueError for what is no value."""
    if isinstance(data, str):
        return text(data)
    if data is None or isinstance(data, bool):
        return data
    if isinstance(data, int | Fraction):
        return number.rounded(data)
    if isinstance(data, float):
        return number.from_float(data)
    if isinstance(data, Mapping):
        return make_object({text(str(name)): from_plain(item) for name, item in data.items()})
    if isinstance(data, list | tuple):
        return tuple(from_plain(item) for item in data)
    raise ValueError(f"{type(data).__name__} is no value")


def quote(raw: str) -> str:
    """`raw` as JSON, with the characters escaped that Go's encoder escapes for HTML's sake."""
    quoted = json.dumps(raw, ensure_ascii=False)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def json_text(value: Value) -> str:
    """What jsonencode gives: compact, keys sorted, every digit of a number.

    Raises ValueError for what is unknown or infinite.
    """
    match value:
        case str():
            return quote(value)
        case bool():
            return "true" if value else "false"
        case None | Null():
            return "null"
        case Marked():
            return json_text(value.value)
        case dict():
            return _members(value)
        case Map():
            return _members(value.items)
        case tuple() | List() | Set():
            return "[" + ",".join(map(json_text, inside(value))) + "]"
        case Unknown():
            raise ValueError("the value is not known yet")
        case _:
            return _digits(value)


def _members(items: Mapping[str, Value]) -> str:
    return "{" + ",".join(f"{quote(name)}:{json_text(item)}" for name, item in items.items()) + "}"


def _digits(value: number.Number) -> str:
    if isinstance(value, float):
        raise ValueError("infinity cannot be written as JSON")  # noqa: TRY004 - the value is at fault
    return number.write(value)


def to_json(value: Value) -> Json:
    """`value` as data that `json.dumps` takes: numbers that are not whole become floats where
    these write the same digits, else texts of digits. Raises ValueError as `json_text` does.
    """
    data = plain(value)
    return _jsonable(data)


def _jsonable(data: object) -> Json:
    if isinstance(data, Fraction):
        near = float(data)
        return near if number.from_float(near) == data else number.write(data)
    if isinstance(data, dict):
        return {name: _jsonable(item) for name, item in data.items()}
    if isinstance(data, list):
        return [_jsonable(item) for item in data]
    if isinstance(data, float) and math.isinf(data):
        raise ValueError("infinity cannot be written as JSON")
    return data if isinstance(data, str | int | bool) else None
