"""What single words of a YAML text mean: strings, numbers, true, false, null, points in time."""

import base64
import binascii
import math
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from reconciler.lang import number
from reconciler.lang.convert import convert_value
from reconciler.lang.core import Value, text
from reconciler.lang.functions.declare import FunctionError
from reconciler.lang.shape import STRING

TAG: Final = "tag:yaml.org,2002:"

_BOOLS: Final[Mapping[str, Value]] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
}  # fmt: skip
_WORDS: Final[Mapping[str, Value]] = {
    **_BOOLS,
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
}
_NOT_NUMBERS: Final = frozenset({".nan", ".NaN", ".NAN"})
_QUOTES: Final = frozenset("'\"")
_BLOCKS: Final = frozenset("|>")
_HINTS: Final = frozenset("+-0123456789.yYnNtTfFoO~")
_DECIMAL: Final = re.compile(r"[-+.0-9][-+.0-9eE]*", re.ASCII)
_BASED: Final = re.compile(r"0x[0-9a-fA-F]+|0o[0-7]+")
_TAGGED: Final = re.compile(r"([-+]?)0([xXoObB]?)([0-9a-fA-F]+)")
_BASES: Final = {"x": 16, "o": 8, "b": 2, "": 8}
_LARGEST: Final = 2**64
_TIME: Final = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)"
    r"(?:(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?(Z|[-+]\d\d:\d\d)"
    r"| (\d\d?):(\d\d?):(\d\d?)(?:[.,]\d+)?))?",
    re.ASCII,
)
_LEAP_YEAR: Final = 2000  # stands for the year 0, which Python lacks
_UTC: Final = frozenset({None, "Z", "+00:00", "-00:00"})
_LARGEST_OFFSET: Final = (23, 59)


def meaning(word: str, tag: str | None, style: str | None) -> Value:
    """The value of a scalar with that tag, None for no tag. Raises FunctionError."""
    kind = _kind(tag)
    if kind in {"str", "binary"} or (style in _QUOTES and _is_open(word)):
        return _string(word, kind)
    found = _resolved(word, kind)
    # Terraform reads a block as any other word first, and makes a string of it then.
    return convert_value(found, STRING) if style in _BLOCKS and not kind else found


def _is_open(word: str) -> bool:
    """Whether it can be anything but a string."""
    return not word or word[0] in _HINTS


def _resolved(word: str, kind: str) -> Value:
    if _is_open(word):
        if word in _WORDS:
            return _WORDS[word]
        found = _found(word, kind)
        if found is not None:
            return found
    return _TAGS[kind](word)


def _kind(tag: str | None) -> str:
    if tag is None:
        return ""
    kind = tag.removeprefix(TAG)
    if kind == tag or kind not in _TAGS:
        raise FunctionError(f'the tag "{tag}" means nothing here')
    return kind


def _string(word: str, kind: str) -> Value:
    if kind == "binary":
        try:
            base64.b64decode(word.replace("\r", "").replace("\n", ""), validate=True)
        except (binascii.Error, ValueError):
            raise FunctionError("what is tagged as binary is not valid Base64") from None
    return text(word)


def _found(word: str, kind: str) -> Value:
    """What `word` looks like, None where it looks like nothing but a string."""
    if word in _NOT_NUMBERS and not kind:
        raise FunctionError("there is no value for .nan")
    if kind in {"", "timestamp"}:
        moment = _moment(word)
        if moment is not None:
            return moment
    if _DECIMAL.fullmatch(word):
        try:
            return number.parse(word)
        except ValueError:
            return None
    return _number(word) if not kind and _BASED.fullmatch(word) else None


def _moment(word: str) -> str | None:
    """A date, or date and time, in the form of RFC 3339, without fractions of a second."""
    found = _TIME.fullmatch(word)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone, *other = found.groups()
    clock = (hour, minute, second) if hour else other if other[0] else ("0", "0", "0")
    rest = "-{:0>2}-{:0>2}T{:0>2}:{:0>2}:{:0>2}".format(month, day, *clock)
    if not _exists(f"{_LEAP_YEAR if year == '0000' else year}{rest}", zone or "Z"):
        return None
    return f"{year}{rest}{'Z' if zone in _UTC else zone}"


def _exists(moment: str, zone: str) -> bool:
    try:
        whole = datetime.fromisoformat(f"{moment}Z")
    except ValueError:
        return False
    # Newer Pythons take 24:00 for the next day.
    same = f"{whole:%d}" == moment[8:10]
    return same and (zone == "Z" or (int(zone[1:3]), int(zone[4:])) <= _LARGEST_OFFSET)


def _bool(word: str) -> Value:
    if word not in _BOOLS:
        raise FunctionError(f'"{word}" is neither true nor false')
    return _BOOLS[word]


def _null(_word: str) -> Value:
    return None


def _number(word: str) -> Value:
    plain = word.replace("_", "")
    try:
        return number.parse(plain)
    except ValueError:
        pass
    found = _TAGGED.fullmatch(plain)
    try:
        whole = int(found[3], _BASES[found[2].lower()]) if found else _LARGEST
    except ValueError:
        whole = _LARGEST
    if found is None or whole >= _LARGEST:
        raise FunctionError(f'"{word}" is no number')
    return -whole if found[1] == "-" else whole


def _timestamp(word: str) -> Value:
    raise FunctionError(f'"{word}" is no point in time')


_TAGS: Final[Mapping[str, Callable[[str], Value]]] = {
    "": text,
    "str": text,
    "binary": text,
    "bool": _bool,
    "int": _number,
    "float": _number,
    "null": _null,
    "timestamp": _timestamp,
}
