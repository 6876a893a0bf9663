"""Values: what expressions evaluate to.

Primitives are bare Python values: str, bool, int, Fraction (and float for the infinities). A
tuple is a Python tuple, an object a dict sorted by name; list, set and map know the type of
their elements. Null of no type is None. All are treated as frozen: nobody changes a dict in place.
"""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction
from typing import Final, TypeAlias

from reconciler.lang.shape import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    Type,
)
from reconciler.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Null:
    """Null of a known type."""

    type: Type


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value of a known type that will be known only after apply."""

    type: Type


@dataclass(frozen=True, slots=True)
class List:
    element: Type
    items: tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Set:
    """`items` without repetition, in Terraform's order, and free of marks and unknowns."""

    element: Type
    items: tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Map:
    """`items` sorted by key."""

    element: Type
    items: Mapping[str, "Value"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A value with marks; `value` itself is not Marked, though values inside it may be."""

    value: "Value"
    marks: frozenset[str]


Value: TypeAlias = (
    str
    | bool
    | int
    | Fraction
    | float
    | Null
    | Unknown
    | List
    | Set
    | Map
    | Marked
    | tuple["Value", ...]
    | dict[str, "Value"]
    | None
)

SENSITIVE: Final = "sensitive"
EPHEMERAL: Final = "ephemeral"
NO_MARKS: Final[frozenset[str]] = frozenset()
CONTAINERS: Final = (tuple, dict, List, Set, Map)
_PLAIN: Final = frozenset({str, int, bool, Fraction})


def unknown(type: Type) -> Value:  # noqa: A002 - the word that users of this module say
    return Unknown(type)


def text(raw: str) -> str:
    """`raw` in the one Unicode form (NFC) in which strings are kept and compared."""
    return raw if raw.isascii() else unicodedata.normalize("NFC", raw)


def is_null(value: Value) -> bool:
    """Whether `value` is null, marked or not."""
    bare = value.value if isinstance(value, Marked) else value
    return bare is None or isinstance(bare, Null)


def inside(value: Value) -> Collection[Value]:
    """The values directly inside a container; nothing for the rest."""
    if isinstance(value, tuple):
        return value
    if isinstance(value, dict):
        return value.values()
    if isinstance(value, Map):
        return value.items.values()
    return value.items if isinstance(value, List | Set) else ()


def structured(value: Value) -> list[Value]:
    """What is directly inside `value` and may hold, or hide, more: no texts, numbers, bools."""
    return [item for item in inside(value) if type(item) not in _PLAIN]


def is_known(value: Value) -> bool:
    """Whether `value` is known through and through."""
    if isinstance(value, Marked):
        value = value.value
    if isinstance(value, Unknown):
        return False
    return not isinstance(value, CONTAINERS) or all(map(is_known, structured(value)))


def strip(value: Value) -> tuple[Value, frozenset[str]]:
    """`value` without its own marks, and these; marks deeper inside stay."""
    return (value.value, value.marks) if isinstance(value, Marked) else (value, NO_MARKS)


def with_marks(value: Value, names: frozenset[str]) -> Value:
    if not names:
        return value
    if isinstance(value, Marked):
        return value if names <= value.marks else Marked(value.value, value.marks | names)
    return Marked(value, names)


def mark(value: Value, name: str) -> Value:
    return with_marks(value, frozenset((name,)))


def marks(value: Value) -> frozenset[str]:
    """The marks of `value` and of everything inside it."""
    value, own = strip(value)
    if isinstance(value, CONTAINERS):
        return own.union(*map(marks, structured(value)))
    return own


def unmark(value: Value) -> Value:
    """`value` without any mark, at any depth."""
    if isinstance(value, Marked):
        value = value.value
    if not isinstance(value, CONTAINERS) or not marks(value):
        return value
    return rebuild(value, unmark)


def rebuild(value: Value, change: Callable[[Value], Value]) -> Value:
    """`value` with `change` applied to each value directly inside it; types stay."""
    if isinstance(value, tuple):
        return tuple(change(item) for item in value)
    if isinstance(value, dict):
        return {name: change(item) for name, item in value.items()}
    if isinstance(value, Map):
        return Map(value.element, {name: change(item) for name, item in value.items.items()})
    if isinstance(value, List):
        return List(value.element, tuple(change(item) for item in value.items))
    if isinstance(value, Set):
        return Set(value.element, tuple(change(item) for item in value.items))
    return value


_SCALARS: Final[Mapping[type, Type]] = {
    str: STRING,
    bool: BOOL,
    int: NUMBER,
    Fraction: NUMBER,
    float: NUMBER,
    type(None): DYNAMIC,
}


def of(value: Value) -> Type:
    """The type of `value`, whatever its marks."""
    scalar = _SCALARS.get(type(value))
    return scalar if scalar is not None else _structured(value)


def _structured(value: Value) -> Type:
    match value:
        case Marked():
            return of(value.value)
        case Null() | Unknown():
            return value.type
        case tuple():
            return TupleType(tuple(map(of, value)))
        case dict():
            return ObjectType(tuple((name, of(item)) for name, item in value.items()))
        case List():
            return ListType(value.element)
        case Set():
            return SetType(value.element)
        case Map():
            return MapType(value.element)
        case _:  # -0 and other subclasses of int
            return NUMBER


def make_object(attributes: Mapping[str, Value]) -> dict[str, Value]:
    return dict(sorted(attributes.items()))


def make_map(element: Type, items: Mapping[str, Value]) -> Map:
    return Map(element, dict(sorted(items.items())))


def set_of_strings(strings: Iterable[str]) -> Value:
    return Set(STRING, tuple(sorted({text(item) for item in strings})))
