"""Conditional expressions. Both results are evaluated, as their types decide on the type of the
one that is chosen; an error in the other one does not count.
"""

from typing import Final

from reconciler.lang.code import Build, Code, Program, fold
from reconciler.lang.convert import ConversionError, convert_value
from reconciler.lang.core import CONTAINERS, Null, Unknown, Value, marks, of, strip, with_marks
from reconciler.lang.fault import curable, located
from reconciler.lang.scope import Scope
from reconciler.lang.shape import BOOL, DYNAMIC, Type, word
from reconciler.lang.syntax import Conditional
from reconciler.lang.trouble import Fault
from reconciler.lang.unify import unify
from reconciler.model.diagnostic import ReconcilerError

_Outcome = Value | ReconcilerError
_STRUCTURED: Final = 8
_SIMPLE: Final = (str, int)
_MISMATCH: Final = "Inconsistent types of a conditional"


def build_conditional(node: Conditional, build: Build) -> Code:
    codes = (build(node.condition), build(node.then), build(node.otherwise))
    condition, then, otherwise = (code.run for code in codes)

    def run(scope: Scope) -> Value:
        asked = condition(scope)
        try:
            holds = asked if type(asked) is bool else _truth(asked)
        except Fault as fault:
            raise located(fault, node.condition, node.condition, scope) from None
        first, second = _try(then, scope), _try(otherwise, scope)
        if type(first) is type(second) and isinstance(first, _SIMPLE) and type(asked) is bool:
            return first if asked else second  # type: ignore[return-value]  # of one type, a simple one
        try:
            _weigh((first, second), scope)
            return _choose((first, second), holds, marks(asked))
        except Fault as fault:
            raise located(fault, node, node, scope) from None

    return fold(run, codes)


def _weigh(both: tuple[_Outcome, _Outcome], scope: Scope) -> None:
    """Spends what it takes to find a type for both."""
    for one in both:
        if isinstance(one, CONTAINERS):
            scope.meter.spend(_STRUCTURED)
            scope.meter.take(one)


def _truth(asked: Value) -> bool | None:
    """None: not known yet."""
    bare = strip(asked)[0]
    if bare is None or isinstance(bare, Null):
        raise Fault(
            "null-condition",
            "Null as condition",
            "The condition is null, and must be either true or false.",
        )
    try:
        found = convert_value(bare, BOOL)
    except ConversionError as problem:
        raise Fault(
            "invalid-condition", "Invalid condition", f"The condition does not fit: {problem}."
        ) from None
    return found if isinstance(found, bool) else None


def _try(program: Program, scope: Scope) -> _Outcome:
    try:
        return program(scope)
    except ReconcilerError as problem:
        return curable(problem)


def _choose(both: tuple[_Outcome, _Outcome], holds: object, seen: frozenset[str]) -> Value:
    """The one of `both` that `holds` (true, false or None) selects."""
    chosen = both[1] if holds is False else both[0]
    if isinstance(chosen, ReconcilerError):
        raise chosen
    result = _common(both)
    if holds is None:
        other = both[1]
        if isinstance(other, ReconcilerError):
            raise other
        return with_marks(Unknown(result), seen | marks(chosen) | marks(other))
    try:
        return with_marks(convert_value(chosen, result), seen)
    except ConversionError as problem:
        raise Fault(
            "inconsistent-types",
            _MISMATCH,
            f"The chosen result cannot be a {word(result)}, as the other one would have it: "
            f"{problem}. Convert one of them.",
        ) from None


def _common(both: tuple[_Outcome, _Outcome]) -> Type:
    """The type that both results can have. Raises Fault."""
    first, second = (None if isinstance(each, ReconcilerError) else each for each in both)
    if isinstance(both[0], ReconcilerError) or isinstance(both[1], ReconcilerError):
        return DYNAMIC
    if strip(first)[0] is None:
        return of(second)
    if strip(second)[0] is None:
        return of(first)
    left, right = of(first), of(second)
    if left is right:
        return left
    found = unify((left, right))
    if found is None:
        raise Fault(
            "inconsistent-types",
            _MISMATCH,
            f"The result for true is a {word(left)}, that for false a {word(right)}, and no "
            "type fits both. Convert one of them.",
        )
    return found
