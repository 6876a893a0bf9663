"""Equality of values, and sets: which elements are one, and in what order they stand."""

import json
from collections.abc import Iterable
from fractions import Fraction

from reconciler.lang import encode
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
    is_known,
    marks,
    of,
    strip,
    unmark,
    with_marks,
)
from reconciler.lang.number import Number, write
from reconciler.lang.shape import BOOL, NUMBER, STRING, Type, is_dynamic
from reconciler.lang.shape import SetType as SetOf

_NULL = (type(None), Null)
_PLAIN = frozenset({str, int, bool})


def equal(left: Value, right: Value) -> Value:
    """true, false, or an unknown bool; with every mark of both sides."""
    if type(left) is type(right) and type(left) in _PLAIN:
        return left == right
    seen = marks(left) | marks(right)
    answer = _same(left, right)
    return with_marks(Unknown(BOOL) if answer is None else answer, seen)


def _same(left: Value, right: Value) -> bool | None:
    """None: not known yet."""
    left, right = strip(left)[0], strip(right)[0]
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return _may_be_same(of(left), of(right))
    if isinstance(left, _NULL) or isinstance(right, _NULL):
        return isinstance(left, _NULL) and isinstance(right, _NULL)
    if isinstance(left, CONTAINERS):
        return _same_containers(left, right)
    if isinstance(left, str | bool) or isinstance(right, str | bool):
        return type(left) is type(right) and left == right
    return left == right


def _may_be_same(left: Type, right: Type) -> bool | None:
    differ = left != right and not is_dynamic(left) and not is_dynamic(right)
    return False if differ else None


def _same_containers(left: Value, right: Value) -> bool | None:
    match left, right:
        case (tuple(), tuple()):
            return _all_same(left, right)
        case (dict(), dict()):
            return (
                _all_same(left.values(), right.values()) if left.keys() == right.keys() else False
            )
        case (List(), List()) if left.element == right.element:
            return _all_same(left.items, right.items)
        case (Map(), Map()) if left.element == right.element:
            if left.items.keys() != right.items.keys():
                return False
            return _all_same(left.items.values(), right.items.values())
        case (Set(), Set()) if left.element == right.element:
            return [identity(item) for item in left.items] == [
                identity(item) for item in right.items
            ]
    return False


def _all_same(left: Iterable[Value], right: Iterable[Value]) -> bool | None:
    lefts, rights = list(left), list(right)
    if len(lefts) != len(rights):
        return False
    answers = {_same(a, b) for a, b in zip(lefts, rights, strict=True)}
    return False if False in answers else (None if None in answers else True)


def identity(value: Value) -> str | None:
    """What two known values of one type share where they are equal; None for null alone."""
    if isinstance(value, str):
        return value
    if isinstance(value, _NULL):
        return None
    if type(value) is int:  # the others among equal numbers are no whole ones
        return str(value)
    try:
        return encode.json_text(value)
    except ValueError:  # an infinity somewhere inside
        return order_text(value)


def make_set(element: Type, items: Iterable[Value]) -> Value:
    """The set of `items`, all of type `element`; their marks become marks of the set.

    Unknown as a whole while an item is unknown: nobody can say how many there will be.
    """
    given = list(items)
    seen: frozenset[str] = frozenset().union(*map(marks, given))
    if not all(map(is_known, given)):
        return with_marks(Unknown(SetOf(element)), seen)
    bare = [unmark(item) for item in given] if seen else given
    unique = {identity(item): item for item in reversed(bare)}.values()
    return with_marks(Set(element, tuple(_in_order(element, unique))), seen)


def _in_order(element: Type, items: Iterable[Value]) -> list[Value]:
    nulls = [item for item in items if isinstance(item, _NULL)]
    rest = [item for item in items if not isinstance(item, _NULL)]
    if element in (STRING, NUMBER, BOOL):
        rest.sort()
    else:
        rest.sort(key=order_text)
    return rest + nulls


def order_text(value: Value) -> str:
    """The text by which Terraform orders the structured elements of a set (go-cty)."""
    match value:
        case str():
            return json.dumps(value, ensure_ascii=False)
        case bool():
            return "T" if value else "F"
        case None | Null():
            return "~"
        case tuple() | dict():
            return _joined("<", inside(value), ">")
        case List() | Set():
            return _joined("[", value.items, "]")
        case Map():
            pairs = (f"{order_text(key)}:{order_text(v)};" for key, v in value.items.items())
            return "{" + "".join(pairs) + "}"
        case int() | Fraction() | float():
            return _ten_digits(value)
        case Unknown() | Marked():
            raise AssertionError("no element of a set is unknown or marked")


def _joined(opening: str, items: Iterable[Value], closing: str) -> str:
    return opening + "".join(f"{order_text(item)};" for item in items) + closing


def _ten_digits(number: Number) -> str:
    try:
        return f"{float(number):.10g}"
    except OverflowError:
        return write(number)
