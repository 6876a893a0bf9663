"""Values as the console prints them, for people and for programs.

People see no sensitive value. Programs, which ask for JSON, get every value, and are told which are
sensitive.
"""

import json
from collections.abc import Iterable, Mapping

from reconciler.lang import number
from reconciler.lang.shape import (
    DYNAMIC,
    ListType,
    MapType,
    Primitive,
    SetType,
    Type,
    show,
    word,
)
from reconciler.lang.types import of
from reconciler.lang.value import (
    EPHEMERAL,
    SENSITIVE,
    List,
    Map,
    Marked,
    Null,
    Set,
    Unknown,
    Value,
    json_text,
    marks,
)
from reconciler.model.diagnostic import Diagnostic
from reconciler.views.hcl import KNOWN_LATER
from reconciler.views.hcl import SENSITIVE as HIDDEN
from reconciler.views.json_text import line
from reconciler.views.text import clean

_STEP = "  "
_DELETE = 0x7F
_COLLECTIONS: Mapping[type, str] = {ListType: "tolist", SetType: "toset", MapType: "tomap"}


def text(value: Value, indent: str = "") -> str:
    """The value as HCL would write it, the type of collections included."""
    match value:
        case Marked():
            return _hidden(value)
        case Unknown():
            return KNOWN_LATER
        case None | Null():
            return _null(of(value))
        case str():
            return _string(value, indent)
        case bool():
            return "true" if value else "false"
        case tuple() | List() | Set():
            return _sequence(value, indent)
        case dict() | Map():
            return _mapping(value, indent)
        case _:
            return number.write(value)


def _hidden(value: Marked) -> str:
    if SENSITIVE in value.marks:
        return HIDDEN
    return "(ephemeral value)" if EPHEMERAL in value.marks else text(value.value)


def _null(shape: Type) -> str:
    if shape is DYNAMIC:
        return "null"
    if isinstance(shape, Primitive):
        return f"to{shape.name}(null)"
    if isinstance(shape, ListType | SetType | MapType):
        inside = "dynamic" if shape.element is DYNAMIC else word(shape.element)
        return f"{_COLLECTIONS[type(shape)]}(null) /* of {inside} */"
    return f"null /* {word(shape)} */"


def _string(value: str, indent: str) -> str:
    """In quotes, or as a heredoc where it has several lines."""
    if "\n" not in value:
        return clean(json.dumps(value, ensure_ascii=False))
    rows = value.split("\n")
    marker = "EOT"
    while any(row.strip() == marker for row in rows):
        marker += "_"
    sign = "<<-" if indent else "<<"
    return f"\n{indent}".join([sign + marker, *map(_row, rows), marker])


def _row(row: str) -> str:
    return "\t".join(map(clean, row.split("\t")))


def _sequence(value: tuple[Value, ...] | List | Set, indent: str) -> str:
    items = value if isinstance(value, tuple) else value.items
    deeper = indent + _STEP
    rows = [f"{text(item, deeper)}," for item in items]
    return _as_collection(value, _bracketed("[", rows, "]", indent))


def _mapping(value: dict[str, Value] | Map, indent: str) -> str:
    items = value if isinstance(value, dict) else value.items
    deeper = indent + _STEP
    rows = [f"{_string(name, deeper)} = {text(item, deeper)}" for name, item in items.items()]
    return _as_collection(value, _bracketed("{", rows, "}", indent))


def _bracketed(opening: str, rows: list[str], closing: str, indent: str) -> str:
    if not rows:
        return opening + closing
    return f"\n{indent}{_STEP}".join([opening, *rows]) + f"\n{indent}{closing}"


def _as_collection(value: Value, inside: str) -> str:
    function = _COLLECTIONS.get(type(of(value)))
    return f"{function}({inside})" if function else inside


def json_answer(value: Value) -> str:
    """One line. What JSON cannot say, something unknown or infinite, is an error."""
    try:
        written = json_text(value)
    except ValueError as problem:
        return line({"error": f"{str(problem).capitalize()}.", "stage": "evaluate"})
    secret = ',"sensitive":true' if SENSITIVE in marks(value) else ""
    return f'{{"value":{_ascii(written)},"type":{json.dumps(show(of(value)))}{secret}}}\n'


def _ascii(written: str) -> str:
    """JSON without a character that could steer a terminal; outside of strings there is none."""
    if written.isascii() and written.isprintable():
        return written
    return "".join(_escaped(c) if ord(c) >= _DELETE else c for c in written)


def _escaped(character: str) -> str:
    return f"\\u{ord(character):04x}" if character == "\x7f" else json.dumps(character)[1:-1]


def json_refusal(findings: Iterable[Diagnostic], stage: str) -> str:
    """One line; `stage` is parse or evaluate."""
    told = "\n".join(f"{each.summary}: {each.detail}" for each in findings)
    return line({"error": told, "stage": stage})
