"""Functions that make lists of lists."""

from itertools import count, takewhile
from typing import Final

from reconciler.lang.compare import identity
from reconciler.lang.core import (
    List,
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
    function,
    number,
)
from reconciler.lang.functions.sequences import common, converted, strings
from reconciler.lang.functions.text import whole
from reconciler.lang.limits import MOST_ELEMENTS
from reconciler.lang.number import Number, rounded
from reconciler.lang.shape import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListType,
    SetType,
    TupleType,
    Type,
    word,
)

_BOOLS: Final = Parameter("list", ListType(BOOL))
_STRINGS: Final = Parameter("list", ListType(STRING))
_ANY: Final = Parameter("vals", null=True, marks=True, partial=True, unknown=True)
_SEQUENCE: Final = Parameter("list", marks=True, partial=True)


@function(Parameter("list", ListType(DYNAMIC), partial=True), number("size"))
def chunklist(given: List, size: Number) -> Value:
    """The list cut into lists of at most that many elements; all in one for size 0."""
    width = whole(size, 1)
    if width < 0:
        raise FunctionError("the size must not be negative", 1)
    step = width or len(given.items) or 1
    starts = range(0, len(given.items), step)
    chunks = [List(given.element, given.items[start : start + step]) for start in starts]
    return List(ListType(given.element), tuple(chunks))


@function(rest=Parameter("seqs", marks=True, partial=True))
def concat(*seqs: Value) -> Value:
    """One list of the elements of all."""
    if not seqs:
        raise FunctionError("it needs at least one argument")
    bare = [strip(each)[0] for each in seqs]
    for index, each in enumerate(bare):
        if not isinstance(each, tuple | List):
            raise FunctionError(f"a list or tuple is required, not {word(of(each))}", index)
    seen = frozenset[str]().union(*(strip(each)[1] for each in seqs))
    return with_marks(_concatenated(bare), seen)


def _concatenated(bare: list[Value]) -> Value:
    if all(isinstance(each, List) for each in bare):
        try:
            wanted = common([of(each) for each in bare])
        except FunctionError:
            wanted = DYNAMIC
        if isinstance(wanted, ListType):
            lists = [converted(each, wanted) for each in bare]
            return List(wanted.element, tuple(item for each in lists for item in inside(each)))
    return tuple(item for each in bare for item in inside(each))


@function(Parameter("list", ListType(DYNAMIC)))
def distinct(given: List) -> Value:
    """The list without repetitions: the first of equal elements stays."""
    kept: dict[str | None, Value] = {}
    for item in given.items:
        kept.setdefault(identity(item), item)
    return List(given.element, tuple(kept.values()))


@function(_SEQUENCE, number("index"), light=True)
def element(given: Value, index: Number) -> Value:
    """An element of a list; counting goes on from the start behind the last one."""
    bare, seen = strip(given)
    if not isinstance(bare, tuple | List):
        raise FunctionError(f"a list or tuple is required, not {word(of(bare))}", 0)
    at = whole(index, 1)
    items = bare if isinstance(bare, tuple) else bare.items
    if at < 0:
        raise FunctionError("the index must not be negative", 1)
    if not items:
        raise FunctionError("the list is empty", 0)
    return with_marks(items[at % len(items)], seen)


@function(_SEQUENCE)
def flatten(given: Value) -> Value:
    """A tuple of the elements, with those of the lists inside in their place, at every depth."""
    bare, seen = strip(given)
    if not isinstance(bare, tuple | List | Set):
        raise FunctionError("a list, set or tuple is required", 0)
    flat: list[Value] = []
    inner = _flatten(bare, flat)
    if inner is None:
        return with_marks(Unknown(DYNAMIC), seen)
    return with_marks(tuple(flat), seen | inner)


def _flatten(given: Value, flat: list[Value]) -> frozenset[str] | None:
    """Adds to `flat`; the marks of the lists gone through, or None where one is unknown."""
    seen = frozenset[str]()
    for item in inside(given):
        bare, own = strip(item)
        if isinstance(bare, Unknown) and _may_be_list(bare.type):
            return None
        if not isinstance(bare, tuple | List | Set):
            flat.append(item)
            continue
        inner = _flatten(bare, flat)
        if inner is None:
            return None
        seen |= own | inner
    return seen


def _may_be_list(shape: Type) -> bool:
    return shape is DYNAMIC or isinstance(shape, ListType | SetType | TupleType)


@function(rest=Parameter("params", NUMBER), returns=ListType(NUMBER))
def range_(*params: Number) -> Value:
    """Numbers from a start (0 if not given) up to an end, by steps (1 if not given)."""
    start, end, step = _bounds(params)
    if any(isinstance(each, float) for each in (start, end, step)):
        raise FunctionError("the limits must be finite")
    if (end - start) > step * MOST_ELEMENTS if step > 0 else (end - start) < step * MOST_ELEMENTS:
        raise FunctionError(f"it would give more than {MOST_ELEMENTS:,} numbers")
    if isinstance(start, int) and isinstance(end, int) and isinstance(step, int):
        return List(NUMBER, tuple(range(start, end, step)))
    numbers = (start + step * i for i in count())
    inner = takewhile(lambda each: each < end if step > 0 else each > end, numbers)
    return List(NUMBER, tuple(rounded(each) for each in inner))  # type: ignore[arg-type]  # finite


def _bounds(params: tuple[Number, ...]) -> tuple[Number, Number, Number]:
    match params:
        case (end,):
            return 0, end, 1 if end >= 0 else -1
        case (start, end):
            return start, end, 1 if end >= start else -1
        case (start, end, step):
            _check_step(start, end, step)
            return start, end, step
        case _:
            raise FunctionError("it takes one, two or three numbers")


def _check_step(start: Number, end: Number, step: Number) -> None:
    if step == 0:
        raise FunctionError("the step must not be zero", 2)
    if (end < start) if step > 0 else (end > start):
        raise FunctionError("the step leads away from the end", 2)


@function(_SEQUENCE)
def reverse(given: Value) -> Value:
    """The elements in reverse order."""
    bare, seen = strip(given)
    if isinstance(bare, tuple):
        return with_marks(bare[::-1], seen)
    if isinstance(bare, List | Set):
        return with_marks(List(bare.element, bare.items[::-1]), seen)
    raise FunctionError(f"a list or tuple is required, not {word(of(bare))}", 0)


@function(_SEQUENCE, number("start_index"), number("end_index"))
def slice_(given: Value, start: Number, end: Number) -> Value:
    """The elements from a position up to, and without, another one."""
    bare, seen = strip(given)
    if not isinstance(bare, tuple | List):
        raise FunctionError("a list or tuple is required", 0)
    items = bare if isinstance(bare, tuple) else bare.items
    first, last = whole(start, 1), whole(end, 2)
    if first < 0 or first > last:
        raise FunctionError("it must be neither negative nor behind the end", 1)
    if last > len(items):
        raise FunctionError("it must not be behind the end of the list", 2)
    part = items[first:last]
    return with_marks(part if isinstance(bare, tuple) else List(bare.element, part), seen)


@function(_STRINGS, returns=ListType(STRING))
def sort(given: List) -> Value:
    """The strings in the order of their characters' numbers."""
    if any(map(is_null, given.items)):
        raise FunctionError("a null cannot be sorted", 0)
    return strings(sorted(str(item) for item in given.items))


@function(_STRINGS, returns=ListType(STRING))
def compact(given: List) -> Value:
    """The list without null and empty strings."""
    return List(STRING, tuple(item for item in given.items if not is_null(item) and item != ""))
