"""Text to a document of JSON, without recursion. Goes on after most mistakes, so that several
are reported at once; one after which nothing can be told for sure ends the reading.
"""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from reconciler.lang import number
from reconciler.lang.jsonfile import complaint, strings
from reconciler.lang.jsonfile.build import Builder, StopReading
from reconciler.lang.jsonfile.document import Plain, String, Value
from reconciler.lang.jsonfile.tokens import NEXT, text
from reconciler.model.diagnostic import Collector

MAX_TOKENS: Final = 600_000

_CONSTANTS: Final[Mapping[str, Plain]] = {"true": True, "false": False, "null": None}
_SHORT: Final = 150  # so few digits need no rounding
_ON_ONE_LINE: Final = re.compile(r"""("(?:[^"\\\r\n]++|\\.)*+"|'[^'\r\n]*+')""")
_CONTROL: Final = re.compile(r"[\x00-\x1f]")


def read(content: str, path: str, problems: Collector) -> Value | None:
    """The value that `content` is; None where it cannot be told, which `problems` then say."""
    builder = Builder(text(content, path), problems)
    try:
        _to_the_end(builder, content)
    except StopReading:
        return None
    return builder.root


def _to_the_end(builder: Builder, content: str) -> None:
    position = 1 if content.startswith("\ufeff") else 0
    for _ in range(MAX_TOKENS):
        found = NEXT.match(content, position)
        assert found is not None
        position = found.end()
        sort = found.lastgroup
        assert sort is not None
        if sort == "end":
            builder.end(position)
            return
        position = _READ[sort](builder, found) or position
    raise builder.stop(complaint.too_much(MAX_TOKENS, builder.text.span(position, position)))


def _string(builder: Builder, found: re.Match[str]) -> None:
    _text(builder, found["string"][1:-1], *found.span("string"))


def _text(builder: Builder, raw: str, start: int, end: int) -> None:
    span = builder.text.span(start, end)
    if "\\" not in raw:
        builder.string(String(raw, raw, span), start, end)
        return
    for first, last, why in strings.wrong(raw):
        where = builder.text.span(start + 1 + first, start + 1 + last)
        builder.report(complaint.invalid_escape(why, where))
    builder.string(String(strings.meaning(raw), raw, span), start, end)


def _sign(builder: Builder, found: re.Match[str]) -> None:
    _SIGNS[found["sign"]](builder, found["sign"], found.start("sign"))


def _number(builder: Builder, found: re.Match[str]) -> None:
    value = _parsed(found["number"])
    if value is None:
        builder.report(complaint.too_many_digits(builder.text.span(*found.span("number"))))
    builder.scalar(value, *found.span("number"))


def _parsed(digits: str) -> int | Fraction | None:
    """The number, exact; None for one that is too large or too small to be kept."""
    if len(digits) < _SHORT and digits.isdigit():
        return int(digits)
    try:
        number.parse(digits)
    except ValueError:
        return None
    exact = Fraction(digits)
    return exact.numerator if exact.denominator == 1 else exact


def _constant(builder: Builder, found: re.Match[str]) -> None:
    builder.scalar(_CONSTANTS[found["constant"]], *found.span("constant"))


def _word(builder: Builder, found: re.Match[str]) -> None:
    is_number = found["word"].lstrip("+-.")[:1].isdigit()
    why = complaint.NUMBER if is_number else complaint.WORD
    builder.word(why, *found.span("word"))


def _quote(builder: Builder, found: re.Match[str]) -> int:
    """Reads text that is in single quotes, or holds what it may not."""
    start, content = found.start("quote"), found.string
    whole = _ON_ONE_LINE.match(content, start)
    if whole is None:
        builder.complain(complaint.UNENDED, start, start + 1)
        raise StopReading
    if found["quote"] == "'":
        builder.complain(complaint.QUOTES, *whole.span())
    else:
        control = _CONTROL.search(content, start)
        assert control is not None
        builder.complain(complaint.CONTROL, *control.span())
    _text(builder, whole[1][1:-1], *whole.span())
    return whole.end()


def _equals(builder: Builder, found: re.Match[str]) -> None:
    builder.equals(found.start("equals"))


def _comment(builder: Builder, found: re.Match[str]) -> None:
    start = found.start("comment")
    builder.complain(complaint.COMMENT, start, start + 1)


def _other(builder: Builder, found: re.Match[str]) -> None:
    builder.complain(complaint.OTHER, *found.span("other"))


_READ: Mapping[str, Callable[[Builder, re.Match[str]], int | None]] = {
    "string": _string,
    "sign": _sign,
    "number": _number,
    "constant": _constant,
    "comment": _comment,
    "equals": _equals,
    "quote": _quote,
    "word": _word,
    "other": _other,
}
_SIGNS: Mapping[str, Callable[[Builder, str, int], None]] = {
    "{": Builder.open,
    "[": Builder.open,
    "}": Builder.close,
    "]": Builder.close,
    ",": Builder.next,
    ":": Builder.colon,
}
