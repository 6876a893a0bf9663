"""The pieces of a file as the formatter sees them: each stretch of text but the space between.

Unlike the parser's tokens they keep comments and line breaks, and mean nothing yet: a name may be
a keyword, a brace may open a block or an object.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple


class Token(NamedTuple):
    """`text` is what stands in the file. The kind of brackets and punctuation is the sign itself."""

    kind: str
    text: str


NAME = "name"
IN = "in"  # the name `in`, which is a keyword after another name
NUMBER = "number"
OPERATOR = "operator"
COMMENT = "comment"
NEWLINE = "newline"  # one, or the whole run of blank lines
TEXT = "text"  # a whole quoted string without sequences
QUOTE, UNQUOTE = "quote", "unquote"  # the quotes of any other
LITERAL = "literal"
OPEN, CLOSE = "${", "}~"  # of a template sequence, strip marker and all
HEREDOC, MARKER = "heredoc", "marker"

WORDS = frozenset({NAME, IN})
DEPTH: Mapping[str, int] = {"{": 1, "[": 1, "(": 1, OPEN: 1, "}": -1, "]": -1, ")": -1, CLOSE: -1}


def ends_line(token: Token) -> bool:
    """A comment that begins with # or // takes its line break along."""
    return token.kind == NEWLINE or (token.kind == COMMENT and token.text.endswith("\n"))


def depth(tokens: Iterable[Token]) -> int:
    """How many more brackets the tokens open than they close."""
    return sum([DEPTH.get(token.kind, 0) for token in tokens])
