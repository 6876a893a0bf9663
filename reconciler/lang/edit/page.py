"""A text with its lines, so that spans become offsets."""

import re
from itertools import accumulate

from reconciler.model.record import dataclass
from reconciler.model.span import Span

# Nothing is given back: what stands in a comment is never taken for something else.
_TRAILING = re.compile(
    r"(?:[ \t]++|/\*(?:[^*]|\*(?!/))*+\*/)*+(?:(?:#|//)[^\r\n]*+)?+(?:\r?\n|\Z)"
)
_INDENT = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class Page:
    """`starts` are the offsets of the lines."""

    text: str
    starts: tuple[int, ...]

    def stretch(self, span: Span) -> tuple[int, int]:
        """Where `span` begins and ends."""
        return self.offset(span.line, span.column), self.offset(span.end_line, span.end_column)

    def offset(self, line: int, column: int) -> int:
        return self.starts[line - 1] + column - 1

    def line_start(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    def indent(self, at: int) -> str:
        """What the line of `at` begins with."""
        found = _INDENT.match(self.text, self.line_start(at))
        assert found is not None
        return found[0]

    def begins_line(self, at: int) -> bool:
        """Whether nothing but blanks stands before `at` on its line."""
        return self.line_start(at) + len(self.indent(at)) == at

    def blanks_before(self, at: int) -> int:
        """Where the blanks begin that stand before `at`."""
        return len(self.text[:at].rstrip(" \t"))

    def line_end(self, at: int) -> int | None:
        """Where the line ends on which what stands before `at` ends, its comment included; None
        where something else follows.
        """
        found = _TRAILING.match(self.text, at)
        return None if found is None else found.end()

    def newline(self, at: int) -> str:
        """How lines end here."""
        end = self.text.find("\n", at)
        end = self.text.rfind("\n") if end < 0 else end
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"


def page(text: str) -> Page:
    lengths = (len(line) + 1 for line in text.split("\n"))
    return Page(text, tuple(accumulate(lengths, initial=0))[:-1])


def spliced(text: str, cuts: "list[tuple[int, int, str]]") -> str:
    """`text` with each stretch replaced. Of two that begin in one place the empty one comes first."""
    for start, end, new in sorted(cuts, key=lambda cut: (cut[0], cut[1]), reverse=True):
        text = text[:start] + new + text[end:]
    return text
