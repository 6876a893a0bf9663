"""Values that are written out. Operators and templates may form them; references and functions may
not, for nothing else is evaluated yet.
"""

from collections.abc import Iterator

from reconciler.lang.evaluate import evaluate
from reconciler.lang.references import references
from reconciler.lang.scope import EMPTY
from reconciler.lang.syntax import Call, Expr
from reconciler.lang.value import Value
from reconciler.lang.walk import nodes
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.span import Span


def constant(expr: Expr, what: str) -> Value:
    """The value of `expr`, which `what` names in messages. Raises ReconcilerError."""
    found = tuple(_forbidden(expr, what))
    if found:
        raise ReconcilerError(*found)
    return evaluate(expr, EMPTY)


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
