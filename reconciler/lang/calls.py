"""Function calls: arguments evaluated, refusals given a place; and the two that catch errors."""

from reconciler.lang import functions
from reconciler.lang.code import Build, Code, Program, fold
from reconciler.lang.core import (
    CONTAINERS,
    Map,
    Unknown,
    Value,
    inside,
    is_known,
    is_null,
    marks,
    strip,
    with_marks,
)
from reconciler.lang.fault import curable, located
from reconciler.lang.functions.declare import Function
from reconciler.lang.invoke import ArgumentFault, invoke
from reconciler.lang.scope import Scope
from reconciler.lang.shape import BOOL
from reconciler.lang.syntax import Call, Expr, GetAttr, Index, Name
from reconciler.lang.trouble import Fault
from reconciler.model.diagnostic import ReconcilerError

_INVALID = "Invalid function argument"
_NOT_DYNAMIC = Fault(
    "invalid-function-argument",
    _INVALID,
    'The first argument of "templatestring" must be a reference, such as local.greeting. A '
    "template that stands in the configuration needs no function.",
)


def build_call(node: Call, build: Build) -> Code:
    special = {"try": _build_try, "can": _build_can}.get(node.name)
    if special is not None:
        return special(node, build)
    if not functions.exists(node.name):
        return Code(_failing(node, _unknown_function(node.name)))
    if node.name == "templatestring" and not _is_reference(node):
        return Code(_failing(node, _NOT_DYNAMIC))
    codes = [build(argument) for argument in node.arguments]
    programs = [code.run for code in codes]
    expand = node.expand

    def run(scope: Scope) -> Value:
        values = [program(scope) for program in programs]
        function = functions.load(node.name)
        try:
            if expand:
                return _expanded(node, function, values, scope)
            return invoke(node.name, function, values, scope)
        except Fault as fault:
            raise located(fault, _culprit(node, fault), node, scope) from None

    return Code(run) if functions.needs_scope(node.name) else fold(run, codes)


def _is_reference(node: Call) -> bool:
    return bool(node.arguments) and isinstance(node.arguments[0], Name | GetAttr | Index)


def _culprit(node: Call, fault: Fault) -> Expr:
    if isinstance(fault, ArgumentFault) and node.arguments:
        return node.arguments[min(fault.index, len(node.arguments) - 1)]
    return node


def _failing(node: Call, fault: Fault) -> Program:
    def run(scope: Scope) -> Value:
        raise located(fault, node, node, scope)

    return run


def _unknown_function(name: str) -> Fault:
    return Fault(
        "unknown-function",
        "Unknown function",
        f'There is no function named "{name}".',
        wrong=name,
        candidates=lambda: functions.NAMES,
    )


def _expanded(node: Call, function: Function, values: list[Value], scope: Scope) -> Value:
    """The call with the elements of the last argument as arguments of their own."""
    last, seen = strip(values[-1])
    if isinstance(last, Unknown):
        return with_marks(Unknown(function.returns), seen.union(*map(marks, values[:-1])))
    if is_null(last) or not isinstance(last, CONTAINERS) or isinstance(last, dict | Map):
        raise ArgumentFault(
            "What stands before the ellipsis (...) must be a list, set or tuple.", len(values) - 1
        )
    return with_marks(invoke(node.name, function, [*values[:-1], *inside(last)], scope), seen)


def _build_try(node: Call, build: Build) -> Code:
    programs = [build(argument).run for argument in node.arguments]

    def run(scope: Scope) -> Value:
        last: ReconcilerError | None = None
        for program in programs:
            try:
                return program(scope)
            except ReconcilerError as problem:
                # With its traceback it would keep this frame, and all values in it, alive.
                last = curable(problem).with_traceback(None)
        raise located(_none_succeeded(last), node, node, scope)

    return Code(run)


def _none_succeeded(last: ReconcilerError | None) -> Fault:
    if last is None:
        return Fault(
            "not-enough-arguments",
            "Not enough function arguments",
            'The function "try" needs at least one expression.',
        )
    return Fault(
        "function-failed",
        "No expression succeeded",
        f'None of the expressions in "try" succeeded. The last one: {last.diagnostics[0].detail}',
    )


def _build_can(node: Call, build: Build) -> Code:
    if len(node.arguments) != 1:
        code = "too-many-arguments" if node.arguments else "not-enough-arguments"
        detail = f'The function "can" takes one expression, not {len(node.arguments)}.'
        return Code(_failing(node, Fault(code, "Wrong number of function arguments", detail)))
    program = build(node.arguments[0]).run

    def run(scope: Scope) -> Value:
        try:
            value = program(scope)
        except ReconcilerError as problem:
            curable(problem)
            return False
        return True if is_known(value) else Unknown(BOOL)

    return Code(run)
