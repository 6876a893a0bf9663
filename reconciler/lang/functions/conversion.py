"""Functions that change a value's type or its marks."""

from typing import Final

from reconciler.lang.convert import ConversionError, convert_value
from reconciler.lang.core import (
    CONTAINERS,
    EPHEMERAL,
    SENSITIVE,
    Null,
    Value,
    mark,
    of,
    rebuild,
    strip,
    with_marks,
)
from reconciler.lang.functions.declare import Function, FunctionError, Parameter, function
from reconciler.lang.shape import BOOL, DYNAMIC, NUMBER, STRING, ListType, MapType, SetType, Type

_OPEN: Final = Parameter("v", null=True, marks=True, partial=True, unknown=True)


def _to(wanted: Type, doc: str) -> Function:
    def body(value: Value) -> Value:
        try:
            return convert_value(value, wanted)
        except ConversionError as problem:
            raise FunctionError(str(problem), 0) from None

    body.__doc__ = doc
    return function(_OPEN, returns=wanted)(body)


tostring = _to(STRING, "The value as a string.")
tonumber = _to(NUMBER, "The value as a number.")
tobool = _to(BOOL, "The value as true or false.")
tolist = _to(ListType(DYNAMIC), "The value as a list whose elements have one type.")
toset = _to(SetType(DYNAMIC), "The value as a set: without order, without repetitions.")
tomap = _to(MapType(DYNAMIC), "The value as a map whose elements have one type.")


@function(_OPEN)
def sensitive(value: Value) -> Value:
    """The value, from now on not shown."""
    return mark(value, SENSITIVE)


@function(_OPEN)
def nonsensitive(value: Value) -> Value:
    """The value, from now on shown: only where it gives nothing away."""
    bare, seen = strip(value)
    return with_marks(bare, seen - {SENSITIVE})


@function(_OPEN, returns=BOOL)
def issensitive(value: Value) -> Value:
    """Whether the value itself is sensitive."""
    return SENSITIVE in strip(value)[1]


@function(_OPEN)
def ephemeralasnull(value: Value) -> Value:
    """The value with everything ephemeral in it replaced by null."""
    bare, seen = strip(value)
    if EPHEMERAL in seen:
        return with_marks(Null(of(bare)), seen - {EPHEMERAL})
    if isinstance(bare, CONTAINERS):
        bare = rebuild(bare, ephemeralasnull.body)
    return with_marks(bare, seen)
