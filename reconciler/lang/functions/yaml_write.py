"""Values as YAML, byte for byte as Terraform writes it: the layout of libyaml, which no Python
library gives, because strings are always quoted and lists in mappings are not indented.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from reconciler.lang import number
from reconciler.lang.core import List, Map, Null, Set, Value, inside, strip
from reconciler.lang.functions.declare import Parameter, function
from reconciler.lang.functions.yaml_quoting import (
    BREAKS,
    escape,
    fits_in_block,
    hints,
    is_simple_key,
)
from reconciler.lang.shape import STRING

_STEP: Final = 2
_WIDTH: Final = 80
_OUTSIDE: Final = -1


@dataclass(slots=True)
class _Page:
    """`fresh`: nothing but indicators stands on the line; `spaced`: what was written last separates.
    `unended`: the document is a bare word, which could go on.
    """

    parts: list[str] = field(default_factory=list)
    column: int = 0
    fresh: bool = True
    spaced: bool = True
    unended: bool = False

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.column += len(text)

    def end_line(self, sign: str = "\n") -> None:
        self.parts.append(sign)
        self.column = 0

    def indent(self, depth: int) -> None:
        """Goes to that column, on a new line where this one is in use."""
        if not self.fresh or self.column > depth or (self.column == depth and not self.spaced):
            self.end_line()
        self.put(" " * (depth - self.column))
        self.fresh = self.spaced = True

    def sign(self, sign: str, *, apart: bool = True, opens: bool = False) -> None:
        """An indicator: `apart` from what stands before; `opens`: the line still counts as fresh."""
        if apart and not self.spaced:
            self.put(" ")
        self.put(sign)
        self.spaced = self.unended = False
        self.fresh = self.fresh and opens


@function(Parameter("value", null=True), returns=STRING)
def yamlencode(value: Value) -> Value:
    """The value as YAML, in blocks."""
    page = _Page()
    _node(page, value, _OUTSIDE, in_mapping=False)
    page.indent(0)
    if page.unended:
        page.sign("...")
        page.indent(0)
    return "".join(page.parts)


def _node(page: _Page, value: Value, depth: int, *, in_mapping: bool) -> None:
    """`depth` is the column of the block around, _OUTSIDE where there is none."""
    value = strip(value)[0]
    match value:
        case str():
            _string(page, value, depth)
        case tuple() | List() | Set():
            _sequence(page, value, depth, in_mapping=in_mapping)
        case dict():
            _mapping(page, value, depth)
        case Map():
            _mapping(page, value.items, depth)
        case _:
            page.sign(_plain(value))
            page.unended = depth == _OUTSIDE


def _plain(value: Value) -> str:
    if value is None or isinstance(value, Null):
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return "-.Inf" if value < 0 else "+.Inf"
    assert isinstance(value, number.Number)
    return number.write(value)


def _deeper(depth: int) -> int:
    return 0 if depth == _OUTSIDE else depth + _STEP


def _sequence(page: _Page, value: Value, depth: int, *, in_mapping: bool) -> None:
    items = inside(value)
    if not items:
        page.sign("[]")
    at = depth if in_mapping and not page.fresh else _deeper(depth)
    for item in items:
        page.indent(at)
        page.sign("-", opens=True)
        _node(page, item, at, in_mapping=False)


def _mapping(page: _Page, items: Mapping[str, Value], depth: int) -> None:
    if not items:
        page.sign("{}")
    at = _deeper(depth)
    for key, item in items.items():
        page.indent(at)
        if is_simple_key(key):
            _quoted(page, key, None)
            page.sign(":", apart=False)
        else:
            page.sign("?", opens=True)
            _string(page, key, at)
            page.indent(at)
            page.sign(":", opens=True)
        _node(page, item, at, in_mapping=True)


def _string(page: _Page, text: str, depth: int) -> None:
    at = _STEP if depth == _OUTSIDE else depth + _STEP
    if "\n" in text and fits_in_block(text):
        _block(page, text, at)
    else:
        _quoted(page, text, at)


def _quoted(page: _Page, text: str, depth: int | None) -> None:
    """In quotes; lines are broken where `depth` says where the next one begins."""
    page.sign('"')
    last = len(text) - 1
    after_space = False
    for position, character in enumerate(text):
        is_space = character == " "
        breaks = is_space and not after_space and 0 < position < last and page.column > _WIDTH
        if breaks and depth is not None:
            page.indent(depth)
            page.put("\\" if text[position + 1] == " " else "")
        else:
            page.put(escape(character))
        after_space = is_space
    page.sign('"', apart=False)


def _block(page: _Page, text: str, depth: int) -> None:
    page.sign(f"|{hints(text)}")
    page.end_line()
    page.fresh = page.spaced = True
    at_start = True
    for character in text:
        if character in BREAKS:
            page.end_line(character)
            page.fresh = at_start = True
            continue
        if at_start:
            page.indent(depth)
        page.put(character)
        page.fresh = at_start = False
