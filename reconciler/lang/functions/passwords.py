"""Digests of passwords, salted at random. The only importer of bcrypt."""

from typing import Final

from bcrypt import gensalt, hashpw

from reconciler.lang.core import Unknown, Value
from reconciler.lang.functions.declare import FunctionError, Parameter, function, string
from reconciler.lang.number import Number
from reconciler.lang.scope import Scope
from reconciler.lang.shape import NUMBER, STRING

_USUAL: Final = 10
_LEAST: Final = 4
_MOST: Final = 16  # four seconds; each step up doubles it
_LONGEST: Final = 72


@function(string("str"), rest=Parameter("cost", NUMBER), returns=STRING, scoped=True)
def bcrypt(scope: Scope, given: str, *costs: Number) -> Value:
    """The bcrypt digest of a password, salted at random: another one at every call."""
    if not scope.time.apply:
        return Unknown(STRING)
    cost = _cost(costs)
    raw = given.encode()
    if len(raw) > _LONGEST:
        raise FunctionError(f"it has more than {_LONGEST} bytes", 0)
    try:
        return hashpw(raw, gensalt(cost, prefix=b"2a")).decode("ascii")
    except ValueError:
        raise FunctionError("it cannot be a password", 0) from None


def _cost(costs: tuple[Number, ...]) -> int:
    """Too low a cost means the usual one, as in Terraform."""
    if len(costs) > 1:
        raise FunctionError("it takes a password and one cost", 2)
    cost = costs[0] if costs else _USUAL
    if not isinstance(cost, int) or cost > _MOST:
        raise FunctionError(f"it must be a whole number, {_MOST} at most", 1)
    return cost if cost >= _LEAST else _USUAL
