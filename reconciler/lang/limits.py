"""How large values may become, so that no configuration eats all memory or never ends."""

from typing import Final

from reconciler.lang.core import CONTAINERS, Marked, Value, inside
from reconciler.lang.trouble import Fault

MOST_ELEMENTS: Final = 1_000_000
LONGEST_STRING: Final = 64 * 1024 * 1024


def too_large(what: str) -> Fault:
    return Fault(
        "value-too-large",
        "Value too large",
        f"The result is {what}: more than {MOST_ELEMENTS:,} elements, counted at every depth, "
        f"or a string of more than {LONGEST_STRING:,} characters, is refused. Build smaller "
        "values.",
    )


def check_string(result: str) -> str:
    if len(result) > LONGEST_STRING:
        raise too_large("a very long string")
    return result


def check_size(result: Value) -> Value:
    """`result`, where it holds no more values than allowed. Raises Fault."""
    pending = [result]
    count = 0
    while pending:
        value = pending.pop()
        if isinstance(value, Marked):
            value = value.value
        if isinstance(value, CONTAINERS):
            found = inside(value)
            count += len(found)
            if count > MOST_ELEMENTS:
                raise too_large("a very large collection")
            pending.extend(item for item in found if isinstance(item, (*CONTAINERS, Marked)))
    return result
