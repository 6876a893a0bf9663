"""The one door to Lark: what it makes of a grammar, as plain data that can be kept and run without it.

It takes a second and knows no text but the grammar's.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

import lark
from lark.lexer import Lexer

Tables: TypeAlias = dict[str, Any]
"""`start` and `end` are states. `states` holds for each what to do at a token or value of each type:
go to a state, or reduce by the rule that ~number stands for. `rules` holds for each the name of
what it makes, the function that makes it, how many parts it has, which of them count (an index, and
whether that part is a list, whose members count), and whether one that counts is passed on as it is.
"""


class _NoLexer(Lexer):
    """Tokens are fed one by one, so there is nothing to scan."""

    def __init__(self, lexer_conf: object) -> None:
        """Lark hands over its configuration; it has no use here."""

    def lex(self, _state: object, _parser: object) -> Iterator[lark.Token]:
        return iter(())


def tables(grammar: str) -> Tables:
    parser = lark.Lark(grammar, parser="lalr", lexer=_NoLexer, maybe_placeholders=False)
    # What Lark runs on it tells to none but those who step through it.
    conf: Any = parser.parse_interactive().parser_state.parse_conf
    number = {rule: at for at, rule in enumerate(conf.callbacks)}
    return {
        "start": conf.start_state,
        "end": conf.end_state,
        "states": [_state(conf.states[at], number) for at in range(len(conf.states))],
        "rules": [_rule(rule) for rule in number],
    }


def _state(state: Any, number: dict[Any, int]) -> dict[str, int]:
    return {
        type_: target if isinstance(target, int) else ~number[target]
        for type_, (_, target) in state.items()
    }


def _rule(rule: Any) -> list[Any]:
    """Lark takes in the parts of a rule whose name begins with _ where that rule is a part."""
    parts = [
        [at, not part.is_term and part.name.startswith("_")]
        for at, part in enumerate(rule.expansion)
        if not (part.is_term and part.filter_out) or rule.options.keep_all_tokens
    ]
    name = str(rule.origin.name)
    passes = bool(rule.options.expand1 and not rule.alias)
    return [name, str(rule.alias or name), len(rule.expansion), parts, passes]
