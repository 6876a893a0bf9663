"""Functions of sets."""

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Final

from reconciler.lang.compare import identity, make_set
from reconciler.lang.core import List, Set, Value, inside, of
from reconciler.lang.functions.declare import FunctionError, Parameter, function
from reconciler.lang.functions.sequences import common, converted
from reconciler.lang.limits import MOST_ELEMENTS
from reconciler.lang.shape import DYNAMIC, ListType, SetType, TupleType, Type

_SET: Final = Parameter("sets", SetType(DYNAMIC))
_FIRST: Final = Parameter("first_set", SetType(DYNAMIC))


def _alike(sets: Sequence[Set]) -> tuple[Type, list[Set]]:
    """The sets, all of one type. An empty one of no type fits every other."""
    typed = [each for each in sets if each.items or each.element is not DYNAMIC]
    shape = common([of(each) for each in typed] or [SetType(DYNAMIC)])
    alike = [each for each in (converted(each, shape) for each in sets) if isinstance(each, Set)]
    return (shape.element if isinstance(shape, SetType) else DYNAMIC), alike


@function(_FIRST, rest=_SET)
def setunion(*sets: Set) -> Value:
    """The set of all elements of all sets."""
    element, alike = _alike(sets)
    return make_set(element, [item for each in alike for item in each.items])


@function(_FIRST, rest=_SET)
def setintersection(*sets: Set) -> Value:
    """The set of the elements that all sets have."""
    element, alike = _alike(sets)
    names = [{identity(item) for item in each.items} for each in alike[1:]]
    kept = [item for item in alike[0].items if all(identity(item) in each for each in names)]
    return make_set(element, kept)


@function(Parameter("a", SetType(DYNAMIC)), Parameter("b", SetType(DYNAMIC)))
def setsubtract(a: Set, b: Set) -> Value:
    """The set of the elements of the first set that the second one lacks."""
    element, (kept, removed) = _alike((a, b))
    gone = {identity(item) for item in removed.items}
    return make_set(element, [item for item in kept.items if identity(item) not in gone])


@function(rest=Parameter("sets"))
def setproduct(*sets: Value) -> Value:
    """All combinations of one element from each of the sets or lists."""
    if len(sets) < 2:  # noqa: PLR2004 - combinations need two sides
        raise FunctionError("it needs at least two arguments")
    sides = [_side(each, index) for index, each in enumerate(sets)]
    if prod(len(inside(each)) for each in sides) > MOST_ELEMENTS:
        raise FunctionError(f"it would give more than {MOST_ELEMENTS:,} combinations")
    element = TupleType(tuple(_element(each) for each in sides))
    found = tuple(product(*(inside(each) for each in sides)))
    if any(isinstance(each, Set) for each in sides):
        return make_set(element, found)
    return List(element, found)


def _side(given: Value, index: int) -> Value:
    if isinstance(given, List | Set):
        return given
    if isinstance(given, tuple):
        return converted(given, ListType(DYNAMIC), index)
    raise FunctionError("a list or set is required", index)


def _element(given: Value) -> Type:
    return given.element if isinstance(given, List | Set) else DYNAMIC
