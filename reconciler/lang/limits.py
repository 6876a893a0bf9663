"""How large values may become, so that no configuration eats all memory or never ends."""

from typing import Final

from reconciler.lang.core import CONTAINERS, Marked, Value, inside, strip
from reconciler.lang.trouble import Fault

MOST_ELEMENTS: Final = 1_000_000
DEEPEST: Final = 500
LONGEST_STRING: Final = 64 * 1024 * 1024

_NESTED: Final = (*CONTAINERS, Marked)


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
    level: list[Value] = [result]
    count = depth = 0
    while level:
        found = [inside(strip(value)[0]) for value in level]
        count += sum(map(len, found))
        depth += 1
        if count > MOST_ELEMENTS or depth > DEEPEST:
            raise too_large("a very large collection")
        level = [item for items in found for item in items if isinstance(item, _NESTED)]
    return result
