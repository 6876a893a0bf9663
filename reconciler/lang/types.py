"""Types in one place: what they are, how values get them, and how they are written."""

from reconciler.lang.constraint import Defaults, TypeConstraint, convert, parse_constraint
from reconciler.lang.convert import ConversionError
from reconciler.lang.core import of
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
    from_json,
    object_type,
    show,
    to_json,
    word,
)
from reconciler.lang.unify import convertible, unify

__all__ = [
    "BOOL",
    "DYNAMIC",
    "NUMBER",
    "STRING",
    "ConversionError",
    "Defaults",
    "ListType",
    "MapType",
    "ObjectType",
    "Primitive",
    "SetType",
    "TupleType",
    "Type",
    "TypeConstraint",
    "convert",
    "convertible",
    "from_json",
    "object_type",
    "of",
    "parse_constraint",
    "show",
    "to_json",
    "unify",
    "word",
]
