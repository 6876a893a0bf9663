"""Values from one type to another, as Terraform converts them."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from reconciler.lang import number
from reconciler.lang.compare import make_set
from reconciler.lang.core import (
    CONTAINERS,
    List,
    Map,
    Marked,
    Null,
    Set,
    Unknown,
    Value,
    inside,
    make_map,
    make_object,
    of,
    with_marks,
)
from reconciler.lang.shape import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListType,
    MapType,
    ObjectType,
    Primitive,
    SetType,
    TupleType,
    Type,
    is_dynamic,
    parts,
    without_optional,
    word,
)
from reconciler.lang.unify import convertible, element_type

_BOOLS: Final = {"true": True, "false": False}
_PLAIN: Final[Mapping[type, Primitive]] = {str: STRING, int: NUMBER, bool: BOOL, Fraction: NUMBER}


class ConversionError(ValueError):
    """Why a value cannot have a type: a phrase without full stop, with the path to the culprit."""


def convert_value(value: Value, wanted: Type) -> Value:
    """`value` as one of type `wanted`; marks, null and unknown pass through. Raises
    ConversionError.
    """
    if wanted is DYNAMIC or _PLAIN.get(type(value)) is wanted:
        return value
    if isinstance(value, Marked):
        return with_marks(convert_value(value.value, wanted), value.marks)
    if value is None or isinstance(value, Null | Unknown):
        return _placeholder(value, wanted)
    if isinstance(wanted, Primitive):
        return _to_primitive(value, wanted)
    if not isinstance(value, CONTAINERS):
        raise ConversionError(f"{required(wanted)}, not {word(of(value))}")
    if isinstance(wanted, TupleType):
        return _to_tuple(value, wanted)
    if isinstance(wanted, ObjectType):
        return _to_object(value, wanted)
    return _to_collection(value, wanted)


def required(wanted: Type) -> str:
    """`a number is required`."""
    name = word(wanted)
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name} is required"


def _placeholder(value: Null | Unknown | None, wanted: Type) -> Value:
    given = of(value)
    if not convertible(given, wanted):
        raise ConversionError(f"{required(wanted)}, not {word(given)}")
    found = without_optional(wanted)
    if is_dynamic(found):
        found = given if given is not DYNAMIC else found
    return Unknown(found) if isinstance(value, Unknown) else Null(found)


def _to_primitive(value: Value, wanted: Primitive) -> Value:
    given = of(value)
    if given is wanted:
        return value
    if wanted is STRING and isinstance(value, bool):
        return "true" if value else "false"
    if wanted is STRING and given is NUMBER:
        return number.write(value)  # type: ignore[arg-type]  # its type says that it is a number
    if isinstance(value, str):
        return _from_text(value, wanted)
    raise ConversionError(required(wanted))


def _from_text(raw: str, wanted: Primitive) -> Value:
    try:
        return _BOOLS[raw] if wanted is BOOL else number.parse(raw)
    except (KeyError, ValueError):
        raise ConversionError(required(wanted)) from None


def _at(place: str, value: Value, wanted: Type) -> Value:
    """`value` converted; an error in it names the `place`."""
    try:
        return convert_value(value, wanted)
    except ConversionError as problem:
        found = str(problem)
        joint = ", " if found.startswith(("attribute ", "element ")) else ": "
        raise ConversionError(f"{place}{joint}{found}") from None


def _to_tuple(value: Value, wanted: TupleType) -> Value:
    if not isinstance(value, tuple) or len(value) != len(wanted.elements):
        raise ConversionError(f"a tuple of {len(wanted.elements)} elements is required")
    pairs = enumerate(zip(value, wanted.elements, strict=True))
    return tuple(_at(f"element {i}", item, shape) for i, (item, shape) in pairs)


def _to_object(value: Value, wanted: ObjectType) -> Value:
    if not isinstance(value, dict | Map):
        raise ConversionError(f"an object is required, not {word(of(value))}")
    items = value if isinstance(value, dict) else value.items
    missing = [n for n, _ in wanted.attributes if n not in items and n not in wanted.optional]
    if missing:
        names = ", ".join(f'"{name}"' for name in missing)
        plural = "s" if len(missing) > 1 else ""
        raise ConversionError(f"attribute{plural} {names} {'are' if plural else 'is'} required")
    return make_object(
        {
            name: _at(f'attribute "{name}"', items.get(name), shape)
            for name, shape in wanted.attributes
        }
    )


def _to_collection(value: Value, wanted: ListType | SetType | MapType) -> Value:
    keyed = isinstance(value, dict | Map)
    if keyed is not isinstance(wanted, MapType):
        raise ConversionError(f"{required(wanted)}, not {word(of(value))}")
    if isinstance(value, List | Set | Map) and value.element == wanted.element:
        return _collect(value, wanted, tuple(inside(value)), wanted.element)
    element = wanted.element
    if element is DYNAMIC:
        element = _common(value, wanted)
    items = [_at(place, item, element) for place, item in _places(value)]
    if is_dynamic(element):
        items, element = _settled(items, element, wanted)
    return _collect(value, wanted, items, without_optional(element))


def _places(value: Value) -> Iterable[tuple[str, Value]]:
    if isinstance(value, dict | Map):
        items = value if isinstance(value, dict) else value.items
        return [(f'element "{name}"', item) for name, item in items.items()]
    return [(f"element {index}", item) for index, item in enumerate(inside(value))]


def _common(value: Value, wanted: Type) -> Type:
    """The element type for a collection of what `value` holds."""
    if isinstance(value, List | Set | Map):
        return value.element
    shapes = parts(of(value))
    found = element_type(shapes) if shapes else DYNAMIC
    if found is None:
        raise ConversionError(f"{required(wanted)}: the elements have no type in common")
    return found


def _settled(items: list[Value], element: Type, wanted: Type) -> tuple[list[Value], Type]:
    """`items` brought to one type where `element` left a part of it open."""
    shapes = [of(item) for item in items]
    found = element_type(shapes) if shapes else element
    if found is None:
        raise ConversionError(f"{required(wanted)}: the elements have no type in common")
    return [convert_value(item, found) for item in items], found


def _collect(value: Value, wanted: Type, items: Sequence[Value], element: Type) -> Value:
    if isinstance(wanted, SetType):
        return make_set(element, items)
    if isinstance(wanted, ListType):
        return List(element, tuple(items))
    names = value if isinstance(value, dict) else value.items if isinstance(value, Map) else {}
    return make_map(element, dict(zip(names, items, strict=True)))
