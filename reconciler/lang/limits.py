"""How large values may become, so that no configuration eats all memory or never ends."""

from collections.abc import Collection
from fractions import Fraction
from typing import Final

from reconciler.lang.core import CONTAINERS, Marked, Value, inside, strip
from reconciler.lang.trouble import Fault

MOST_ELEMENTS: Final = 1_000_000
DEEPEST: Final = 500
LONGEST_STRING: Final = 64 * 1024 * 1024

_NESTED: Final = (*CONTAINERS, Marked)
_SCALARS: Final = frozenset({str, int, bool, Fraction, type(None)})
_FEW: Final = 100


def too_large(what: str) -> Fault:
    return Fault(
        "value-too-large",
        "Value too large",
        f"The result is {what}: more than {MOST_ELEMENTS:,} elements, counted at every depth, "
        f"more than {DEEPEST} levels of nesting, or a string of more than {LONGEST_STRING:,} characters, is refused. Build smaller "
        "values.",
    )


def check_string(result: str) -> str:
    if len(result) > LONGEST_STRING:
        raise too_large("a very long string")
    return result


def check_size(result: Value) -> Value:
    """`result`, where it holds no more values, and no deeper, than allowed. Raises Fault."""
    if not (is_flat(result) or holds_at_most(MOST_ELEMENTS, result)):
        raise too_large("a very large collection")
    return result


def is_flat(value: Value) -> bool:
    """Whether nothing is nested in `value`, and it is small: true of most, and soon told."""
    if type(value) is tuple:
        items: Collection[Value] = value
    elif type(value) is dict:
        items = value.values()
    else:
        return False
    if len(items) > _FEW:
        return False
    return all(type(item) in _SCALARS for item in items)


def holds_at_most(most: int, value: Value) -> bool:
    """Whether `value` holds at most that many others, and is not nested too deeply."""
    level: list[Value] = [value]
    count = depth = 0
    while level:
        found = [inside(strip(each)[0]) for each in level]
        count += sum(map(len, found))
        depth += 1
        if count > most or depth > DEEPEST:
            return False
        level = [item for items in found for item in items if isinstance(item, _NESTED)]
    return True
