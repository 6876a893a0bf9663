"""What the scanner hands to the grammar: a word, a sign or a run of text, and where it stands.

Types are the names of python-hcl2's terminals. This module knows neither text nor grammar.
"""

from dataclasses import dataclass
from typing import Any, TypeAlias

from reconciler.model.span import Span

# What a rule's parts became depends on the rule, and the grammar vouches for it.
Parts: TypeAlias = list[Any]

END = "$END"

BINARY = {
    "==": "DOUBLE_EQ",
    "!=": "NEQ",
    "<": "LT",
    ">": "GT",
    "<=": "LEQ",
    ">=": "GEQ",
    "&&": "DOUBLE_AMP",
    "||": "DOUBLE_PIPE",
    "+": "PLUS",
    "-": "MINUS",
    "*": "ASTERISK",
    "/": "SLASH",
    "%": "PERCENT",
}
UNARY = {"-": "MINUS", "!": "NOT"}
OPEN = {"(": "LPAR", "[": "LSQB", "{": "LBRACE"}
CLOSE = {")": "RPAR", "]": "RSQB", "}": "RBRACE"}
PUNCTUATION = {
    ",": "COMMA",
    ":": "COLON",
    "?": "QMARK",
    "=": "EQ",
    "=>": "FOR_OBJECT_ARROW",
    "...": "ELLIPSIS",
    ".": "DOT",
}
CONSTANTS = {"true": "TRUE", "false": "FALSE", "null": "NULL"}
DIRECTIVES = {"if": "IF", "else": "ELSE", "endif": "ENDIF", "for": "FOR", "endfor": "ENDFOR"}


@dataclass(slots=True)
class Token:
    """One terminal. It never spans lines; `end` is the column after it.

    `value` of text is what it means (escapes undone), of a run of unary operators the
    operators in order; `raw` is how it was written where that differs and matters.
    """

    type: str
    value: str
    path: str
    line: int
    column: int
    end: int
    raw: str = ""

    @property
    def span(self) -> Span:
        return Span(self.path, self.line, self.column, self.line, self.end)
