"""Tokens laid out in lines: indentation, and the columns that neighbouring lines share.

A line has up to three cells: what comes first, the equals sign with a value that ends on the same
line, and a comment at the end. Equals signs and comments of adjacent lines stand in one column.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from reconciler.lang.format.spaces import between
from reconciler.lang.format.tokens import (
    COMMENT,
    DEPTH,
    HEREDOC,
    NEWLINE,
    TEXT,
    Token,
    depth,
    ends_line,
)
from reconciler.lang.functions.late import late

_STEP = 2


@dataclass(slots=True)
class _Row:
    """The cells of one line. `width` is that of the first, or of the first two once the second
    has its place.
    """

    lead: str
    assign: str = ""
    comment: str = ""
    width: int = 0
    assign_width: int = 0


def laid_out(tokens: Iterable[Token]) -> str:
    """The text of the tokens in the canonical layout."""
    indents: list[int] = []
    rows = [_row(line, indents) for line in _lines(tokens)]
    for has_assign, run in groupby(rows, lambda row: row.assign != ""):
        if has_assign:
            _align_assigns(list(run))
    for has_comment, run in groupby(rows, lambda row: row.comment != ""):
        if has_comment:
            _align_comments(list(run))
    return "".join([row.lead + row.assign + row.comment for row in rows])


def _lines(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    line: list[Token] = []
    for token in tokens:
        line.append(token)
        if ends_line(token):
            yield line
            line = []
    if line:
        yield line


def _row(line: list[Token], indents: list[int]) -> _Row:
    if line[0].kind == NEWLINE:
        return _Row(line[0].text)
    if len(line) == 1:
        step = DEPTH.get(line[0].kind, 0)
        return _Row(" " * (_STEP * _indent(step, indents)) + line[0].text)
    comment = line.pop().text if line[-1].kind == COMMENT else ""
    split = _split(line)
    lead, assign = line[:split], line[split:]
    indent = " " * (_STEP * _indent(_opened(lead) + depth(assign), indents))
    first, second = _joined(lead), _joined(assign)
    width = len(indent) + _columns(lead, first)
    return _Row(indent + first, second, comment, width, _columns(assign, second))


def _split(line: Sequence[Token]) -> int:
    """Where the equals sign stands, if the value after it ends on this line; else the end."""
    for at, token in enumerate(line):
        if at and token.kind == "=":
            return at if depth(line[at:]) == 0 else len(line)
    return len(line)


def _opened(lead: Sequence[Token]) -> int:
    """How many brackets the line leaves open; those in a heredoc after it do not count."""
    heredoc = next((at for at, token in enumerate(lead) if token.kind == HEREDOC), len(lead))
    return depth(lead[:heredoc])


def _indent(opened: int, indents: list[int]) -> int:
    """How deep the line is indented. `indents` holds, for each level, the brackets that one line
    has opened: however many they are, they make one level.
    """
    if opened > 0:
        indents.append(opened)
        return len(indents) - 1
    closed = -opened
    while closed > 0 and indents:
        last = indents[-1]
        if closed < last:
            indents[-1] -= closed
        else:
            indents.pop()
        closed -= last
    return len(indents)


def _joined(cell: Sequence[Token]) -> str:
    parts: list[str] = []
    before = left = ""
    for kind, text in cell:
        if left and between(before, left, kind):
            parts.append(" ")
        parts.append(text)
        before, left = left, kind
    return "".join(parts)


def _columns(cell: Sequence[Token], text: str) -> int:
    """How many columns the tokens take, whose text with the spaces between is `text`."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    spaces = len(text) - sum(len(token.text) for token in cell)
    return spaces + sum(map(_width, cell))


def _width(token: Token) -> int:
    if token.text.isascii():
        return len(token.text) - token.text.count("\r\n")
    if token.kind == TEXT:  # a quote is a column of its own, whatever character follows it
        return 2 + _graphemes(token.text[1:-1])
    return _graphemes(token.text)


def _graphemes(text: str) -> int:
    return len(late("regex").findall(r"\X", text))


def _align_assigns(rows: Sequence[_Row]) -> None:
    column = max([row.width for row in rows]) + 1
    for row in rows:
        row.assign = " " * (column - row.width) + row.assign
        row.width = column + row.assign_width


def _align_comments(rows: Sequence[_Row]) -> None:
    column = max([row.width for row in rows]) + 1
    for row in rows:
        row.comment = " " * (column - row.width) + row.comment
