"""Functions of numbers."""

import math
from collections.abc import Callable
from typing import Final

from reconciler.lang.convert import ConversionError, convert_value
from reconciler.lang.core import Value, is_null
from reconciler.lang.functions.declare import (
    FunctionError,
    Parameter,
    anything,
    function,
    number,
    string,
)
from reconciler.lang.functions.sequences import elements
from reconciler.lang.number import Number, from_float
from reconciler.lang.operators import add
from reconciler.lang.shape import NUMBER

_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_NUMBERS: Final = Parameter("numbers", NUMBER)
_FOLDED: Final = 36
_MOST_DIGITS: Final = 4_000


@function(number("num"), returns=NUMBER)
def abs_(num: Number) -> Value:
    """The number without its sign."""
    return -num if num < 0 else num


@function(number("num"), returns=NUMBER)
def ceil(num: Number) -> Value:
    """The closest whole number that is not smaller."""
    return num if isinstance(num, float) else math.ceil(num)


@function(number("num"), returns=NUMBER)
def floor(num: Number) -> Value:
    """The closest whole number that is not larger."""
    return num if isinstance(num, float) else math.floor(num)


@function(number("num"), number("base"), returns=NUMBER)
def log(num: Number, base: Number) -> Value:
    """The logarithm of a number to a base."""
    return _in_floats(lambda a, b: math.log(a) / math.log(b), num, base)


@function(number("num"), number("power"), returns=NUMBER)
def pow_(num: Number, power: Number) -> Value:
    """A number raised to a power."""
    return _in_floats(math.pow, num, power)


def _in_floats(compute: Callable[[float, float], float], a: Number, b: Number) -> Value:
    try:
        return from_float(compute(float(a), float(b)))
    except (ValueError, ArithmeticError):
        raise FunctionError("there is no such number") from None


@function(number("num"), returns=NUMBER)
def signum(num: Number) -> Value:
    """-1, 0 or 1: the sign of a number."""
    return (num > 0) - (num < 0)


@function(rest=_NUMBERS, returns=NUMBER)
def max_(*numbers: Number) -> Value:
    """The greatest of the numbers."""
    return max(_some(numbers))


@function(rest=_NUMBERS, returns=NUMBER)
def min_(*numbers: Number) -> Value:
    """The smallest of the numbers."""
    return min(_some(numbers))


def _some(numbers: tuple[Number, ...]) -> tuple[Number, ...]:
    if not numbers:
        raise FunctionError("it needs at least one number")
    return numbers


@function(string("number"), number("base"), returns=NUMBER)
def parseint(text: str, base: Number) -> Value:
    """The whole number that a text writes in a base from 2 to 62."""
    if not isinstance(base, int) or not 2 <= base <= len(_DIGITS):  # noqa: PLR2004 - the bases there are
        raise FunctionError("the base must be a whole number from 2 to 62", 1)
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text.removeprefix("+"))
    if len(digits) > _MOST_DIGITS:
        raise FunctionError(f"it has more than {_MOST_DIGITS:,} digits", 0)
    allowed = _DIGITS[:base]
    total = 0
    for digit in digits.lower() if base <= _FOLDED else digits:
        if digit not in allowed:
            raise FunctionError(f'"{text}" is no whole number in base {base}', 0)
        total = total * base + allowed.index(digit)
    if not digits:
        raise FunctionError(f'"{text}" is no whole number in base {base}', 0)
    return sign * total


@function(anything("list"), returns=NUMBER)
def sum_(given: Value) -> Value:
    """The sum of the numbers in a list, set or tuple, which must not be empty."""
    items = elements(given)
    if not items:
        raise FunctionError("there must be at least one number to add up", 0)
    total: Number = 0
    for item in items:
        total = add(total, _number(item))
    return total


def _number(item: Value) -> Number:
    try:
        found = convert_value(item, NUMBER)
    except ConversionError:
        found = None
    if is_null(found) or isinstance(item, bool):
        raise FunctionError("every element must be a number", 0)
    return found  # type: ignore[return-value]  # what has the type number is one
