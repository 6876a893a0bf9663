"""Lark's LALR tables, run in a tight loop of our own.

The grammar has eight levels of operators, and a lone value climbs through all of them, one step
of the automaton each, before anything happens. Such a climb is looked up here instead of walked.
"""

from collections.abc import Callable, Sequence
from dataclasses import field
from typing import Any

from reconciler.lang.parser.tokens import END, Token
from reconciler.model.record import dataclass

_Build = Callable[[list[Any]], Any]


@dataclass(frozen=True, slots=True)
class _Shift:
    state: int


@dataclass(frozen=True, slots=True)
class _Reduce:
    """`size` values become one by `build`; `name` is the rule's."""

    size: int
    name: str
    build: _Build


@dataclass(frozen=True, slots=True)
class Table:
    """`conf` is Lark's ParseConf: states, callbacks, and where to begin and end.

    `moves` and `climbs` fill up as they are needed. A climb leads from the state below a value,
    the state of the value, and the next token, to the state in which the value does something.
    """

    conf: Any
    moves: dict[tuple[int, str], _Shift | _Reduce | None] = field(default_factory=dict)
    climbs: dict[tuple[int, int, str], int] = field(default_factory=dict)

    def move(self, state: int, type_: str) -> _Shift | _Reduce | None:
        """What to do in `state` when a token of this type comes; None where none may."""
        key = state, type_
        try:
            return self.moves[key]
        except KeyError:
            self.moves[key] = move = self._look_up(state, type_)
            return move

    def _look_up(self, state: int, type_: str) -> _Shift | _Reduce | None:
        found = self.conf.states[state].get(type_)
        if found is None:
            return None
        _, target = found
        if isinstance(target, int):
            return _Shift(target)
        name = str(target.origin.name)
        return _Reduce(len(target.expansion), name, self.conf.callbacks[target])

    def go(self, state: int, name: str) -> int:
        """The state after a value of the rule `name` where `state` was."""
        _, target = self.conf.states[state][name]
        return int(target)

    def climb(self, below: int, state: int, type_: str) -> int:
        """`state`, or the one that its value comes to by rules that leave it as it is."""
        key = below, state, type_
        try:
            return self.climbs[key]
        except KeyError:
            self.climbs[key] = reached = self._climb(below, state, type_)
            return reached

    def _climb(self, below: int, state: int, type_: str) -> int:
        while True:
            found = self.conf.states[state].get(type_)
            if found is None or isinstance(found[1], int) or not _leaves_as_is(found[1]):
                return state
            state = self.go(below, str(found[1].origin.name))


def _leaves_as_is(rule: Any) -> bool:
    """Whether the rule only passes its one part on (Lark writes `?rule` for that)."""
    return len(rule.expansion) == 1 and rule.options.expand1 and not rule.alias


def run(table: Table, tokens: Sequence[Token]) -> list[Any] | int:
    """What the tokens become; nothing unless the last of them is the end. Where one of them does
    not fit, its index.
    """
    states = [table.conf.start_state]
    values: list[Any] = []
    for at, token in enumerate(tokens):
        move = _settle(table, states, values, token.type)
        if move is None:
            return at
        states.append(move.state)
        values.append(token)
    return values[-2] if tokens[-1].type == END else []


def _settle(table: Table, states: list[int], values: list[Any], type_: str) -> _Shift | None:
    """Makes of the last values what they are, until the next token can follow them."""
    while True:
        if len(states) > 1:
            states[-1] = table.climb(states[-2], states[-1], type_)
        move = table.move(states[-1], type_)
        if not isinstance(move, _Reduce):
            return move
        size = move.size
        parts = values[len(values) - size :]
        del values[len(values) - size :], states[len(states) - size :]
        values.append(move.build(parts))
        states.append(table.go(states[-1], move.name))
        if states[-1] == table.conf.end_state:
            return _Shift(states[-1])
