"""Expressions to values: each is compiled once into closures, and run in many scopes.

Knows the nodes of the syntax tree; what they do to values is told in the modules beside it.
"""

import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

from reconciler.lang import operators
from reconciler.lang.calls import build_call
from reconciler.lang.choice import build_conditional
from reconciler.lang.code import Build, Code, Program, constant, fold
from reconciler.lang.construct import build_object, build_tuple
from reconciler.lang.core import Value, text
from reconciler.lang.fault import located
from reconciler.lang.limits import too_large
from reconciler.lang.loops import build_for, build_item, build_splat
from reconciler.lang.number import rounded
from reconciler.lang.operators import OperandFault
from reconciler.lang.scope import Scope
from reconciler.lang.syntax import (
    Binary,
    Call,
    Conditional,
    Expr,
    For,
    GetAttr,
    Index,
    Item,
    Literal,
    Name,
    Object,
    Parens,
    Splat,
    Template,
    Text,
    Tuple,
    Unary,
)
from reconciler.lang.templates import build_template
from reconciler.lang.traversals import build_traversal
from reconciler.lang.trouble import Fault
from reconciler.model.diagnostic import ReconcilerError, error

__all__ = ["Program", "compile", "evaluate"]

# The parser allows 250 levels of nesting, each of which takes up to four frames here: more than
# Python's default of 1,000 in all.
sys.setrecursionlimit(max(sys.getrecursionlimit(), 5_000))


def compile(expr: Expr) -> Program:  # noqa: A001 - what it does, as everybody calls it
    """The program that evaluates `expr` in the scope it is given. It raises ReconcilerError."""
    try:
        code = _build(expr)
    except RecursionError:
        raise _too_deep(expr) from None
    return code.run if isinstance(expr, Text) else _guarded(code.run, expr)


def evaluate(expr: Expr, scope: Scope) -> Value:
    """The value of `expr`. Raises ReconcilerError."""
    return compile(expr)(scope)


def _guarded(run: Program, expr: Expr) -> Program:
    def guarded(scope: Scope) -> Value:
        try:
            return run(scope)
        except RecursionError:
            raise _too_deep(expr) from None
        except MemoryError:
            raise located(
                too_large("too large for the memory there is"), expr, expr, scope
            ) from None

    return guarded


def _too_deep(expr: Expr) -> ReconcilerError:
    return ReconcilerError(
        error(
            "expression-too-deep",
            "Expression nested too deeply",
            "This expression, with all that it refers to, is nested too deeply. Split it up with "
            "local values.",
            expr.span,
        )
    )


def _build(node: Expr) -> Code:
    return _BUILDERS[type(node)](node, _build)


def _literal(node: Literal, _build: Build) -> Code:
    value = node.value
    if isinstance(value, bool) or value is None:
        return constant(value)
    try:
        return constant(rounded(value))
    except ArithmeticError:
        return Code(_raising(node))


def _raising(node: Literal) -> Program:
    fault = Fault(
        "number-out-of-range",
        "Number out of range",
        "This number is too large or too small to be kept. Use a smaller one.",
    )

    def run(scope: Scope) -> Value:
        raise located(fault, node, node, scope)

    return run


def _text(node: Text, _build: Build) -> Code:
    return constant(text(node.value))


def _parens(node: Parens, build: Build) -> Code:
    return build(node.inner)


def _unary(node: Unary, build: Build) -> Code:
    inner = build(node.operand)
    operate = operators.invert if node.operator == "!" else operators.negate

    def run(scope: Scope) -> Value:
        value = inner.run(scope)
        try:
            return operate(value)
        except Fault as fault:
            raise located(fault, node.operand, node, scope) from None

    return fold(run, [inner])


def _binary(node: Binary, build: Build) -> Code:
    """A left-leaning chain of operators, however long: a loop from its leftmost operand on."""
    chain: list[Binary] = []
    start: Expr = node
    while isinstance(start, Binary):
        chain.append(start)
        start = start.left
    first = build(start)
    steps = [(each, build(each.right)) for each in reversed(chain)]

    def run(scope: Scope) -> Value:
        value = first.run(scope)
        for each, right in steps:
            value = _operate(each, value, right.run, scope)
        return value

    return fold(run, [first, *(right for _, right in steps)])


def _operate(node: Binary, left: Value, right: Program, scope: Scope) -> Value:
    try:
        decided = operators.decides(node.operator, left)
        if decided is not None:
            return decided
        other = right(scope)
        if node.operator in {"==", "!="}:
            scope.meter.take(left)
        return operators.OPERATIONS[node.operator](left, other)
    except OperandFault as fault:
        raise located(fault, node.right if fault.right else node.left, node, scope) from None
    except Fault as fault:
        raise located(fault, node, node, scope) from None


# Each builder takes the nodes of one class only, which a mapping cannot say.
_BUILDERS: Final[Mapping[type, Callable[[Any, Build], Code]]] = {
    Literal: _literal,
    Text: _text,
    Name: build_traversal,
    GetAttr: build_traversal,
    Index: build_traversal,
    Splat: build_splat,
    Item: build_item,
    Call: build_call,
    Unary: _unary,
    Binary: _binary,
    Conditional: build_conditional,
    Tuple: build_tuple,
    Object: build_object,
    For: build_for,
    Parens: _parens,
    Template: build_template,
}
