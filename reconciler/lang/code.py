"""Compiled expressions: closures over a scope, and constants known already."""

from collections.abc import Callable, Iterable
from typing import TypeAlias

from reconciler.lang.core import Value
from reconciler.lang.meter import Meter
from reconciler.lang.scope import Scope
from reconciler.lang.syntax import Expr
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.record import dataclass

_CHEAP = 10_000

Program: TypeAlias = Callable[[Scope], Value]


@dataclass(frozen=True, slots=True)
class Code:
    """`run` gives the value; `constant`: the same one in every scope, without an error."""

    run: Program
    constant: bool = False


Build: TypeAlias = Callable[[Expr], Code]


def constant(value: Value) -> Code:
    return Code(lambda _: value, constant=True)


def fold(run: Program, parts: Iterable[Code]) -> Code:
    """`run`, evaluated once and for all where all its `parts` are constant and it is cheap."""
    if not all(part.constant for part in parts):
        return Code(run)
    try:
        return constant(run(Scope(meter=Meter(_CHEAP))))
    except ReconcilerError:
        # Raised again where it is run, which may be inside try(), or never; or too much for here.
        return Code(run)
