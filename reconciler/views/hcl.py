"""Values as people read them in HCL; every answer is clean for a terminal."""

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from reconciler.model.values import UNKNOWN, Canonical, Sealed, Secret
from reconciler.schema.attribute import Attribute
from reconciler.schema.resource_type import ResourceType
from reconciler.views.text import clean

Types = Mapping[str, ResourceType]
"""The resource types by name; a type that is not among them is shown as its values stand."""

KNOWN_LATER = "(known after apply)"
SENSITIVE = "(sensitive value)"
WRITE_ONLY = "(write-only)"
_WORD = re.compile(r"[^\W\d][\w-]*\Z")


def quoted(text: str) -> str:
    """`text` as an HCL string; interpolation marks are doubled, so that it reads back."""
    escaped = json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")
    return clean(escaped)


def name_of(key: str) -> str:
    """`key` as the left side of an argument: a bare word where it is one."""
    return key if _WORD.match(key) and key.isprintable() else quoted(key)


def one_line(value: Canonical, attribute: Attribute | None) -> str:
    """`value` as its kind writes it. A credential shows who, never the password; a file nothing."""
    if value is UNKNOWN:
        return KNOWN_LATER
    if isinstance(value, Sealed | Secret):
        if not value.open:
            return WRITE_ONLY
        return f"{{ username = {quoted(value.open)}, password = (write-only) }}"
    if value is None:
        return "null"
    return _written(value, attribute.kind.show if attribute else bare)


@lru_cache(maxsize=8192, typed=True)
def _written(value: Canonical, show: Callable[[Canonical], str]) -> str:
    """Thousands of objects share most of their values. Secrets never come here."""
    return clean(show(value))


def bare(value: object) -> str:
    """A JSON value, or one of no known kind, on one line."""
    match value:
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case str():
            return quoted(value)
        case tuple() | list():
            return f"[{', '.join(map(bare, value))}]"
        case _:
            return clean(str(value))


def elements(value: Canonical, attribute: Attribute | None) -> tuple[str, ...] | None:
    """Each element of a set as HCL, in order; None where `value` is no set."""
    if not isinstance(value, tuple):
        return None
    show = attribute.kind.show if attribute else bare
    return tuple(_unbracketed(_written((element,), show).strip()) for element in value)


def _unbracketed(text: str) -> str:
    """The element inside `[ … ]`; kinds write sets, never elements."""
    return text[1:-1].strip().rstrip(",") if text[:1] == "[" and text[-1:] == "]" else text


def lines(value: object) -> list[str]:
    """A JSON value over several lines, Terraform's way: `[`, `  "a",`, `]`."""
    if isinstance(value, list) and value:
        return ["[", *_items([lines(item) for item in value], end=","), "]"]
    if isinstance(value, dict) and value:
        keys = {key: name_of(str(key)) for key in value}
        width = max(map(len, keys.values()))
        rows = [_assigned(keys[key].ljust(width), lines(value[key])) for key in value]
        return ["{", *_items(rows, end=""), "}"]
    return ["{}"] if isinstance(value, dict) else [bare(value)]


def _assigned(name: str, value: list[str]) -> list[str]:
    return [f"{name} = {value[0]}", *value[1:]]


def _items(rows: list[list[str]], end: str) -> list[str]:
    return [f"  {line}" for row in rows for line in (*row[:-1], row[-1] + end)]
