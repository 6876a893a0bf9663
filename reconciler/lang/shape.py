"""The types of values: how they are built, spelt, and read back. Knows nothing of values."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from reconciler.model.record import dataclass
from reconciler.model.state import Json


@dataclass(frozen=True, slots=True)
class Primitive:
    """string, number, bool, and "dynamic": the type of null and of what may be anything."""

    name: str


STRING: Final = Primitive("string")
NUMBER: Final = Primitive("number")
BOOL: Final = Primitive("bool")
DYNAMIC: Final = Primitive("dynamic")


@dataclass(frozen=True, slots=True)
class ListType:
    element: "Type"


@dataclass(frozen=True, slots=True)
class SetType:
    element: "Type"


@dataclass(frozen=True, slots=True)
class MapType:
    element: "Type"


@dataclass(frozen=True, slots=True)
class TupleType:
    elements: tuple["Type", ...]


@dataclass(frozen=True, slots=True)
class ObjectType:
    """`attributes` sorted by name; `optional` names those that a conversion may find missing."""

    attributes: tuple[tuple[str, "Type"], ...]
    optional: frozenset[str] = frozenset()

    @property
    def by_name(self) -> dict[str, "Type"]:
        return dict(self.attributes)


Collection: TypeAlias = ListType | SetType | MapType
Type: TypeAlias = Primitive | ListType | SetType | MapType | TupleType | ObjectType

_COLLECTIONS: Final[Mapping[str, type[Collection]]] = {
    "list": ListType,
    "set": SetType,
    "map": MapType,
}
_WORDS: Final = {
    ListType: "list",
    SetType: "set",
    MapType: "map",
    TupleType: "tuple",
    ObjectType: "object",
}


def object_type(
    attributes: Mapping[str, Type], optional: Iterable[str] = frozenset()
) -> ObjectType:
    return ObjectType(tuple(sorted(attributes.items())), frozenset(optional))


def word(shape: Type) -> str:
    """The type in one or a few words, as messages name it: `list of string`, `object`."""
    if isinstance(shape, Primitive):
        return "any single type" if shape is DYNAMIC else shape.name
    if isinstance(shape, ListType | SetType | MapType):
        return f"{_WORDS[type(shape)]} of {word(shape.element)}"
    return _WORDS[type(shape)]


def is_dynamic(shape: Type) -> bool:
    """Whether `shape` leaves anything open, at any depth."""
    if isinstance(shape, Primitive):
        return shape is DYNAMIC
    return any(is_dynamic(part) for part in parts(shape))


def parts(shape: Type) -> tuple[Type, ...]:
    """The types directly inside `shape`."""
    if isinstance(shape, Primitive):
        return ()
    if isinstance(shape, TupleType):
        return shape.elements
    if isinstance(shape, ObjectType):
        return tuple(inner for _, inner in shape.attributes)
    return (shape.element,)


def without_optional(shape: Type) -> Type:
    """`shape` with every attribute required: the type that converted values have."""
    if isinstance(shape, Primitive):
        return shape
    if isinstance(shape, TupleType):
        return TupleType(tuple(map(without_optional, shape.elements)))
    if isinstance(shape, ObjectType):
        return ObjectType(tuple((name, without_optional(t)) for name, t in shape.attributes))
    return type(shape)(without_optional(shape.element))


def show(shape: Type, indent: str = "") -> str:
    """The type as Terraform's console prints it, over several lines where it is structured."""
    if isinstance(shape, Primitive):
        return shape.name
    deeper = indent + "    "
    if isinstance(shape, TupleType):
        rows = [f"{deeper}{show(part, deeper)}," for part in shape.elements]
        return _bracketed("tuple([", rows, indent + "])")
    if isinstance(shape, ObjectType):
        rows = [f"{deeper}{name}: {show(part, deeper)}," for name, part in shape.attributes]
        return _bracketed("object({", rows, indent + "})")
    opening = f"{_WORDS[type(shape)]}("
    inner = show(shape.element, deeper)
    if "\n" in inner or isinstance(shape.element, TupleType | ObjectType):
        return _bracketed(opening, [f"{deeper}{inner},"], indent + ")")
    return f"{opening}{inner})"


def _bracketed(opening: str, rows: list[str], closing: str) -> str:
    return "\n".join([opening, *rows, closing]) if rows else opening + closing.lstrip()


def to_json(shape: Type) -> Json:
    """Terraform's JSON spelling: `"string"`, `["list","string"]`, `["object",{…}]`."""
    if isinstance(shape, Primitive):
        return shape.name
    if isinstance(shape, TupleType):
        return ["tuple", [to_json(part) for part in shape.elements]]
    if isinstance(shape, ObjectType):
        spelt: list[Json] = ["object", {name: to_json(part) for name, part in shape.attributes}]
        return [*spelt, list[Json](sorted(shape.optional))] if shape.optional else spelt
    return [_WORDS[type(shape)], to_json(shape.element)]


def from_json(spelt: Json) -> Type:
    """The type that `to_json` spells as `spelt`. Raises ValueError."""
    match spelt:
        case str():
            return _primitive(spelt)
        case ["tuple", list(elements)]:
            return TupleType(tuple(from_json(part) for part in elements))
        case ["object", dict(attributes)]:
            return object_type({name: from_json(part) for name, part in attributes.items()})
        case ["object", dict(attributes), list(optional)]:
            inner = {name: from_json(part) for name, part in attributes.items()}
            return object_type(inner, map(str, optional))
        case [("list" | "set" | "map") as kind, element]:
            return _COLLECTIONS[str(kind)](from_json(element))
        case _:
            raise ValueError(spelt)


def _primitive(name: str) -> Primitive:
    for known in (STRING, NUMBER, BOOL, DYNAMIC):
        if known.name == name:
            return known
    raise ValueError(name)
