"""The validation blocks of variables, evaluated."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reconciler.config.blocks import Condition, Variable
from reconciler.lang.core import strip
from reconciler.lang.evaluate import evaluate
from reconciler.lang.fault import describe
from reconciler.lang.meter import Meter
from reconciler.lang.references import references
from reconciler.lang.scope import Scope
from reconciler.lang.syntax import Expr
from reconciler.lang.value import Unknown, Value, marks
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error


def validate(
    variable: Variable, values: Mapping[str, Value], meter: Meter
) -> Iterator[Diagnostic]:
    """What the validations of `variable` refuse, the work counted by `meter`. One that refers to a variable without a value is
    left out: what is wrong with that variable has been said.
    """
    scope = Scope({"var": dict(sorted(values.items()))}, meter=meter)
    for condition in variable.validations:
        names = (*_variables(condition.condition), *_variables(condition.message))
        if all(name in values for name in names):
            try:
                yield from _refusal(variable, condition, scope)
            except ReconcilerError as trouble:
                yield from trouble.diagnostics


def _variables(expr: Expr) -> Iterator[str]:
    """The names of the variables that `expr` refers to."""
    for reference in references(expr):
        if reference.root == "var" and reference.steps:
            yield str(reference.steps[0])


def _refusal(variable: Variable, condition: Condition, scope: Scope) -> Iterator[Diagnostic]:
    result, _ = strip(evaluate(condition.condition, scope))
    if isinstance(result, Unknown):
        return
    if isinstance(result, str):
        result = {"true": True, "false": False}.get(result, result)
    if not isinstance(result, bool):
        yield _not_a_bool(variable, condition)
    elif not result:
        found = error(
            "validation-failed",
            "Variable has a value that is not allowed",
            _message(variable, condition, scope),
            condition.condition.span,
        )
        yield replace(found, used=tuple(_used(condition, scope)))


def _not_a_bool(variable: Variable, condition: Condition) -> Diagnostic:
    return error(
        "invalid-validation",
        "Validation does not say true or false",
        f"The condition must give true or false for every value of var.{variable.name}, and it"
        " gave something else. Make it a comparison.",
        condition.condition.span,
    )


def _message(variable: Variable, condition: Condition, scope: Scope) -> str:
    hidden = (
        f"The value of var.{variable.name} is refused by this condition. Its error_message holds"
        " a sensitive value, so it is not shown. Give another value."
    )
    value = evaluate(condition.message, scope)
    if marks(value):
        return hidden
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise ReconcilerError(
        error(
            "invalid-error-message",
            "Error message is no text",
            f"The value of var.{variable.name} is refused, and error_message, which should say"
            " why, is not a text. Write it as a quoted sentence.",
            condition.message.span,
        )
    )


def _used(condition: Condition, scope: Scope) -> Iterator[tuple[str, str]]:
    variables = scope.find("var")
    assert isinstance(variables, dict)
    for name in dict.fromkeys(_variables(condition.condition)):
        yield f"var.{name}", describe(variables[name])
