"""The words and signs of a JSON text, and what other languages would write there. Knows their
places, and nothing of what may follow what.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from reconciler.model.record import dataclass
from reconciler.model.span import Span

NEXT = re.compile(
    r"""[ \t\r\n]*+(?:
    (?P<string>"[^"\\\x00-\x1f]*+(?:\\[^\x00-\x1f][^"\\\x00-\x1f]*+)*+")
  | (?P<sign>[\[\]{}:,])
  | (?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?(?![\w.+-]))
  | (?P<constant>(?:true|false|null)(?![\w.+-]))
  | (?P<comment>//[^\n]*+|\#[^\n]*+|/\*[\s\S]*?\*/)
  | (?P<equals>=)
  | (?P<quote>["'])
  | (?P<end>\Z)
  | (?P<word>[\w.+-]++)
  | (?P<other>.)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Text:
    """A text and where its lines begin. No token but a comment holds a line break."""

    content: str
    path: str
    lines: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The span of a stretch of one line."""
        line = bisect_right(self.lines, start)
        before = self.lines[line - 1] - 1
        return Span(self.path, line, start - before, line, end - before)

    def whole(self, start: int, end: int) -> Span:
        """The span of a stretch that may go over several lines."""
        return self.span(start, start).to(self.span(end, end))


def text(content: str, path: str) -> Text:
    # An array, because a file may be nothing but line breaks.
    lines = array("q", accumulate((len(line) + 1 for line in content.split("\n")), initial=0))
    return Text(content, path, lines[:-1])
