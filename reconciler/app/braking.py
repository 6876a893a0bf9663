"""What holds a plan up: the limits that the configuration sets, and what goes beyond them."""

from dataclasses import replace
from fractions import Fraction

from reconciler.app.routes import only_routes
from reconciler.app.session import Session, variables_scope
from reconciler.config.settings import Brakes
from reconciler.engine import brakes
from reconciler.engine.brakes import Limits
from reconciler.engine.situation import Draft
from reconciler.engine.survey import Observed
from reconciler.lang.convert import ConversionError, convert_value
from reconciler.lang.evaluate import evaluate
from reconciler.lang.scope import Scope
from reconciler.lang.shape import BOOL, NUMBER, Primitive
from reconciler.lang.syntax import Expr
from reconciler.lang.value import is_known, plain
from reconciler.model.brake import Brake
from reconciler.model.diagnostic import Collector, Diagnostic, error


def found(at: Session, drawn: Draft, observed: Observed, *, all_goes: bool) -> tuple[Brake, ...]:
    """`all_goes`: whoever destroys everything says by that alone that no mail is to have a route.
    Raises ReconcilerError where the limits are none.
    """
    problems = Collector()
    allowed = limits(at.configuration.settings.brakes, variables_scope(at.variables), problems)
    problems.stop_on_errors()
    rows = drawn.state.instances
    routes = allowed.only_route and not all_goes
    return (
        *brakes.shares(drawn.changes, rows, allowed),
        *(only_routes(at.types, drawn.state, observed, drawn) if routes else ()),
        *brakes.protected(drawn.changes, rows),
    )


def limits(block: Brakes | None, scope: Scope, problems: Collector) -> Limits:
    """What the block says; the usual limits where it says nothing, or what is not known yet."""
    usual = Limits()
    if block is None:
        return usual
    given = {name: argument.expr for name, argument in block.arguments.items()}
    share = _number(given.get("destroy_share"), scope, usual.destroy_share)
    least = _number(given.get("destroy_least"), scope, Fraction(usual.destroy_least))
    only_route = _value(given.get("only_route"), scope, BOOL, usual.only_route)
    if not 0 <= share <= 1:
        problems.add(_unfit("destroy_share", "a number from 0 to 1", given))
    if least < 1 or least.denominator != 1:
        problems.add(_unfit("destroy_least", "a whole number that is at least 1", given))
    if not isinstance(only_route, bool):
        problems.add(_unfit("only_route", "true or false", given))
    return Limits(share, int(least), only_route is True)


_NONE = Fraction(-1)


def _number(expr: Expr | None, scope: Scope, usual: Fraction) -> Fraction:
    found = _value(expr, scope, NUMBER, usual)
    return Fraction(found) if isinstance(found, int | Fraction) else _NONE


def _value(expr: Expr | None, scope: Scope, wanted: Primitive, usual: object) -> object:
    """None where it is none of what is wanted."""
    if expr is None:
        return usual
    try:
        value = convert_value(evaluate(expr, scope), wanted)
    except ConversionError:
        return None
    given = plain(value) if is_known(value) else None
    return usual if given is None else given


def _unfit(name: str, wanted: str, given: dict[str, Expr]) -> Diagnostic:
    found = error(
        "invalid-brake",
        "Invalid limit in a brakes block",
        f"{name} takes {wanted}. Write for example:\n  {_EXAMPLES[name]}",
        given[name].span,
    )
    return replace(found, context="reconciler")


_EXAMPLES = {
    "destroy_share": "destroy_share = 0.5",
    "destroy_least": "destroy_least = 20",
    "only_route": "only_route = false",
}
