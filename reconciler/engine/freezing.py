"""The door between values of the language and what is remembered of them, with type and marks."""

import json
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from reconciler.lang import number
from reconciler.lang.shape import (
    DYNAMIC,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    Type,
    from_json,
)
from reconciler.lang.shape import to_json as spelt
from reconciler.lang.types import of
from reconciler.lang.value import (
    SENSITIVE,
    List,
    Map,
    Marked,
    Null,
    Set,
    Unknown,
    Value,
    is_null,
    json_text,
    mark,
    unknown,
)
from reconciler.model.anything import Anything, Path
from reconciler.model.record import dataclass


def frozen(value: Value) -> Anything | None:
    """`value` as it can be remembered; None for null. Raises ValueError for an infinity."""
    if is_null(value):
        return None
    found = _Found([], [])
    text = json_text(_bared(value, (), found))
    return Anything(_spelt(of(value)), text, tuple(found.unknown), tuple(found.sensitive))


@lru_cache(maxsize=1024)
def _spelt(shape: Type) -> str:
    return json.dumps(spelt(shape), separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class _Found:
    unknown: list[Path]
    sensitive: list[Path]


def _bared(value: Value, at: Path, found: _Found) -> Value:
    """`value` without marks, null where it is unknown; both are noted. Sets have neither inside."""
    if isinstance(value, Marked):
        if SENSITIVE in value.marks:
            found.sensitive.append(at)
        value = value.value
    match value:
        case Unknown():
            found.unknown.append(at)
            return None
        case dict():
            return _members(value, at, found)
        case Map():
            return _members(value.items, at, found)
        case tuple():
            return _items(value, at, found)
        case List():
            return _items(value.items, at, found)
        case _:
            return value


def _members(items: Mapping[str, Value], at: Path, found: _Found) -> dict[str, Value]:
    return {name: _bared(item, (*at, name), found) for name, item in items.items()}


def _items(items: tuple[Value, ...], at: Path, found: _Found) -> tuple[Value, ...]:
    return tuple(_bared(item, (*at, n), found) for n, item in enumerate(items))


# An object is seen with its argument and with what follows that, which are mostly equal.
@lru_cache(maxsize=4096)
def thawed(value: Anything) -> Value:
    """The value that `frozen` was given."""
    data = json.loads(value.value, parse_float=number.parse, parse_int=number.parse)
    marks = _Marks(frozenset(value.unknown), frozenset(value.sensitive))
    return _built(data, _shape(value.type), (), marks)


@lru_cache(maxsize=1024)
def _shape(text: str) -> Type:
    return from_json(json.loads(text))


@dataclass(frozen=True, slots=True)
class _Marks:
    unknown: frozenset[Path]
    sensitive: frozenset[Path]


def _built(data: object, shape: Type, at: Path, marks: _Marks) -> Value:
    if at in marks.unknown:
        return _blank(shape, at, marks.sensitive)
    built = _null(shape) if data is None else _known(data, shape, at, marks)
    return mark(built, SENSITIVE) if at in marks.sensitive else built


def _null(shape: Type) -> Value:
    return None if shape is DYNAMIC else Null(shape)


def _known(data: object, shape: Type, at: Path, marks: _Marks) -> Value:
    match data, shape:
        case list(), TupleType():
            parts = enumerate(zip(data, shape.elements, strict=True))
            return tuple(_built(item, part, (*at, n), marks) for n, (item, part) in parts)
        case list(), ListType(element):
            return List(
                element,
                tuple(_built(item, element, (*at, n), marks) for n, item in enumerate(data)),
            )
        case list(), SetType(element):
            return Set(
                element,
                tuple(_built(item, element, (*at, n), marks) for n, item in enumerate(data)),
            )
        case dict(), ObjectType():
            return {
                name: _built(data[name], part, (*at, name), marks)
                for name, part in shape.attributes
            }
        case dict(), MapType(element):
            items = {n: _built(item, element, (*at, n), marks) for n, item in data.items()}
            return Map(element, items)
        case _:
            assert isinstance(data, str | bool | int | Fraction)
            return data


def _blank(shape: Type, at: Path, sensitive: frozenset[Path]) -> Value:
    """What is unknown, and sensitive only where it will be, as far as the type foretells parts."""
    below = frozenset(path for path in sensitive if path[: len(at)] == at)
    match shape:
        case _ if not below:
            return unknown(shape)
        case ObjectType() if at not in below:
            return {name: _blank(part, (*at, name), below) for name, part in shape.attributes}
        case TupleType() if at not in below:
            return tuple(_blank(p, (*at, n), below) for n, p in enumerate(shape.elements))
        case _:
            return mark(unknown(shape), SENSITIVE)
