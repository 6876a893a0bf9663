"""Attributes and elements of values: `x.name` and `x[key]`."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from reconciler.lang.convert import ConversionError, convert_value
from reconciler.lang.core import (
    List,
    Map,
    Marked,
    Unknown,
    Value,
    is_null,
    of,
    strip,
    with_marks,
)
from reconciler.lang.scope import Namespace, Root
from reconciler.lang.shape import (
    DYNAMIC,
    NUMBER,
    STRING,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    Type,
    word,
)
from reconciler.lang.trouble import Fault

_NO_ATTRIBUTE = "Unsupported attribute"
_BAD_INDEX = "Invalid index"


def solid(root: Root) -> Value:
    """A proper value: the object of all names where `root` is a namespace."""
    return root.whole() if isinstance(root, Namespace) else root


def attribute(of_what: Root, name: str) -> Root:
    """Raises Fault."""
    if isinstance(of_what, dict) and name in of_what:
        return of_what[name]
    if isinstance(of_what, Namespace):
        return _member(of_what, name)
    if isinstance(of_what, Marked):
        with _discreet():
            return with_marks(solid(attribute(of_what.value, name)), of_what.marks)
    if isinstance(of_what, Map) and name in of_what.items:
        return of_what.items[name]
    if isinstance(of_what, Unknown):
        return Unknown(_attribute_type(of_what.type, name))
    raise _no_attribute(of_what, name)


def entry(of_what: Root, key: Value) -> Root:
    """Raises Fault."""
    if isinstance(of_what, Namespace) and of_what.indexed and type(key) in (str, int):
        with suppress(KeyError):
            return of_what.get(str(key))
    return element(solid(of_what), key)


def _member(space: Namespace, name: str) -> Root:
    try:
        return space.get(name)
    except KeyError:
        raise Fault(
            "unknown-name",
            f"Unknown {space.noun}",
            f'There is no {space.noun} named "{name}" here.',
            wrong=name,
            candidates=space.names,
        ) from None


def _attribute_type(shape: Type, name: str) -> Type:
    if shape is DYNAMIC:
        return DYNAMIC
    if isinstance(shape, MapType):
        return shape.element
    if isinstance(shape, ObjectType) and name in shape.by_name:
        return shape.by_name[name]
    raise _wrong_kind(shape, name)


def _no_attribute(value: Value, name: str) -> Fault:
    if is_null(value):
        return Fault(
            "null-value",
            "Attribute of a null value",
            f'This value is null, so it has no attribute "{name}". Make sure that it is set, or '
            "give a default with try().",
        )
    if isinstance(value, dict):
        return _missing(name, list(value))
    if isinstance(value, Map):
        known = list(value.items)
        return Fault(
            "missing-map-element",
            "Missing map element",
            f'This map has no element with the key "{name}".',
            wrong=name,
            candidates=lambda: known,
        )
    return _wrong_kind(of(value), name)


def _missing(name: str, known: list[str]) -> Fault:
    return Fault(
        "unsupported-attribute",
        _NO_ATTRIBUTE,
        f'This object has no attribute named "{name}".',
        wrong=name,
        candidates=lambda: known,
    )


def _wrong_kind(shape: Type, name: str) -> Fault:
    if isinstance(shape, ObjectType):
        return _missing(name, [known for known, _ in shape.attributes])
    cure = "Only objects and maps have attributes."
    if isinstance(shape, ListType | TupleType | SetType):
        cure = f"Take one element first, as in [0].{name}, or that of all with [*].{name}."
    return Fault(
        "unsupported-attribute",
        _NO_ATTRIBUTE,
        f'This value is a {word(shape)}, which has no attribute "{name}". {cure}',
    )


def element(collection: Value, key: Value) -> Value:
    """Raises Fault."""
    (whole, outer), (bare_key, inner) = strip(collection), strip(key)
    if is_null(whole):
        raise Fault(
            "null-value",
            "Index of a null value",
            "This value is null, so it has no elements. Make sure that it is set, or give a "
            "default with try().",
        )
    if is_null(bare_key):
        raise _bad("The key is null. Give the number or name of an element.")
    seen = outer | inner
    if isinstance(whole, Unknown):
        return with_marks(Unknown(_element_type(whole.type)), seen)
    if not seen:
        return _pick(whole, bare_key)
    with _discreet():
        return with_marks(_pick(whole, bare_key), seen)


@contextmanager
def _discreet() -> Iterator[None]:
    """Says nothing of keys, lengths and neighbours in what is sensitive."""
    try:
        yield
    except Fault as fault:
        raise Fault(
            fault.code,
            fault.summary,
            "There is no such element. What there is, is sensitive and therefore not shown.",
        ) from None


def _element_type(shape: Type) -> Type:
    if isinstance(shape, ListType | MapType):
        return shape.element
    if isinstance(shape, TupleType | ObjectType) or shape is DYNAMIC:
        return DYNAMIC
    raise _no_elements(shape)


def _pick(whole: Value, key: Value) -> Value:
    if isinstance(whole, tuple | List):
        return _by_position(whole, key)
    if isinstance(whole, dict | Map):
        return _by_name(whole, key)
    raise _no_elements(of(whole))


def _no_elements(shape: Type) -> Fault:
    if isinstance(shape, SetType):
        return _bad(
            "The elements of a set have no index. Use a for expression, or tolist() where any "
            "order will do."
        )
    return _bad(f"This value is a {word(shape)}, which has no elements.")


def _by_position(whole: tuple[Value, ...] | List, key: Value) -> Value:
    items = whole if isinstance(whole, tuple) else whole.items
    index = _key(key, NUMBER)
    if isinstance(index, Unknown):
        return Unknown(whole.element if isinstance(whole, List) else DYNAMIC)
    if not isinstance(index, int):
        raise _bad("The index of an element must be a whole number.")
    if index < 0:
        raise _bad("A negative number is no index. Use reverse() to count from the end.")
    if index >= len(items):
        many = "no elements" if not items else f"only {len(items)}, counted from 0"
        raise _bad(f"There is no element {index}: the collection has {many}.")
    return items[index]


def _by_name(whole: dict[str, Value] | Map, key: Value) -> Value:
    items = whole if isinstance(whole, dict) else whole.items
    name = _key(key, STRING)
    if isinstance(name, Unknown):
        return Unknown(whole.element if isinstance(whole, Map) else DYNAMIC)
    assert isinstance(name, str)
    if name in items:
        return items[name]
    known = list(items)
    raise Fault(
        "invalid-index",
        _BAD_INDEX,
        f'There is no element with the key "{name}".',
        wrong=name,
        candidates=lambda: known,
    )


def _key(key: Value, wanted: Type) -> Value:
    try:
        return convert_value(key, wanted)
    except ConversionError as problem:
        raise _bad(f"The key does not fit: {problem}.") from None


def _bad(detail: str) -> Fault:
    return Fault("invalid-index", _BAD_INDEX, detail)
