"""Canonical values as HCL literals. Knows the escapes of quoted templates and no kinds."""

import re
from collections.abc import Iterable

_ESCAPES = {"\n": r"\n", "\r": r"\r", "\t": r"\t", '"': r"\"", "\\": r"\\"}
# Control characters, and those that reorder or hide text on a screen.
_SPECIAL = (
    '["\\\\\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]'
)
_OPENER = r"[$%]+\{?"


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    return _ESCAPES.get(char) or f"\\u{ord(char):04x}"


def _double(found: re.Match[str]) -> str:
    # Of `$${` only the last `$` may be doubled: the first would join it into another escape.
    if not found[0].endswith("{"):
        return found[0]
    before, last = found[0][:-2], found[0][-2]
    return "".join(f"\\u{ord(char):04x}" for char in before) + last * 2 + "{"


def quote(text: str) -> str:
    """`text` as a quoted HCL string that evaluates to it."""
    return f'"{re.sub(_OPENER, _double, re.sub(_SPECIAL, _escape, text))}"'


def bracket(items: Iterable[str]) -> str:
    """HCL expressions as one tuple expression."""
    return f"[{', '.join(items)}]"
