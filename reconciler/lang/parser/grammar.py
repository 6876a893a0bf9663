"""The one door to python-hcl2 and Lark: its grammar, as a parser of our tokens.

python-hcl2's terminals are scanned by us (`scan_code`), because its own scanner misreads
escapes, heredocs and newlines; its rules decide what is an expression. Newlines never reach it:
the optional ones in its rules only multiply its tables, which take a tenth of the time without.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import lark
from lark.lexer import Lexer

from reconciler.lang import folder
from reconciler.lang.parser import automaton
from reconciler.lang.parser.tokens import END, Token
from reconciler.lang.parser.tree import RULES


class _NoLexer(Lexer):
    """Tokens are fed one by one, so there is nothing to scan."""

    def __init__(self, lexer_conf: object) -> None:
        """Lark hands over its configuration; it has no use here."""

    def lex(self, _state: object, _parser: object) -> Iterator[lark.Token]:
        return iter(())


class Rejected(NamedTuple):
    """The tokens up to `at` can begin an item; the one there cannot follow. `accepted`: what could."""

    at: int
    token: Token
    accepted: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> automaton.Table:
    parser: Any = _parser().parse_interactive()
    return automaton.Table(parser.parser_state.parse_conf)


@lru_cache(maxsize=1)
def _parser() -> lark.Lark:
    package = find_spec("hcl2")
    assert package is not None
    assert package.origin is not None
    text = Path(package.origin).with_name("hcl2.lark").read_text("utf-8")
    text = text.replace("new_line_or_comment?", "")
    key = hashlib.sha256(f"{lark.__version__}\0{text}".encode()).hexdigest()[:20]
    with folder.replacing(f"grammar-{key}.bin") as cache:
        return _build(text, cache)


def _build(text: str, cache: Path | None) -> lark.Lark:
    return lark.Lark(
        text,
        parser="lalr",
        lexer=_NoLexer,
        transformer=RULES,
        maybe_placeholders=False,
        cache=str(cache) if cache else False,
    )


def items(tokens: Sequence[Token], *, whole: bool = True) -> list[Any] | Rejected:
    """The arguments and blocks that the tokens are, or the first that does not fit.

    Where they are not the `whole` of an item, only the fit is of interest. ReconcilerErrors of
    the tree builder pass through.
    """
    last = tokens[-1]
    end = Token(END, "", last.path, last.line, last.end, last.end)
    found = automaton.run(_table(), [*tokens, end] if whole else tokens)
    if isinstance(found, int):
        return _rejected(tokens, found, end)
    return found


def _rejected(tokens: Sequence[Token], at: int, end: Token) -> Rejected:
    """What Lark would have taken instead of the token at `at`."""
    parser: Any = _parser().parse_interactive()
    for token in tokens[:at]:
        parser.feed_token(token)
    wrong = tokens[at] if at < len(tokens) else end
    return Rejected(at, wrong, frozenset(parser.accepts()))
