"""Functions that choose an element of a collection, or say something about one."""

from typing import Final

from reconciler.lang.compare import equal
from reconciler.lang.core import (
    CONTAINERS,
    List,
    Null,
    Set,
    Unknown,
    Value,
    inside,
    is_null,
    of,
    strip,
    with_marks,
)
from reconciler.lang.functions.declare import (
    FunctionError,
    Parameter,
    anything,
    function,
)
from reconciler.lang.functions.sequences import common, converted, elements
from reconciler.lang.functions.text import graphemes
from reconciler.lang.shape import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListType,
    TupleType,
)

_BOOLS: Final = Parameter("list", ListType(BOOL))
_STRINGS: Final = Parameter("list", ListType(STRING))
_ANY: Final = Parameter("vals", null=True, marks=True, partial=True, unknown=True)
_SEQUENCE: Final = Parameter("list", marks=True, partial=True)


@function(_BOOLS, returns=BOOL)
def alltrue(given: List) -> Value:
    """Whether all elements are true, as they are where there is none."""
    return all(item is True for item in given.items)


@function(_BOOLS, returns=BOOL)
def anytrue(given: List) -> Value:
    """Whether at least one element is true."""
    return any(item is True for item in given.items)


@function(rest=_ANY)
def coalesce(*vals: Value) -> Value:
    """The first argument that is neither null nor an empty string."""
    wanted = common([of(value) for value in vals])
    for value in vals:
        bare, seen = strip(value)
        if isinstance(bare, Unknown):
            return with_marks(Unknown(wanted), seen)
        if not is_null(bare) and bare != "":
            return converted(value, wanted)
    raise FunctionError("all arguments are null or empty strings")


@function(rest=Parameter("vals", null=True, marks=True, partial=True))
def coalescelist(*vals: Value) -> Value:
    """The first argument that is not an empty list."""
    if not vals:
        raise FunctionError("it needs at least one argument")
    for index, value in enumerate(vals):
        bare = strip(value)[0]
        if not isinstance(bare, tuple | List | Set):
            raise FunctionError("every argument must be a list or tuple", index)
        if inside(bare):
            return value
    raise FunctionError("all lists are empty")


@function(anything("list", partial=True), anything("value", partial=True), returns=BOOL)
def contains(given: Value, wanted: Value) -> Value:
    """Whether a list, set or tuple has an element that equals the value."""
    items = elements(given)
    if _are_alike(items, wanted):
        return wanted in items
    answers = [equal(item, wanted) for item in items]
    if any(answer is True for answer in answers):
        return True
    return Unknown(BOOL) if any(isinstance(each, Unknown) for each in answers) else False


def _are_alike(items: tuple[Value, ...], wanted: Value) -> bool:
    """Whether all are texts, or all whole numbers, which Python compares as the language does."""
    kind = type(wanted)
    return kind in (str, int) and all(type(item) is kind for item in items)


@function(anything("list"), anything("value"), returns=NUMBER)
def index(given: Value, wanted: Value) -> Value:
    """The position, from 0, of the first element that equals the value."""
    if isinstance(given, Set):
        raise FunctionError("a list or tuple is required", 0)
    items = elements(given)
    if _are_alike(items, wanted) and wanted in items:
        return items.index(wanted)
    for position, item in enumerate(items):
        if equal(item, wanted) is True:
            return position
    raise FunctionError("there is no such element")


@function(Parameter("value", marks=True, partial=True, unknown=True), returns=NUMBER, light=True)
def length(value: Value) -> Value:
    """The number of elements of a collection, or of characters of a string."""
    bare, seen = strip(value)
    if isinstance(bare, Unknown):
        return with_marks(_unknown_length(bare), seen)
    if isinstance(bare, str):
        return with_marks(len(graphemes(bare)), seen)
    if not isinstance(bare, CONTAINERS):
        raise FunctionError("a string or a collection is required", 0)
    return with_marks(len(inside(bare)), seen)


def _unknown_length(value: Unknown) -> Value:
    if isinstance(value.type, TupleType):
        return len(value.type.elements)
    return Unknown(NUMBER)


@function(_SEQUENCE)
def one(given: Value) -> Value:
    """The only element of a list, or null where it is empty."""
    bare, seen = strip(given)
    if not isinstance(bare, tuple | List | Set):
        raise FunctionError("a list, set or tuple is required", 0)
    items = list(inside(bare))
    if len(items) > 1:
        raise FunctionError("it has more than one element", 0)
    if items:
        return with_marks(items[0], seen)
    empty = None if isinstance(bare, tuple) or bare.element is DYNAMIC else Null(bare.element)
    return with_marks(empty, seen)
