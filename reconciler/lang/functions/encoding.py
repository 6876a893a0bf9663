"""Functions that write values as text, and read them back."""

import base64
import binascii
import csv
import json
import zlib
from fractions import Fraction
from io import StringIO
from typing import Final
from urllib.parse import quote_plus, unquote_plus

from reconciler.lang import number
from reconciler.lang.core import List, Value, make_object, text
from reconciler.lang.encode import from_plain, json_text
from reconciler.lang.functions.declare import FunctionError, Parameter, function, string
from reconciler.lang.limits import LONGEST_STRING, MOST_ELEMENTS
from reconciler.lang.shape import STRING, ObjectType

_GZIP: Final = 31  # zlib's number for "with a gzip header"
_JSON_SPACE: Final = " \t\r\n"
# Names that IANA has and Python spells otherwise, or that mean another encoding here.
_ENCODINGS: Final = {"utf-16": "utf-16-be", "utf16": "utf-16-be", "cp936": "gbk"}


@function(string("str"), returns=STRING)
def base64encode(given: str) -> Value:
    """The bytes of a string (UTF-8) in Base64."""
    return base64.b64encode(given.encode()).decode("ascii")


@function(string("str"), returns=STRING)
def base64decode(given: str) -> Value:
    """The string whose bytes (UTF-8) are given in Base64."""
    return _utf8(from_base64(given))


def from_base64(given: str, argument: int | None = None) -> bytes:
    """Raises FunctionError."""
    try:
        return base64.b64decode(given.replace("\r", "").replace("\n", ""), validate=True)
    except (binascii.Error, ValueError):
        raise FunctionError("it is not valid Base64", argument) from None


def _utf8(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise FunctionError("the bytes are not a text in UTF-8") from None


@function(string("str"), returns=STRING)
def base64gzip(given: str) -> Value:
    """A string (UTF-8), compressed with gzip, in Base64."""
    packer = zlib.compressobj(wbits=_GZIP)
    return base64.b64encode(packer.compress(given.encode()) + packer.flush()).decode("ascii")


@function(string("str"), returns=STRING)
def base64gunzip(given: str) -> Value:
    """The string that base64gzip() was given."""
    unpacker = zlib.decompressobj(wbits=_GZIP)
    try:
        raw = unpacker.decompress(from_base64(given), LONGEST_STRING)
    except zlib.error:
        raise FunctionError("it was not compressed with gzip") from None
    if unpacker.unconsumed_tail:
        raise FunctionError("the result would be too long")
    return _utf8(raw)


@function(string("str"), returns=STRING)
def urlencode(given: str) -> Value:
    """The string as a part of a URL's query."""
    return quote_plus(given, safe="~")


@function(string("str"), returns=STRING)
def urldecode(given: str) -> Value:
    """The string that a part of a URL's query means."""
    try:
        return unquote_plus(given, errors="strict")
    except UnicodeDecodeError:
        raise FunctionError("the bytes are not a text in UTF-8") from None


@function(string("string"), string("encoding"), returns=STRING)
def textencodebase64(given: str, encoding: str) -> Value:
    """A string in a named character encoding, in Base64."""
    try:
        return base64.b64encode(given.encode(_codec(encoding))).decode("ascii")
    except UnicodeError:
        raise FunctionError(f"{encoding} lacks some of its characters", 0) from None


@function(string("source"), string("encoding"), returns=STRING)
def textdecodebase64(given: str, encoding: str) -> Value:
    """The string whose bytes in a named character encoding are given in Base64."""
    codec = _codec(encoding)
    try:
        return from_base64(given, 0).decode(codec, errors="replace")
    except (UnicodeDecodeError, ValueError):
        raise FunctionError(f"it is no text in {encoding}", 0) from None


def _codec(encoding: str) -> str:
    name = _ENCODINGS.get(encoding.lower(), encoding)
    try:
        "".encode(name)
    except (LookupError, ValueError):
        raise FunctionError(f'"{encoding}" is no encoding that is known here', 1) from None
    return name


@function(Parameter("val", null=True), returns=STRING)
def jsonencode(value: Value) -> Value:
    """The value as JSON."""
    try:
        return json_text(value)
    except ValueError as problem:
        raise FunctionError(str(problem)) from None


@function(string("str"))
def jsondecode(given: str) -> Value:
    """The value that a JSON text writes."""
    _check_count(given, ",[{")
    try:
        return from_plain(_DECODER.decode(given.strip(_JSON_SPACE)))
    except RecursionError:
        raise FunctionError("the JSON text is nested too deeply") from None
    except ValueError:
        raise FunctionError("it is not valid JSON") from None


def _check_count(given: str, separators: str) -> None:
    """Refuses what would take too much memory, before it does."""
    if sum(map(given.count, separators)) > 2 * MOST_ELEMENTS:
        raise FunctionError(f"it would give more than {MOST_ELEMENTS:,} elements", 0)


def _exact(digits: str) -> int | Fraction:
    found = number.parse(digits)
    assert not isinstance(found, float)
    return found


def _no_constant(name: str) -> object:
    raise ValueError(name)


_DECODER: Final = json.JSONDecoder(
    parse_int=_exact, parse_float=_exact, parse_constant=_no_constant
)


@function(string("str"))
def csvdecode(given: str) -> Value:
    """A list of objects from comma-separated text whose first line names the columns."""
    _check_count(given, ",\n")
    rows = _rows(given)
    if not rows:
        raise FunctionError("the first line, which names the columns, is missing")
    names = [text(name) for name in rows[0]]
    if len(set(names)) < len(names):
        raise FunctionError("two columns have the same name")
    for position, row in enumerate(rows[1:], 2):
        if len(row) != len(names):
            raise FunctionError(f"row {position} does not have {len(names)} fields")
    shape = ObjectType(tuple((name, STRING) for name in sorted(names)))
    found = (make_object(dict(zip(names, map(text, row), strict=True))) for row in rows[1:])
    return List(shape, tuple(found))


def _rows(given: str) -> list[list[str]]:
    try:
        return [row for row in csv.reader(StringIO(given, newline=""), strict=True) if row]
    except csv.Error as problem:
        raise FunctionError(f"it is not valid CSV: {problem}") from None
