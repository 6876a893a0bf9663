"""Values that are written out: defaults of variables, and what files of values hold. Operators
and templates may form them; references and functions may not.
"""

from collections.abc import Iterator

from reconciler.config.blocks import Variable
from reconciler.lang.evaluate import evaluate
from reconciler.lang.references import references
from reconciler.lang.scope import EMPTY
from reconciler.lang.syntax import Call, Expr
from reconciler.lang.types import ConversionError, convert
from reconciler.lang.value import Value, is_null
from reconciler.lang.walk import nodes
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.span import Span


def constant(expr: Expr, what: str) -> Value:
    """The value of `expr`, which `what` names in messages. Raises ReconcilerError."""
    found = tuple(_forbidden(expr, what))
    if found:
        raise ReconcilerError(*found)
    return evaluate(expr, EMPTY)


def default(variable: Variable) -> Value:
    """The default of a variable that has one, as its type wants it. Raises ReconcilerError."""
    assert variable.default is not None
    value = constant(variable.default, "A default")
    span = variable.default.span
    if is_null(value) and not variable.nullable:
        raise ReconcilerError(
            error(
                "invalid-default",
                "Invalid default",
                "The default is null, and nullable = false forbids that. Give another default, or"
                " take nullable out.",
                span,
            )
        )
    try:
        return value if variable.constraint is None else convert(value, variable.constraint)
    except ConversionError as trouble:
        why = "" if variable.sensitive else f": {trouble}"
        raise ReconcilerError(
            error(
                "invalid-default",
                "Invalid default",
                f"The default does not fit the type of the variable{why}. Change one of them.",
                span,
            )
        ) from None


def _forbidden(expr: Expr, what: str) -> Iterator[Diagnostic]:
    for reference in references(expr):
        yield _refused(f"{what} cannot refer to anything", reference.span)
    for node in nodes(expr):
        if isinstance(node, Call):
            yield _refused(f"{what} cannot call functions", node.name_span)


def _refused(why: str, span: Span) -> Diagnostic:
    return error(
        "not-a-constant",
        "Value is not written out",
        f"{why}, because it is needed before anything else is evaluated. Write the value out, or"
        " compute it in a local value.",
        span,
    )
