"""The few places where the style changes tokens and not only the space between them.

Labels are quoted, `"${x}"` as the whole of an argument becomes `x`, and the types of variables
lose their old spellings. The meaning stays the same; a comment is never lost.
"""

from collections.abc import Mapping, Sequence
from itertools import takewhile

from reconciler.lang.format.tokens import (
    CLOSE,
    COMMENT,
    DEPTH,
    NAME,
    NEWLINE,
    NUMBER,
    OPEN,
    QUOTE,
    TEXT,
    UNQUOTE,
    WORDS,
    Token,
    ends_line,
)
from reconciler.lang.parser import escapes
from reconciler.lang.write_text import quote

_TYPES: Mapping[Token, str] = {
    Token(NAME, "list"): "list(any)",
    Token(NAME, "map"): "map(any)",
    Token(NAME, "set"): "set(any)",
    Token(TEXT, '"string"'): "string",
    Token(TEXT, '"list"'): "list(string)",
    Token(TEXT, '"map"'): "map(string)",
}


def rewritten(tokens: Sequence[Token]) -> list[Token]:
    """`tokens` of a whole file in their canonical form."""
    found: list[Token] = []
    blocks: list[str] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind in WORDS:
            at = _item(tokens, at, found, blocks)
            continue
        if token.kind == "}" and blocks:
            blocks.pop()
        found.append(token)
        at += 1
    return found


def _item(tokens: Sequence[Token], at: int, found: list[Token], blocks: list[str]) -> int:
    """Adds an argument, or a block's header, to `found`; the answer is the place behind it."""
    name = tokens[at].text
    sign = _next(tokens, at + 1)
    if sign < len(tokens) and tokens[sign].kind == "=":
        start = _next(tokens, sign + 1)
        end = _end_of_value(tokens, start)
        change = _type if name == "type" and blocks == ["variable"] else _value
        found += [*tokens[at:start], *change(tokens[start:end])]
    else:
        end = _end_of_header(tokens, at)
        found += [tokens[at], *map(_label, tokens[at + 1 : end])]
        blocks.append(name)
    return end


def _next(tokens: Sequence[Token], at: int) -> int:
    """The place of the first token from `at` on that is no comment."""
    while at < len(tokens) and tokens[at].kind == COMMENT:
        at += 1
    return at


def _end_of_header(tokens: Sequence[Token], at: int) -> int:
    """The place behind the brace that opens the block's body."""
    while at < len(tokens) and tokens[at].kind != "{":
        at += 1
    return min(at + 1, len(tokens))


def _end_of_value(tokens: Sequence[Token], at: int) -> int:
    """The place behind the value that begins at `at`, and before comments that follow it."""
    depth = 0
    while at < len(tokens):
        depth += DEPTH.get(tokens[at].kind, 0)
        if depth < 0 or (depth == 0 and ends_line(tokens[at])):
            break
        at += 1
    return _trimmed(tokens, at)


def _trimmed(tokens: Sequence[Token], end: int) -> int:
    """`end`, moved before the comments that end there."""
    while end and tokens[end - 1].kind == COMMENT:
        end -= 1
    return end


def _label(token: Token) -> Token:
    """A label in quotes, with no more escapes than it needs."""
    if token.kind in WORDS:
        return Token(TEXT, quote(token.text))
    if token.kind == TEXT:
        return Token(TEXT, quote(escapes.quoted(token.text[1:-1])))
    return token


def _type(tokens: Sequence[Token]) -> Sequence[Token]:
    if len(tokens) == 1 and tokens[0] in _TYPES:
        return [Token(TEXT, _TYPES[tokens[0]])]
    return tokens


def _value(tokens: Sequence[Token]) -> Sequence[Token]:
    if not _is_wrapped(tokens):
        return _spaced_indexes(tokens)
    inside = _unwrapped(tokens[2:-2])
    start, end = _next(inside, 0), _trimmed(inside, len(inside))
    return [*inside[:start], *_value(inside[start:end]), *inside[end:]]


def _is_wrapped(tokens: Sequence[Token]) -> bool:
    """Whether the tokens are one quoted interpolation and nothing else."""
    ends = [token.kind for token in (*tokens[:2], *tokens[-2:])]
    if ends != [QUOTE, OPEN, CLOSE, UNQUOTE] or not tokens[1].text.startswith("$"):
        return False
    quotes = 0
    for token in tokens[2:-2]:
        quotes += (token.kind == QUOTE) - (token.kind == UNQUOTE)
        if quotes == 0 and token.kind in (OPEN, CLOSE):
            return False
    return True


def _unwrapped(tokens: Sequence[Token]) -> Sequence[Token]:
    """What stands in the interpolation, in parentheses where it would not hold together."""
    start = len(list(takewhile(_is_newline, tokens)))
    end = len(tokens) - len(list(takewhile(_is_newline, reversed(tokens))))
    inside = tokens[start:end]
    enclosed = bool(inside) and (inside[0].kind, inside[-1].kind) == ("(", ")")
    if _breaks(inside) or (any(map(_is_newline, inside)) and not enclosed):
        return [Token("(", "("), *inside, Token(")", ")")]
    return inside


def _is_newline(token: Token) -> bool:
    return token.kind == NEWLINE


def _breaks(tokens: Sequence[Token]) -> bool:
    """Whether a line ends outside of all brackets, where it would end the argument."""
    depth = 0
    for token in tokens:
        depth += DEPTH.get(token.kind, 0)
        if depth == 0 and ends_line(token):
            return True
    return False


def _spaced_indexes(tokens: Sequence[Token]) -> Sequence[Token]:
    """`a.0 .1` keeps its space: without it 0.1 would be a number."""
    kinds = [token.kind for token in tokens]
    return [
        Token(".", " .") if kinds[at : at + 1] == ["."] and _parts(kinds, at) else token
        for at, token in enumerate(tokens)
    ]


def _parts(kinds: Sequence[str], at: int) -> bool:
    return at > 0 and kinds[at - 1] == NUMBER == (kinds[at + 1 : at + 2] or [""])[0]
