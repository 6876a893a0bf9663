"""Arithmetic, comparison and logic on values; exact, with Terraform's conversions."""

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final

from reconciler.lang import number
from reconciler.lang.compare import equal
from reconciler.lang.convert import ConversionError, convert_value
from reconciler.lang.core import Null, Unknown, Value, strip, with_marks
from reconciler.lang.number import Number
from reconciler.lang.shape import BOOL, NUMBER, Primitive
from reconciler.lang.trouble import Fault

Operation = Callable[[Value, Value], Value]


class OperandFault(Fault):
    """`right` says which operand is at fault."""

    def __init__(self, detail: str, *, right: bool) -> None:
        super().__init__("invalid-operand", "Invalid operand", detail)
        self.right = right


def operand(value: Value, wanted: Primitive, *, right: bool = False) -> Value:
    """`value` without marks as `wanted`, or Unknown. Raises OperandFault."""
    bare = strip(value)[0]
    if bare is None or isinstance(bare, Null):
        raise OperandFault("This operand is null. Give it a value.", right=right)
    try:
        return convert_value(bare, wanted)
    except ConversionError as problem:
        raise OperandFault(f"This operand does not fit: {problem}.", right=right) from None


def _seen(left: Value, right: Value) -> frozenset[str]:
    return strip(left)[1] | strip(right)[1]


def _numeric(compute: Callable[[Number, Number], Value], result: Primitive) -> Operation:
    def run(left: Value, right: Value) -> Value:
        if type(left) is int and type(right) is int:
            return _guarded(compute, left, right)
        a, b = operand(left, NUMBER), operand(right, NUMBER, right=True)
        if isinstance(a, Unknown) or isinstance(b, Unknown):
            return with_marks(Unknown(result), _seen(left, right))
        assert isinstance(a, int | Fraction | float)
        assert isinstance(b, int | Fraction | float)
        return with_marks(_guarded(compute, a, b), _seen(left, right))

    return run


def _guarded(compute: Callable[[Number, Number], Value], a: Number, b: Number) -> Value:
    try:
        return compute(a, b)
    except ArithmeticError:
        raise Fault(
            "number-out-of-range",
            "No such number",
            "The operation has no result, or one that is too large or too small to be kept. "
            "Use smaller numbers.",
        ) from None


def _sign(value: Number) -> float:
    """`value` as a float: itself where it is infinite, else 1, 0 or -1."""
    return value if isinstance(value, float) else float((value > 0) - (value < 0))


def _definite(result: float) -> Number:
    """An infinity, or zero. Raises ArithmeticError where there is no result."""
    if math.isnan(result):
        raise ArithmeticError
    return result if math.isinf(result) else 0


def add(a: Number, b: Number) -> Number:
    if isinstance(a, float) or isinstance(b, float):
        return _definite(_sign(a) + _sign(b))
    return number.rounded(a + b)


def subtract(a: Number, b: Number) -> Number:
    return add(a, negative(b))


def multiply(a: Number, b: Number) -> Number:
    if isinstance(a, float) or isinstance(b, float):
        return _definite(_sign(a) * _sign(b))
    return number.rounded(a * b)


def divide(a: Number, b: Number) -> Number:
    """By zero: an infinity. Raises ArithmeticError for zero by zero, infinity by infinity."""
    if isinstance(b, float):
        return _definite(0.0 if not isinstance(a, float) else math.nan)
    if b == 0 or isinstance(a, float):
        flip = -1.0 if b is number.NEGATIVE_ZERO or b < 0 else 1.0
        return _definite(math.nan if a == 0 else math.copysign(math.inf, _sign(a) * flip))
    if isinstance(a, int) and isinstance(b, int) and a % b == 0:
        return a // b
    return number.rounded(Fraction(a) / b)


def modulo(a: Number, b: Number) -> Number:
    """What is left after dividing towards zero; `a` itself where `b` is zero."""
    if isinstance(a, float):
        raise ArithmeticError  # noqa: TRY004 - an infinity has no remainder
    if isinstance(b, float) or b == 0:
        return a
    if type(a) is int and type(b) is int:
        left = abs(a) % abs(b)
        return number.rounded(left if a > 0 else -left)
    return number.rounded(a - math.trunc(Fraction(a) / b) * b)


def negative(a: Number) -> Number:
    if a == 0:
        return 0 if a is number.NEGATIVE_ZERO else number.NEGATIVE_ZERO
    return -a


def _logical(decisive: bool) -> Operation:  # noqa: FBT001 - the value that decides alone
    def run(left: Value, right: Value) -> Value:
        a, b = operand(left, BOOL), operand(right, BOOL, right=True)
        seen = _seen(left, right)
        if a is decisive or b is decisive:
            return with_marks(decisive, seen)
        unknown = isinstance(a, Unknown) or isinstance(b, Unknown)
        return with_marks(Unknown(BOOL) if unknown else not decisive, seen)

    return run


def _different(left: Value, right: Value) -> Value:
    return invert(equal(left, right))


def invert(value: Value) -> Value:
    """`!value`. Raises OperandFault."""
    bare = operand(value, BOOL)
    return with_marks(bare if isinstance(bare, Unknown) else not bare, strip(value)[1])


def negate(value: Value) -> Value:
    """`-value`. Raises OperandFault."""
    bare = operand(value, NUMBER)
    if isinstance(bare, int | Fraction | float):
        return with_marks(negative(bare), strip(value)[1])
    return with_marks(bare, strip(value)[1])


OPERATIONS: Final[Mapping[str, Operation]] = {
    "+": _numeric(add, NUMBER),
    "-": _numeric(subtract, NUMBER),
    "*": _numeric(multiply, NUMBER),
    "/": _numeric(divide, NUMBER),
    "%": _numeric(modulo, NUMBER),
    "<": _numeric(lambda a, b: a < b, BOOL),
    ">": _numeric(lambda a, b: a > b, BOOL),
    "<=": _numeric(lambda a, b: a <= b, BOOL),
    ">=": _numeric(lambda a, b: a >= b, BOOL),
    "==": equal,
    "!=": _different,
    "&&": _logical(decisive=False),
    "||": _logical(decisive=True),
}
DECIDED_BY: Final[Mapping[str, bool]] = {"&&": False, "||": True}


def decides(operator: str, left: Value) -> Value | None:
    """The result where `left` settles it alone (`false &&`, `true ||`), else None."""
    if operator not in DECIDED_BY:
        return None
    bare = operand(left, BOOL)
    return with_marks(bare, strip(left)[1]) if bare is DECIDED_BY[operator] else None
