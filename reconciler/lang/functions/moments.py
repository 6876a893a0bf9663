"""Functions whose results change from call to call. While a plan is made they are unknown: what the
plan shows would not be what apply does. Apply evaluates them.
"""

import os

from reconciler.lang.core import Unknown, Value
from reconciler.lang.functions.declare import function
from reconciler.lang.scope import Scope
from reconciler.lang.shape import STRING


@function(returns=STRING, scoped=True)
def timestamp(scope: Scope) -> Value:
    """The time of the apply in UTC, in the form of RFC 3339: the same wherever it is called."""
    return scope.time.apply or Unknown(STRING)


@function(returns=STRING, scoped=True)
def plantimestamp(scope: Scope) -> Value:
    """The time at which the plan was made, in UTC, in the form of RFC 3339."""
    return scope.time.plan or Unknown(STRING)


@function(returns=STRING, scoped=True)
def uuid(scope: Scope) -> Value:
    """A random UUID, another one at every call."""
    if not scope.time.apply:
        return Unknown(STRING)
    raw = bytearray(os.urandom(16))
    # RFC 9562, section 5.4.
    raw[6] = raw[6] & 0x0F | 0x40
    raw[8] = raw[8] & 0x3F | 0x80
    digits = raw.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
