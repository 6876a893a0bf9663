"""One argument of a block, given another expression or put in anew. No other line is touched."""

import re
from collections.abc import Sequence

from reconciler.lang.edit.page import Page, page
from reconciler.lang.syntax import Argument, Block, Expr

_COMMENT = re.compile(r"[ \t]*(?:#|//)")
_STEP = "  "


def replaced(text: str, expr: Expr, new: str) -> str:
    """`text` with `new` in the place of `expr`."""
    start, end = page(text).stretch(expr.span)
    return text[:start] + new + text[end:]


def source(text: str, expr: Expr) -> str:
    """What `expr` is in `text`."""
    return text[slice(*page(text).stretch(expr.span))]


def inserted(text: str, block: Block, name: str, new: str, order: Sequence[str]) -> str:
    """`text` with `name = new` in `block`, next to the arguments that `order` has beside it, in
    their indentation and with the equals sign in their column where there is room for that.
    """
    at = page(text)
    if block.body.span.line == block.body.span.end_line:
        return _unfolded(at, block, name, new, order)
    rank = {each: number for number, each in enumerate(order)}
    known = [a for a in block.body.arguments if a.name in rank]
    earlier = [a for a in known if rank[a.name] < rank[name]]
    later = [a for a in known if rank[a.name] > rank[name]]
    if earlier:
        beside = max(earlier, key=lambda a: rank[a.name])
        return _put(at, _after(at, beside), _line(at, beside, name, new))
    if later:
        beside = min(later, key=lambda a: rank[a.name])
        return _put(at, _before(at, beside), _line(at, beside, name, new))
    opening = at.stretch(block.body.span)[0]
    line = f"{at.indent(opening)}{_STEP}{name} = {new}{at.newline(opening)}"
    return _put(at, _end(at, opening + 1), line)


def _put(at: Page, place: int, line: str) -> str:
    return at.text[:place] + line + at.text[place:]


def _line(at: Page, beside: Argument, name: str, new: str) -> str:
    start = at.stretch(beside.name_span)[0]
    width = at.text.index("=", at.stretch(beside.name_span)[1]) - start
    padded = f"{name:{width}}" if len(name) < width else f"{name} "
    return f"{at.indent(start)}{padded}= {new}{at.newline(start)}"


def _after(at: Page, beside: Argument) -> int:
    return _end(at, at.stretch(beside.span)[1])


def _end(at: Page, place: int) -> int:
    end = at.line_end(place)
    assert end is not None, "arguments end with their line"
    return end


def _before(at: Page, beside: Argument) -> int:
    """Above the comments that stand directly above it."""
    start = at.line_start(at.stretch(beside.span)[0])
    while start and _COMMENT.match(at.text, at.line_start(start - 1), start):
        start = at.line_start(start - 1)
    return start


def _unfolded(at: Page, block: Block, name: str, new: str, order: Sequence[str]) -> str:
    """A block on one line, which has one argument at most, gets lines of its own."""
    start, end = at.stretch(block.body.span)
    line, indent = at.newline(start), at.indent(start)
    inside = at.text[start + 1 : end - 1].strip()
    rows = [(each.name, inside) for each in block.body.arguments] or [("", inside)]
    if name in order and rows[0][0] in order and order.index(rows[0][0]) > order.index(name):
        rows = [(name, f"{name} = {new}"), *rows]
    else:
        rows = [*rows, (name, f"{name} = {new}")]
    lines = "".join(f"{indent}{_STEP}{row}{line}" for _, row in rows if row)
    return f"{at.text[:start]}{{{line}{lines}{indent}}}{at.text[end:]}"
