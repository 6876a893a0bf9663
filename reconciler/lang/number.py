"""Numbers as Terraform has them: exact, in binary, with 512 bits of precision.

A number is an int where it is whole, else a Fraction whose denominator is a power of two. The
two infinities, which dividing by zero gives, are the only floats there ever are.
"""

import math
import re
from fractions import Fraction
from typing import Final, TypeAlias

PRECISION: Final = 512
# Python refuses to write integers of more than 4,300 digits; 13,000 bits stay below that.
_MOST_BITS: Final = 13_000
_DECIMAL: Final = re.compile(r"([+-]?)(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]{1,4}))?")
_INFINITY: Final = re.compile(r"[+-]?[Ii]nf")

Number: TypeAlias = int | Fraction | float


class _NegativeZero(int):
    """What `-0` is: equal to zero in every way, but written with its sign."""

    __slots__ = ()


NEGATIVE_ZERO: Final = _NegativeZero(0)


class NumberRangeError(ArithmeticError):
    """A number too large or too small to be kept."""


def rounded(number: int | Fraction) -> int | Fraction:
    """The nearest number of 512 bits, ties to even. Raises NumberRangeError."""
    top, bottom = number.numerator, number.denominator
    size = top.bit_length()
    if bottom.bit_length() > _MOST_BITS or size > _MOST_BITS * 2:
        raise NumberRangeError
    if bottom & (bottom - 1) == 0 and size <= PRECISION:
        return top if bottom == 1 else number
    result = _cut(top, bottom)
    if abs(result.numerator).bit_length() - result.denominator.bit_length() > _MOST_BITS:
        raise NumberRangeError
    return result.numerator if result.denominator == 1 else result


def _cut(top: int, bottom: int) -> Fraction:
    """The quotient with a mantissa of 512 bits."""
    shift = PRECISION + 2 - (top.bit_length() - bottom.bit_length())
    mantissa, rest = divmod(abs(top) << max(shift, 0), bottom << max(-shift, 0))
    extra = mantissa.bit_length() - PRECISION
    kept, lost = mantissa >> extra, mantissa & ((1 << extra) - 1)
    half = 1 << (extra - 1)
    if lost > half or (lost == half and (rest or kept & 1)):
        kept += 1
    exponent = extra - shift
    whole = -kept if top < 0 else kept
    return Fraction(whole << exponent) if exponent >= 0 else Fraction(whole, 1 << -exponent)


def parse(text: str) -> Number:
    """The number that `text` writes in decimal. Raises ValueError."""
    found = _DECIMAL.fullmatch(text)
    if found is None:
        if _INFINITY.fullmatch(text):
            return -math.inf if text.startswith("-") else math.inf
        raise ValueError(text)
    try:
        number = rounded(Fraction(text))
    except ArithmeticError as problem:
        raise ValueError(text) from problem
    return NEGATIVE_ZERO if number == 0 and found[1] == "-" else number


def from_float(number: float) -> Number:
    """The number that the shortest text of `number` writes. Raises ValueError for NaN."""
    return parse(repr(number))


def write(number: Number) -> str:
    """The shortest decimal text that means `number` at 512 bits, never with an exponent."""
    if isinstance(number, float):
        return "-Inf" if number < 0 else "Inf"
    if number is NEGATIVE_ZERO:
        return "-0"
    if isinstance(number, int) and number.bit_length() <= PRECISION:
        return str(number)
    digits, exponent = _shortest(Fraction(-number if number < 0 else number))
    sign = "-" if number < 0 else ""
    if exponent >= 0:
        return f"{sign}{digits}{'0' * exponent}"
    text = digits.rjust(1 - exponent, "0")
    return f"{sign}{text[:exponent]}.{text[exponent:]}"


def _shortest(number: Fraction) -> tuple[str, int]:
    """The fewest digits, and the power of ten they are to be multiplied by, within half a unit
    of the last binary place of `number`.
    """
    top, bottom = number.numerator, number.denominator
    exponent = top.bit_length() - bottom.bit_length() + 1 - PRECISION
    half = _power(2, exponent - 1)
    magnitude = math.floor((top.bit_length() - bottom.bit_length()) * math.log10(2))
    for count in range(1, 160):
        scale = magnitude - count + 1
        unit = _power(10, scale)
        nearest = round(number / unit)
        if abs(nearest * unit - number) <= half and nearest:
            digits = str(nearest).rstrip("0")
            return digits, scale + len(str(nearest)) - len(digits)
    return str(round(number / unit)), scale


def _power(base: int, exponent: int) -> Fraction:
    size: int = base ** abs(exponent)
    return Fraction(size) if exponent >= 0 else Fraction(1, size)
