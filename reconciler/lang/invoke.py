"""Running a function: arguments made ready, results marked and measured."""

from collections.abc import Sequence

from reconciler.lang.convert import ConversionError, convert_value
from reconciler.lang.core import (
    CONTAINERS,
    NO_MARKS,
    Marked,
    Unknown,
    Value,
    is_known,
    is_null,
    marks,
    strip,
    text,
    unmark,
    with_marks,
)
from reconciler.lang.functions.declare import Function, FunctionError, Parameter
from reconciler.lang.meter import SHORT, Meter
from reconciler.lang.number import NumberRangeError
from reconciler.lang.scope import Scope
from reconciler.lang.shape import BOOL, DYNAMIC, NUMBER, STRING
from reconciler.lang.trouble import Fault

_INVALID = "Invalid function argument"
_HIDING = (Marked, *CONTAINERS)
_PLAIN = {str: STRING, int: NUMBER, bool: BOOL}
_SIMPLE = frozenset({str, int, bool})


class ArgumentFault(Fault):
    """`index` is the argument at fault, counted from 0."""

    def __init__(self, detail: str, index: int) -> None:
        super().__init__("invalid-function-argument", _INVALID, detail)
        self.index = index


def invoke(name: str, function: Function, values: Sequence[Value], scope: Scope) -> Value:
    """The result of `function` for `values`. Raises Fault."""
    _count(name, function, len(values))
    scope.meter.spend(0)  # nothing more is begun where nothing is left
    seen = NO_MARKS
    known = True
    ready = _around(function, scope)
    for index, given in enumerate(values):
        parameter = function.parameter(index)
        if _PLAIN.get(type(given)) is parameter.type:
            if type(given) is str and len(given) > SHORT:
                scope.meter.take(given)
            ready.append(given)
            continue
        if not function.light or isinstance(strip(given)[0], str):
            scope.meter.take(given)
        value, dropped, usable = _prepare(parameter, given, index)
        seen |= dropped
        known &= usable
        ready.append(value)
    if not known:
        # Marks that the function would have looked after itself stay with its unknown result.
        return with_marks(Unknown(function.returns), seen.union(*map(marks, ready)))
    result = _call(name, function, ready, seen)
    return with_marks(result if function.light else _measured(result, scope.meter), seen)


def _around(function: Function, scope: Scope) -> list[Value]:
    """What the body gets before its arguments, which is no value for anybody else."""
    if function.metered:
        return [scope.meter]  # type: ignore[list-item]
    return [scope] if function.scoped else []  # type: ignore[list-item]


def _count(name: str, function: Function, given: int) -> None:
    least = len(function.parameters)
    if given < least:
        missing = function.parameters[given].name
        more = "at least " if function.rest else ""
        raise Fault(
            "not-enough-arguments",
            "Not enough function arguments",
            f'The function "{name}" needs {more}{least} argument{"s" * (least != 1)}: the one '
            f'for "{missing}" is missing.',
        )
    if given > least and function.rest is None:
        raise Fault(
            "too-many-arguments",
            "Too many function arguments",
            f'The function "{name}" takes only {least} argument{"s" * (least != 1)}, not {given}.',
        )


def _prepare(parameter: Parameter, value: Value, index: int) -> tuple[Value, frozenset[str], bool]:
    """The argument as the function gets it, the marks taken off, and whether it can be used."""
    if parameter.type is not DYNAMIC:
        value = _converted(parameter, value, index)
    if type(value) in _SIMPLE:
        return value, NO_MARKS, True
    if is_null(value) and not parameter.null:
        raise ArgumentFault(f'The value for "{parameter.name}" must not be null.', index)
    dropped = NO_MARKS if parameter.marks else marks(value)
    if dropped:
        value = unmark(value)
    return value, dropped, _usable(parameter, value)


def _usable(parameter: Parameter, value: Value) -> bool:
    if parameter.unknown:
        return True
    if parameter.partial:
        return not isinstance(strip(value)[0], Unknown)
    return is_known(value)


def _converted(parameter: Parameter, value: Value, index: int) -> Value:
    try:
        return convert_value(value, parameter.type)
    except ConversionError as problem:
        detail = f'The value for "{parameter.name}" does not fit: {problem}.'
        raise ArgumentFault(detail, index) from None


def _call(name: str, function: Function, ready: list[Value], seen: frozenset[str]) -> Value:
    try:
        return function.body(*ready)
    except FunctionError as refusal:
        message, index = refusal.message, refusal.argument
    except NumberRangeError:
        message, index = "the number is too large or too small to be kept", None
    hidden = bool(seen) or any(marks(value) for value in ready if isinstance(value, _HIDING))
    raise _refused(name, function, "" if hidden else message, index)


def _refused(name: str, function: Function, message: str, index: int | None) -> Fault:
    """`message` is "" where it might give away something sensitive."""
    reason = f": {message}." if message else ", for a reason that is not shown: it is sensitive."
    if index is None:
        return Fault("function-failed", "Error in a function", f'"{name}" failed{reason}')
    return ArgumentFault(
        f'The value for "{function.parameter(index).name}" does not fit{reason}', index
    )


def _measured(result: Value, meter: Meter) -> Value:
    if type(result) is str and result.isascii() and len(result) <= SHORT and not meter.each:
        return result
    bare, seen = strip(meter.make(result))
    if not isinstance(bare, str):
        return result
    clean = text(bare)
    return result if clean is bare else with_marks(clean, seen)
