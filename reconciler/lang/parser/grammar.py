"""python-hcl2's grammar, as a parser of our tokens.

python-hcl2's terminals are scanned by us (`scan_code`), because its own scanner misreads
escapes, heredocs and newlines; its rules decide what is an expression. Newlines never reach it:
the optional ones in its rules only multiply its tables, which take a tenth of the time without.
Neither it nor Lark is loaded but to make the tables (`tables`), once in the life of an installation.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from reconciler.lang import folder
from reconciler.lang.parser import automaton
from reconciler.lang.parser.automaton import Rule, Table
from reconciler.lang.parser.tokens import END, Parts, Token
from reconciler.lang.parser.tree import RULES, first

_FORMAT = "2"
_DIGEST = 32


class Rejected(NamedTuple):
    """The tokens up to `at` can begin an item; the one there cannot follow. `accepted`: what could."""

    at: int
    token: Token
    accepted: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> Table:
    text = _beside("hcl2", "hcl2.lark").replace("new_line_or_comment?", "")
    # Lark tells its version in its first file.
    made_of = "\0".join((_FORMAT, _beside("lark", "__init__.py"), text))
    name = f"grammar-{hashlib.sha256(made_of.encode()).hexdigest()[:20]}"
    made = _kept(name) or _made(name, text)
    rules = [_rule(*each) for each in made["rules"]]
    return Table(made["start"], made["end"], made["states"], rules)


def _beside(package: str, file: str) -> str:
    """A file of a package that is not loaded for it."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name(file).read_text("utf-8")


def _kept(name: str) -> Any:
    """The tables that `_made` kept, if they are whole."""
    content = folder.read(name) or b""
    if hashlib.sha256(content[_DIGEST:]).digest() != content[:_DIGEST]:
        return None
    return json.loads(content[_DIGEST:])


def _made(name: str, text: str) -> Any:
    from reconciler.lang.parser import tables  # noqa: PLC0415 - Lark loads only where it is needed

    made = tables.tables(text)
    content = json.dumps(made, separators=(",", ":")).encode()
    folder.write(name, hashlib.sha256(content).digest() + content)
    return made


def _rule(name: str, makes: str, size: int, parts: Sequence[Any], passes: bool) -> Rule:  # noqa: FBT001 - as it is kept
    """`parts` that no rule makes anything of stay the list that they are."""
    build = getattr(RULES, makes, _list)
    as_they_are = len(parts) == size and not any(is_list for _, is_list in parts)
    taken = None if as_they_are else tuple((at, is_list) for at, is_list in parts)
    passes = size == 1 and as_they_are and (passes or build is first)
    return Rule(name, size, build, taken, passes)


def _list(parts: Parts) -> Parts:
    return parts


def items(tokens: Sequence[Token], *, whole: bool = True) -> list[Any] | Rejected:
    """The arguments and blocks that the tokens are, or the first that does not fit.

    Where they are not the `whole` of an item, only the fit is of interest. ReconcilerErrors of
    the tree builder pass through.
    """
    last = tokens[-1]
    end = Token(END, "", last.path, last.line, last.end, last.end)
    found = automaton.run(_table(), [*tokens, end] if whole else tokens)
    if isinstance(found, int):
        wrong = tokens[found] if found < len(tokens) else end
        return Rejected(found, wrong, automaton.accepted(_table(), tokens[:found]))
    return found
