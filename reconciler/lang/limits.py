"""How large values may become, so that no configuration eats all memory."""

from collections.abc import Collection
from fractions import Fraction
from typing import Final

from reconciler.lang.core import CONTAINERS, Marked, Value, inside, strip
from reconciler.lang.trouble import Fault

MOST_ELEMENTS: Final = 1_000_000
DEEPEST: Final = 500
LONGEST_STRING: Final = 16 * 1024 * 1024

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


def size(value: Value, most: int = MOST_ELEMENTS) -> int | None:
    """How many values there are inside, at every depth; None for more than `most`, or where it
    is nested too deeply.
    """
    level: list[Value] = [value]
    count = depth = 0
    while level:
        found = [inside(strip(each)[0]) for each in level]
        count += sum(map(len, found))
        depth += 1
        if count > most or depth > DEEPEST:
            return None
        level = [
            item
            for items in found
            for item in items
            if type(item) not in _SCALARS and isinstance(item, _NESTED)
        ]
    return count


def holds_at_most(most: int, value: Value) -> bool:
    """Whether `value` holds at most that many others, and is not nested too deeply."""
    return size(value, most) is not None
