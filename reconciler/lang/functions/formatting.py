"""format() and formatlist(): values put into text by verbs such as `%s` and `%05.1f`."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from reconciler.lang.convert import ConversionError, convert_value
from reconciler.lang.core import (
    List,
    Set,
    Value,
    inside,
    is_null,
    of,
)
from reconciler.lang.encode import json_text, quote
from reconciler.lang.functions.declare import FunctionError, Parameter, function, string
from reconciler.lang.functions.text import graphemes
from reconciler.lang.limits import LONGEST_STRING
from reconciler.lang.number import Number, write
from reconciler.lang.shape import BOOL, NUMBER, STRING, ListType, Primitive
from reconciler.model.record import dataclass

_VERB: Final = re.compile(
    r"%(?:(%)|([-+ #0]*)(\d{1,7})?(?:\.(\d{0,7}))?(?:\[([1-9]\d{0,6})\])?([a-zA-Z]))", re.ASCII
)
_ARGS: Final = Parameter("args", null=True)
_TEN: Final = 10


@dataclass(frozen=True, slots=True)
class _Verb:
    text: str
    flags: str
    width: int
    precision: int | None
    letter: str

    def padded(self, shown: str) -> str:
        room = self.width - len(graphemes(shown))
        if room <= 0:
            return shown
        return shown + " " * room if "-" in self.flags else " " * room + shown

    def signed(self, digits: str, *, negative: bool) -> str:
        """A number's digits with sign and leading zeros, as the flags want them."""
        sign = "-" if negative else "+" if "+" in self.flags else " " if " " in self.flags else ""
        if "0" in self.flags and "-" not in self.flags:
            digits = digits.rjust(self.width - len(sign), "0")
        return self.padded(sign + digits)


@function(string("format"), rest=_ARGS, returns=STRING)
def format_(layout: str, *args: Value) -> Value:
    """The layout with each verb replaced by an argument."""
    return _format(layout, args)


def _format(layout: str, args: Sequence[Value]) -> str:
    written: list[str] = []
    at, following, used = 0, 0, 0
    while (start := layout.find("%", at)) >= 0:
        written.append(layout[at:start])
        found = _VERB.match(layout, start)
        if found is None:
            raise FunctionError(f"the verb at position {start + 1} is not valid", 0)
        at = found.end()
        if found[1]:
            written.append("%")
            continue
        position = int(found[5]) - 1 if found[5] else following
        following = position + 1
        used = max(used, following)
        written.append(_show(_verb(found), _argument(args, position, found[0])))
    _check_used(used, args, explicit="[" in layout)
    return "".join([*written, layout[at:]])


def _verb(found: re.Match[str]) -> _Verb:
    width = int(found[3] or 0)
    precision = None if found[4] is None else int(found[4] or 0)
    if width > LONGEST_STRING // 64 or (precision or 0) > LONGEST_STRING // 64:
        raise FunctionError("the width is too large", 0)
    return _Verb(found[0], found[2], width, precision, found[6])


def _argument(args: Sequence[Value], position: int, verb: str) -> Value:
    if position >= len(args):
        raise FunctionError(f'there is no argument {position + 1} for "{verb}"')
    return args[position]


def _check_used(used: int, args: Sequence[Value], *, explicit: bool) -> None:
    if used < len(args) and not explicit:
        raise FunctionError(f"only {used} of the {len(args)} arguments are used", 1)


def _show(verb: _Verb, value: Value) -> str:
    letter = verb.letter
    if letter == "v":
        return _default(verb, value)
    if letter in "sq":
        return _text(verb, str(_as(verb, value, STRING)))
    if letter == "t":
        return verb.padded("true" if _as(verb, value, BOOL) else "false")
    if letter in "bdoxX":
        return _whole(verb, _number(verb, value))
    if letter in "eEfgG":
        return _real(verb, _number(verb, value))
    raise FunctionError(f'the verb "{verb.text}" does not exist', 0)


def _as(verb: _Verb, value: Value, wanted: Primitive) -> Value:
    if is_null(value):
        raise FunctionError(f'null cannot be shown by "{verb.text}"')
    try:
        return convert_value(value, wanted)
    except ConversionError as problem:
        raise FunctionError(f'the value for "{verb.text}" does not fit: {problem}') from None


def _number(verb: _Verb, value: Value) -> Number:
    found = _as(verb, value, NUMBER)
    if isinstance(found, int | Fraction | float):
        return found
    raise FunctionError(f'the value for "{verb.text}" is no number')


def _default(verb: _Verb, value: Value) -> str:
    """%v: a string as it is, a number at its shortest, anything else as JSON."""
    if "#" in verb.flags:
        return verb.padded(_json(value))
    if is_null(value):
        return verb.padded("null")
    if isinstance(value, str):
        return _text(verb, value)
    if of(value) == NUMBER:
        shown = _number(verb, value)
        return verb.signed(write(-shown if shown < 0 else shown), negative=shown < 0)
    return verb.padded(_json(value))


def _json(value: Value) -> str:
    try:
        return json_text(value)
    except ValueError as problem:
        raise FunctionError(str(problem)) from None


def _text(verb: _Verb, raw: str) -> str:
    if verb.precision is not None:
        raw = "".join(graphemes(raw)[: verb.precision])
    return verb.padded(quote(raw) if verb.letter == "q" else raw)


def _whole(verb: _Verb, given: Number) -> str:
    if not isinstance(given, int):
        raise FunctionError(f'a whole number is required for "{verb.text}"')
    digits = f"{abs(given):{verb.letter}}"
    if "#" in verb.flags:
        digits = {"b": "0b", "o": "0", "x": "0x", "X": "0X", "d": ""}[verb.letter] + digits
    if verb.precision is not None:
        digits = digits.rjust(verb.precision, "0")
    return verb.signed(digits, negative=given < 0)


def _real(verb: _Verb, given: Number) -> str:
    if isinstance(given, float):
        return verb.padded("-Inf" if given < 0 else "+Inf")
    letter = verb.letter
    size = abs(Fraction(given))
    if letter == "f":
        shown = fixed(size, 6 if verb.precision is None else verb.precision)
    elif letter in "eE":
        shown = _scientific(size, 6 if verb.precision is None else verb.precision)
    else:
        shown = _general(size, verb.precision)
    return verb.signed(shown.upper() if letter in "EG" else shown, negative=given < 0)


def fixed(size: Fraction, places: int) -> str:
    digits = str(round(size * _TEN**places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _exponent(size: Fraction) -> int:
    """The power of ten of the first digit."""
    if not size:
        return 0
    found = len(str(size.numerator)) - len(str(size.denominator))
    return found if size >= Fraction(_TEN) ** found else found - 1


def _scientific(size: Fraction, places: int) -> str:
    power = _exponent(size)
    digits = round(size / Fraction(_TEN) ** power * _TEN**places)
    if digits >= _TEN ** (places + 1):
        power, digits = power + 1, digits // _TEN
    return _with_power(str(digits).rjust(places + 1, "0"), power)


def _with_power(digits: str, power: int) -> str:
    mantissa = digits[0] + (f".{digits[1:]}" if len(digits) > 1 else "")
    return f"{mantissa}e{'-' if power < 0 else '+'}{abs(power):02}"


def _general(size: Fraction, precision: int | None) -> str:
    """%g: the shortest digits, with an exponent where that is far from zero."""
    if precision is None:
        shortest, ceiling = len(write(size).replace(".", "").strip("0")) or 1, 6
    else:
        shortest = ceiling = max(precision, 1)
    shown, power = _scientific(size, shortest - 1).split("e")
    if -4 <= int(power) < ceiling:  # noqa: PLR2004 - C's rule for %g
        plain = fixed(size, max(shortest - 1 - int(power), 0))
        return plain.rstrip("0").rstrip(".") if "." in plain else plain
    digits = shown.replace(".", "").rstrip("0") or "0"
    return _with_power(digits, int(power))


@function(string("format"), rest=_ARGS, returns=ListType(STRING))
def formatlist(layout: str, *args: Value) -> Value:
    """A list of texts: one for each element of the lists among the arguments."""
    lists = {
        index: tuple(inside(value))
        for index, value in enumerate(args)
        if isinstance(value, tuple | List | Set)
    }
    lengths = {len(items) for items in lists.values()}
    if len(lengths) > 1:
        raise FunctionError("all lists must have the same length", 1)
    rows = range(lengths.pop() if lengths else 1)
    texts: list[str] = []
    length = 0
    for row in rows:
        given = [lists[i][row] if i in lists else value for i, value in enumerate(args)]
        texts.append(_format(layout, given))
        length += len(texts[-1])
        if length > LONGEST_STRING:
            raise FunctionError("the results would be too long")
    return List(STRING, tuple(texts))
