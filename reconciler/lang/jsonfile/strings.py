"""Strings of JSON: what their escapes mean, and where a place of the meaning was written."""

import re
from collections.abc import Iterator
from itertools import accumulate

from reconciler.lang.jsonfile.document import String
from reconciler.lang.place import Place

_ESCAPE = re.compile(
    r'\\(?:(["\\/bfnrt])'
    r"|u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
    r"|u(?![dD][89a-fA-F])([0-9a-fA-F]{4})"
    r"|(u?))"
)
_SINGLE = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_HIGH, _LOW, _BEYOND = 0xD800, 0xDC00, 0x10000


def meaning(raw: str) -> str:
    """The text that `raw` stands for; an escape that means nothing stays as it is."""
    return _ESCAPE.sub(_undone, raw) if "\\" in raw else raw


def wrong(raw: str) -> Iterator[tuple[int, int, str]]:
    """The escapes of `raw` that mean nothing: [start, end), and why."""
    for found in _ESCAPE.finditer(raw):
        if found[5] is None:
            continue
        start, end = found.start(), min(found.end() + (0 if found[5] else 1), len(raw))
        if found[5]:
            why = (
                "\\u must be followed by four hexadecimal digits that name a character; one"
                " beyond FFFF takes a pair of them, such as \\ud83d\\ude00."
            )
        else:
            why = 'The escapes are \\", \\\\, \\/, \\b, \\f, \\n, \\r, \\t and \\uNNNN.'
        yield start, end, why


def place(string: String) -> Place:
    """From a line and column of the meaning of `string` to those where that was written."""
    line, first = string.span.line, string.span.column + 1
    if "\\" not in string.raw:
        return lambda _, column: (line, first + column - 1)
    written = _written(string.raw)
    starts = [0, *accumulate(len(each) + 1 for each in string.value.split("\n"))]
    last = len(written) - 1
    return lambda at, column: (line, first + written[min(starts[at - 1] + column - 1, last)])


def _written(raw: str) -> list[int]:
    """For each character of the meaning, and for its end, the offset in `raw`."""
    offsets: list[int] = []
    at = 0
    for found in _ESCAPE.finditer(raw):
        offsets.extend(range(at, found.start()))
        offsets.extend([found.start()] * len(_undone(found)))
        at = found.end()
    return [*offsets, *range(at, len(raw) + 1)]


def _undone(found: re.Match[str]) -> str:
    single, high, low, code, _ = found.groups()
    if single:
        return _SINGLE[single]
    if high:
        return chr(_BEYOND + ((int(high, 16) - _HIGH) << 10) + int(low, 16) - _LOW)
    return chr(int(code, 16)) if code else found[0]
