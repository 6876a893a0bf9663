"""The source line under a finding, with the culprit marked and secrets masked."""

import re
from functools import lru_cache
from itertools import accumulate

from reconciler.model.diagnostic import Diagnostic
from reconciler.model.record import dataclass
from reconciler.model.span import Span
from reconciler.views.text import clean_lines, columns

MASK = '"********"'
_LONGEST = 160
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*(?:"|$)')
_HEADER = re.compile(r'\s*[\w-]+(?:\s+"[\w-]+")*\s*\{\s*')
_SECRETIVE = re.compile(r"(?i)passw|passphrase|secret|credential|token|(?:api|private)_?key")


@dataclass(frozen=True, slots=True)
class Snippet:
    """One line as it may be shown; the culprit is `code[start:end]`, or start == end where
    masking has moved it.
    """

    code: str
    start: int
    end: int


@lru_cache(maxsize=8)
def _lines(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The lines, and the byte at which each begins."""
    lines = tuple(text.split("\n"))
    sizes = (len(line.encode("utf-8", "surrogatepass")) + 1 for line in lines)
    return lines, tuple(accumulate(sizes, initial=0))


def snippet(finding: Diagnostic, span: Span, text: str | None) -> Snippet | None:
    """The first line of the culprit; None where there is no such line."""
    lines = () if text is None else _lines(text)[0]
    if not 1 <= span.line <= len(lines):
        return None
    line = lines[span.line - 1].rstrip("\r")
    hidden = _masked(line, finding)
    if hidden != line:
        return Snippet(hidden[:_LONGEST], 0, 0)
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    return _cropped(line, start, max(start + 1, min(end, len(line))))


def _masked(line: str, finding: Diagnostic) -> str:
    """`line` without quoted text, where a secret may be in it; a block's name is none."""
    if finding.secret and finding.span and finding.span.path.endswith(".json"):
        return MASK  # where everything is quoted, what is not may be a secret
    if _HEADER.fullmatch(line):
        return line
    if not (finding.secret or _SECRETIVE.search(f"{line} {finding.context or ''}")):
        return line
    hidden, quoted = _QUOTED.subn(MASK, line)
    if quoted or not finding.secret:
        return hidden
    name, equals, _ = line.partition("=")
    return f"{name}{equals} {MASK}" if equals else MASK


def _cropped(line: str, start: int, end: int) -> Snippet:
    """At most _LONGEST characters around the culprit."""
    left = 0 if len(line) <= _LONGEST else max(0, start - _LONGEST // 2)
    piece = line[left : left + _LONGEST]
    return Snippet(piece, start - left, min(end - left, max(len(piece), start - left + 1)))


def marked(piece: Snippet) -> tuple[str, str]:
    """The line clean for a terminal, and the line of carets beneath it ("" for none)."""
    before, culprit, after = (
        clean_lines(part)[0]
        for part in (
            piece.code[: piece.start],
            piece.code[piece.start : piece.end],
            piece.code[piece.end :],
        )
    )
    carets = "^" * max(columns(culprit), 1) if piece.end > piece.start else ""
    return f"{before}{culprit}{after}", " " * columns(before) + carets if carets else ""


def byte_offset(text: str | None, line: int, column: int) -> int:
    """Where in the UTF-8 file that place is; 0 where the file cannot be read."""
    if text is None:
        return 0
    lines, starts = _lines(text)
    if not 1 <= line <= len(lines):
        return starts[-1] - 1
    return starts[line - 1] + len(lines[line - 1][: column - 1].encode("utf-8", "surrogatepass"))
