"""LALR tables, run in a tight loop: tokens to what the rules of the grammar make of them.

The grammar has eight levels of operators, and a lone value climbs through all of them, one step
of the automaton each, before anything happens. Such a climb is looked up here instead of walked.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from reconciler.lang.parser.tokens import END, Parts, Token
from reconciler.model.record import dataclass

_NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Rule:
    """`size` parts become one value by `build`; `name` is the rule's. `taken` tells which parts
    count, and whether each is a list whose members do; None: all, as they are. `passes`: the one
    part is the value.
    """

    name: str
    size: int
    build: Callable[[Parts], Any]
    taken: Sequence[tuple[int, bool]] | None
    passes: bool


def _taken(parts: Parts, which: Iterable[tuple[int, bool]]) -> Parts:
    """The first list is used up: what grows by one element at a time must not be copied each time."""
    found: Parts = []
    for at, is_list in which:
        if not is_list:
            found.append(parts[at])
        elif found:
            found += parts[at]
        else:
            found = parts[at]
    return found


@dataclass(frozen=True, slots=True)
class _Move:
    """What happens in `state`, to which the last value has climbed: a rule applies, or the next
    token leads to `target`; _NOWHERE where it may not stand.
    """

    state: int
    rule: Rule | None
    target: int = _NOWHERE


@dataclass(frozen=True, slots=True)
class Table:
    """`states` holds for each state where a token or value of each type leads: to a state, or to
    the rule ~number. `moves` fills up as they are needed: by the state below the last value, its
    own state, and the type of the next token.
    """

    start: int
    end: int
    states: Sequence[Mapping[str, int]]
    rules: Sequence[Rule]
    moves: dict[tuple[int, int, str], _Move] = field(default_factory=dict)

    def find(self, below: int, state: int, type_: str) -> _Move:
        """The move, looked up and kept."""
        move = self.moves[below, state, type_] = self._found(below, state, type_)
        return move

    def _found(self, below: int, state: int, type_: str) -> _Move:
        while state != self.end:
            target = self.states[state].get(type_)
            if target is None:
                return _Move(state, None)
            if target >= 0:
                return _Move(state, None, target)
            rule = self.rules[~target]
            if not rule.passes:
                return _Move(state, rule)
            state = self.states[below][rule.name]
        return _Move(state, None, state)


def run(table: Table, tokens: Sequence[Token]) -> list[Any] | int:
    """What the tokens become; nothing unless the last of them is the end. Where one of them does
    not fit, its index.
    """
    states, values = _begin(table)
    fit = _feed(table, states, values, tokens)
    if fit < len(tokens):
        return fit
    if tokens[-1].type != END:
        return []
    made: list[Any] = values[-2]
    return made


def accepted(table: Table, tokens: Sequence[Token]) -> frozenset[str]:
    """The types of the tokens that may follow; all of these fit."""
    states, values = _begin(table)
    _feed(table, states, values, tokens)
    possible = (type_ for type_ in table.states[states[-1]] if _is_token(type_))
    return frozenset(type_ for type_ in possible if _fits(table, list(states), type_))


def _is_token(type_: str) -> bool:
    # Lark's own way to tell terminals from rules.
    return type_.isupper()


def _begin(table: Table) -> tuple[list[int], list[Any]]:
    """The start stands there twice, so that there is always a state below."""
    return [table.start, table.start], []


def _feed(table: Table, states: list[int], values: list[Any], tokens: Sequence[Token]) -> int:
    """How many of the tokens fit. `states` and `values` become what they lead to."""
    known, find = table.moves.get, table.find
    for at, token in enumerate(tokens):
        type_ = token.type
        while True:
            below, state = states[-2], states[-1]
            move = known((below, state, type_)) or find(below, state, type_)
            states[-1] = move.state
            rule = move.rule
            if rule is None:
                break
            keep = len(values) - rule.size
            parts = values[keep:]
            parts = parts if rule.taken is None else _taken(parts, rule.taken)
            values[keep:] = (rule.build(parts),)
            states[keep + 2 :] = (table.states[states[keep + 1]][rule.name],)
        if move.target == _NOWHERE:
            return at
        states.append(move.target)
        values.append(token)
    return len(tokens)


def _fits(table: Table, states: list[int], type_: str) -> bool:
    """Whether a token may follow; nothing is made for that."""
    while (move := table.find(states[-2], states[-1], type_)).rule is not None:
        states[-1] = move.state
        del states[len(states) - move.rule.size :]
        states.append(table.states[states[-1]][move.rule.name])
    return move.target != _NOWHERE
