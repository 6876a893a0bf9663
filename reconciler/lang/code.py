"""Compiled expressions: closures over a scope, and those that need computing only once."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from reconciler.lang.core import Value
from reconciler.lang.scope import Scope
from reconciler.lang.syntax import Expr
from reconciler.model.record import dataclass

Program: TypeAlias = Callable[[Scope], Value]


@dataclass(frozen=True, slots=True)
class Code:
    """`run` gives the value; `constant`: the same one in every scope."""

    run: Program
    constant: bool = False


Build: TypeAlias = Callable[[Expr], Code]


def constant(value: Value) -> Code:
    return Code(lambda _: value, constant=True)


def fold(run: Program, parts: Iterable[Code]) -> Code:
    """`run`, evaluated once and for all, when first asked for, where all its `parts` are constant.
    An error is raised each time: it may be inside try().
    """
    if not all(part.constant for part in parts):
        return Code(run)
    kept: list[Value] = []

    def once(scope: Scope) -> Value:
        if not kept:
            kept.append(run(scope))
        return kept[0]

    return Code(once, constant=True)
