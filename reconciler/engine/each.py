"""Blocks that for_each repeats but that make nothing themselves: imports and moves, and the keys in
their addresses.
"""

from collections.abc import Iterator

from reconciler.config.expand import Names, each_values
from reconciler.engine.sight import Sight
from reconciler.lang.core import strip
from reconciler.lang.syntax import Expr
from reconciler.lang.value import Unknown
from reconciler.model.address import Key, ModulePath
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error


def each_of(for_each: Expr | None, sight: Sight, module: ModulePath = ()) -> Iterator[Names]:
    """What keys and other arguments see, once an element. Raises ReconcilerError."""
    if for_each is None:
        yield {}
        return
    values = each_values(
        sight.evaluate(for_each, sight.instance({}, module=module)), for_each.span
    )
    if isinstance(values, Diagnostic):
        raise ReconcilerError(values)
    yield from ({"each": {"key": key, "value": value}} for key, value in values.items())


def key_of(expr: Expr, names: Names, sight: Sight, module: ModulePath = ()) -> Key:
    """The instance key that an expression is. Raises ReconcilerError."""
    bare, marks = strip(sight.evaluate(expr, sight.instance(names, module=module)))
    if isinstance(bare, Unknown):
        raise ReconcilerError(
            error(
                "unknown-key",
                "Instance key is not known yet",
                "The key depends on something that is known only after apply. Use values from the"
                " configuration.",
                expr.span,
            )
        )
    if marks or isinstance(bare, bool) or not isinstance(bare, str | int):
        raise ReconcilerError(
            error(
                "invalid-key",
                "Invalid instance key",
                "A key is text or a whole number that may be shown. Write for example [each.key].",
                expr.span,
            )
        )
    return bare
