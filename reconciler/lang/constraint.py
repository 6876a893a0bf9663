"""Type constraints as they are written: `object({ port = optional(number, 25) })`."""

from collections.abc import Mapping
from dataclasses import field
from typing import Final

from reconciler.lang.convert import ConversionError, convert_value
from reconciler.lang.core import List, Map, Marked, Set, Value, is_null, make_object, with_marks
from reconciler.lang.evaluate import evaluate
from reconciler.lang.scope import EMPTY
from reconciler.lang.shape import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Collection,
    ListType,
    MapType,
    ObjectType,
    SetType,
    TupleType,
    Type,
    object_type,
)
from reconciler.lang.syntax import Call, Expr, Literal, Name, Object, Text, Tuple
from reconciler.model.diagnostic import Collector, ReconcilerError, error
from reconciler.model.record import dataclass

_EACH: Final = "*"
_SIMPLE: Final = {"string": STRING, "number": NUMBER, "bool": BOOL, "any": DYNAMIC}
_BARE: Final[Mapping[str, Type]] = {"list": ListType(DYNAMIC), "map": MapType(DYNAMIC)}
_OF: Final[Mapping[str, type[Collection]]] = {"list": ListType, "set": SetType, "map": MapType}
_CURE: Final = (
    "Use string, number, bool, any, list(…), set(…), map(…), tuple([…]) or object({…}), with "
    "optional(…) around the types of attributes that may be left out."
)


@dataclass(frozen=True, slots=True)
class Defaults:
    """Values for attributes left out, by name; `inner` ones by attribute name or position, or
    under "*" for the elements of a collection.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    inner: Mapping[str, "Defaults"] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.values or self.inner)


@dataclass(frozen=True, slots=True)
class TypeConstraint:
    """A type, and the defaults of the optional attributes inside it."""

    type: Type
    defaults: Defaults = Defaults()


def convert(value: Value, wanted: Type | TypeConstraint) -> Value:
    """`value` as `wanted`, defaults filled in. Raises ConversionError."""
    if not isinstance(wanted, TypeConstraint):
        return convert_value(value, wanted)
    filled = _fill(value, wanted.type, wanted.defaults) if wanted.defaults else value
    return convert_value(filled, wanted.type)


def _fill(value: Value, shape: Type, defaults: Defaults | None) -> Value:
    """`value` with the defaults put in, before it is converted."""
    if isinstance(value, Marked):
        return with_marks(_fill(value.value, shape, defaults), value.marks)
    if not defaults:
        return value
    if isinstance(shape, ObjectType) and isinstance(value, dict | Map):
        return _fill_object(value if isinstance(value, dict) else value.items, shape, defaults)
    if isinstance(shape, TupleType) and isinstance(value, tuple):
        numbered = enumerate(zip(value, shape.elements, strict=False))
        return tuple(_fill(v, s, defaults.inner.get(str(i))) for i, (v, s) in numbered)
    if isinstance(shape, ListType | SetType | MapType):
        return _fill_elements(value, shape, defaults.inner[_EACH])
    return value


def _fill_object(items: Mapping[str, Value], shape: ObjectType, defaults: Defaults) -> Value:
    filled = dict(items)
    for name, inner in shape.attributes:
        if name in defaults.values and is_null(filled.get(name)):
            filled[name] = defaults.values[name]
        if name in filled:
            filled[name] = _fill(filled[name], inner, defaults.inner.get(name))
    return make_object(filled)


def _fill_elements(value: Value, shape: Collection, defaults: Defaults) -> Value:
    # Elements may get different types here: tuples and objects until the conversion that follows.
    if isinstance(value, dict | Map):
        items = value if isinstance(value, dict) else value.items
        return {name: _fill(item, shape.element, defaults) for name, item in items.items()}
    if isinstance(value, tuple | List | Set):
        elements = value if isinstance(value, tuple) else value.items
        return tuple(_fill(item, shape.element, defaults) for item in elements)
    return value


def parse_constraint(expr: Expr, problems: Collector) -> TypeConstraint | None:
    """The constraint that `expr` writes; None where it is wrong, which `problems` then tell."""
    if isinstance(expr, Name) and expr.name in _BARE:
        return TypeConstraint(_BARE[expr.name])
    return _parse(expr, problems)


def _parse(expr: Expr, problems: Collector) -> TypeConstraint | None:
    match expr:
        case Name(name=name) if name in _SIMPLE:
            return TypeConstraint(_SIMPLE[name])
        case Call(name=name, arguments=(element,)) if name in _OF:
            return _collection(_OF[name], _parse(element, problems))
        case Call(name="tuple", arguments=(Tuple(items=items),)):
            return _tuple([_parse(item, problems) for item in items])
        case Call(name="object", arguments=(Object() as body,)):
            return _object(body, problems)
        case Call(name="optional"):
            what = "optional() may stand only around the type of an attribute."
            return _refuse(expr, what, problems)
        case _:
            return _refuse(expr, "This is no type.", problems)


def _refuse(expr: Expr, what: str, problems: Collector) -> TypeConstraint | None:
    problems.add(error("invalid-type", "Invalid type", f"{what} {_CURE}", expr.span))
    return None


def _collection(kind: type[Collection], element: TypeConstraint | None) -> TypeConstraint | None:
    if element is None:
        return None
    inner = {_EACH: element.defaults} if element.defaults else {}
    return TypeConstraint(kind(element.type), Defaults(inner=inner))


def _tuple(elements: list[TypeConstraint | None]) -> TypeConstraint | None:
    found = [element for element in elements if element is not None]
    if len(found) < len(elements):
        return None
    inner = {str(i): each.defaults for i, each in enumerate(found) if each.defaults}
    return TypeConstraint(TupleType(tuple(each.type for each in found)), Defaults(inner=inner))


@dataclass(slots=True)
class _Attributes:
    """What has been read of an object type so far."""

    types: dict[str, Type] = field(default_factory=dict)
    optional: set[str] = field(default_factory=set)
    values: dict[str, Value] = field(default_factory=dict)
    inner: dict[str, Defaults] = field(default_factory=dict)


def _object(body: Object, problems: Collector) -> TypeConstraint | None:
    seen = _Attributes()
    whole = True
    for key, expr in body.items:
        name = _attribute_name(key)
        if name is None or name in seen.types:
            _refuse(key, "Each attribute needs a name of its own, written plainly.", problems)
            whole = False
        else:
            whole = _attribute(seen, name, expr, problems) and whole
    if not whole:
        return None
    shape = object_type(seen.types, seen.optional)
    return TypeConstraint(shape, Defaults(seen.values, seen.inner))


def _attribute_name(key: Expr) -> str | None:
    match key:
        case Text(value=name) | Name(name=name):
            return name
        case Literal(value=int() as whole):
            return str(whole)
        case _:
            return None


def _attribute(seen: _Attributes, name: str, expr: Expr, problems: Collector) -> bool:
    """Whether the attribute could be read."""
    default: Expr | None = None
    if isinstance(expr, Call) and expr.name == "optional" and len(expr.arguments) in {1, 2}:
        seen.optional.add(name)
        default = expr.arguments[1] if len(expr.arguments) == 2 else None  # noqa: PLR2004 - type and default
        expr = expr.arguments[0]
    found = _parse(expr, problems)
    if found is None:
        return False
    seen.types[name] = found.type
    if found.defaults:
        seen.inner[name] = found.defaults
    return default is None or _default(seen, name, default, found, problems)


def _default(
    seen: _Attributes, name: str, expr: Expr, wanted: TypeConstraint, problems: Collector
) -> bool:
    try:
        seen.values[name] = convert(evaluate(expr, EMPTY), wanted)
    except ReconcilerError as trouble:
        problems.add(*trouble.diagnostics)
        return False
    except ConversionError as trouble:
        detail = f'The default of attribute "{name}" does not fit: {trouble}. Change one of them.'
        problems.add(error("invalid-default", "Invalid default", detail, expr.span))
        return False
    return True
