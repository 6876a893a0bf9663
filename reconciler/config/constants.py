"""The defaults of variables: values that are written out."""

from reconciler.config.blocks import Variable
from reconciler.lang.constants import constant
from reconciler.lang.types import ConversionError, convert
from reconciler.lang.value import Value, is_null
from reconciler.model.diagnostic import ReconcilerError, error


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
