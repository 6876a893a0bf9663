"""Plans, and what else is saved with them, to JSON and back, every field, exactly. Knows no files."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from reconciler.model.address import Address, parse
from reconciler.model.anything import Anything
from reconciler.model.values import UNKNOWN, Canonical, Sealed, Secret, Unknown

Json = Any  # JSON as the standard library reads it


Record = TypeVar("Record")


def encoded(value: object) -> Json:
    kind: Any = type(value)
    return _encoder(kind)(value)


def decoded(kind: type[Record], document: Json) -> Record:
    """What `encoded` made of a `kind`."""
    given: Any = kind
    return cast("Record", _decoder(given)(document))  # the decoder of a type gives that type


@lru_cache(maxsize=256)
def _encoder(kind: Any) -> Callable[[Any], Json]:
    """How values of one class become JSON; scalars stay as they are."""
    if kind in _OWN:
        return _OWN[kind]
    if issubclass(kind, Enum):
        return lambda value: value.value
    # Nearly all of a plan are scalars, which are JSON already.
    if issubclass(kind, tuple | list):
        return lambda items: [i if type(i) in _SCALARS else encoded(i) for i in items]
    if issubclass(kind, frozenset):
        return lambda items: sorted(encoded(item) for item in items)
    if issubclass(kind, Mapping):
        return lambda items: {
            name: i if type(i) in _SCALARS else encoded(i) for name, i in items.items()
        }
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))
        return lambda value: {
            name: i if type(i := getattr(value, name)) in _SCALARS else encoded(i)
            for name in names
        }
    return lambda value: value


_SCALARS = frozenset({str, int, bool, NoneType})


def _refuse(value: object) -> Json:
    raise AssertionError(f"{value!r} may not be stored. This is a bug in reconciler.")


_OWN: Mapping[type, Callable[[Any], Json]] = {
    Address: str,
    Unknown: lambda _: {"?": None},
    Secret: _refuse,
    Anything: lambda value: {"*": [value.type, value.value, value.unknown, value.sensitive]},
    Sealed: lambda value: {"!": [value.open, value.digest]},
}


Decode = Callable[[Json], Any]


@lru_cache(maxsize=256)
def _decoder(kind: Any) -> Decode:
    """How JSON becomes a value of the type `kind`, as the data classes declare it."""
    origin, arguments = get_origin(kind), get_args(kind)
    if kind == Canonical:
        return _canonical
    if kind is Address:
        return parse
    if origin in (Union, UnionType):
        inner = _decoder(next(a for a in arguments if a is not NoneType))
        return lambda raw: None if raw is None else inner(raw)
    if origin in (tuple, frozenset):
        return _sequence(origin, arguments)
    if origin is not None and issubclass(origin, Mapping):
        value = _decoder(arguments[1])
        return lambda raw: {name: value(item) for name, item in raw.items()}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return _object(kind) if is_dataclass(kind) else lambda raw: raw


def _sequence(origin: Any, arguments: tuple[Any, ...]) -> Decode:
    if origin is tuple and Ellipsis not in arguments:
        parts = [_decoder(a) for a in arguments]
        return lambda raw: tuple(part(item) for part, item in zip(parts, raw, strict=True))
    item_of = _decoder(arguments[0])
    return lambda raw: origin(item_of(item) for item in raw)


def _object(kind: Any) -> Decode:
    hints = get_type_hints(kind)
    parts = {f.name: _decoder(hints[f.name]) for f in fields(kind)}
    return lambda raw: kind(**{name: decode(raw[name]) for name, decode in parts.items()})


def _canonical(raw: Json) -> Canonical:
    if isinstance(raw, list):
        return tuple(raw)
    if isinstance(raw, dict):
        if "*" in raw:
            kind, text, *places = raw["*"]
            return Anything(kind, text, *(tuple(map(tuple, paths)) for paths in places))
        return UNKNOWN if "?" in raw else Sealed(*raw["!"])
    return cast("Canonical", raw)  # a scalar: JSON keeps str, int, bool and null apart
