"""Which two tokens of a line have a space between them. Knows kinds of tokens, never their text.

The style is that of `terraform fmt`, whose layout is hclwrite's (github.com/hashicorp/hcl).
"""

from functools import cache

from reconciler.lang.format.tokens import (
    CLOSE,
    DEPTH,
    HEREDOC,
    IN,
    LITERAL,
    MARKER,
    NEWLINE,
    NUMBER,
    OPEN,
    OPERATOR,
    QUOTE,
    UNQUOTE,
    WORDS,
)

_NONE_BEFORE = frozenset({NEWLINE, ".", ",", "...", LITERAL, UNQUOTE, MARKER})
_NONE_AFTER = frozenset({".", LITERAL, QUOTE, HEREDOC})
_PAIRS_WITHOUT = frozenset(
    [(word, right) for word in WORDS for right in ("(", "::", "[")]
    + [("::", word) for word in WORDS]
    + [(left, "[") for left in (NUMBER, *(kind for kind, step in DEPTH.items() if step < 0))]
    + [("{", "}"), (CLOSE, OPEN)]
)
_PAIRS_WITH = frozenset({(OPEN, "{"), ("}", CLOSE)})
_BEFORE_A_SIGN = frozenset({"", "(", "{", "[", "=", ",", OPERATOR, "-", "!"})


@cache
def between(before: str, left: str, right: str) -> bool:
    """Whether a space parts `left` and `right`; `before` is what precedes `left` on the line."""
    if right in _NONE_BEFORE or left in _NONE_AFTER:
        return False
    if left == "," or (left == IN and before in WORDS and right not in ("(", "::")):
        return True
    if (left, right) in _PAIRS_WITHOUT or left == "!":
        return False
    if left == "-":  # a minus after what no value can end in is a sign, not a subtraction
        return before not in _BEFORE_A_SIGN
    return _around_brackets(left, right)


def _around_brackets(left: str, right: str) -> bool:
    if left == "{" or right == "}" or (left, right) in _PAIRS_WITH:
        return True
    return DEPTH.get(left, 0) <= 0 <= DEPTH.get(right, 0)
