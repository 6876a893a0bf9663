"""The one door to python-hcl2 and Lark: its grammar, as a parser of our tokens.

python-hcl2's terminals are scanned by us (`scan_code`), because its own scanner misreads
escapes, heredocs and newlines; its rules decide what is an expression. Newlines never reach it:
the optional ones in its rules only multiply its tables, which take a tenth of the time without.
"""

import hashlib
import io
import sys
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

_DIGEST = 32


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
    key = hashlib.sha256(
        f"{lark.__version__}\0{sys.version_info[:2]}\0{text}".encode()
    ).hexdigest()
    name = f"grammar-{key[:20]}"
    return _kept(name) or _build(name, text)


def _kept(name: str) -> lark.Lark | None:
    """The parser that `_build` kept, if it is whole.

    Lark keeps it as a pickle, so it must come from a folder that is ours alone: `folder` sees to
    that. The digest tells damage, the exceptions another version of our own modules.
    """
    content = folder.read(name) or b""
    if hashlib.sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
        return None
    try:
        return lark.Lark.load(io.BytesIO(content[_DIGEST:]))
    except (AttributeError, ImportError, LookupError, TypeError, ValueError):
        return None


def _build(name: str, text: str) -> lark.Lark:
    parser = lark.Lark(
        text, parser="lalr", lexer=_NoLexer, transformer=RULES, maybe_placeholders=False
    )
    file = io.BytesIO()
    parser.save(file)
    content = file.getvalue()
    folder.write(name, hashlib.sha256(content).digest() + content)
    return parser


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
