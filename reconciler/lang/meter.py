"""How much work evaluation may be, so that no configuration runs for ever.

One step is about as much as going through a loop once. Counted are turns of loops, the elements
that functions get and give, and the text that is made: the same on every machine.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from reconciler.lang.core import CONTAINERS, Value, strip
from reconciler.lang.limits import LONGEST_STRING, MOST_ELEMENTS, is_flat, size, too_large
from reconciler.lang.trouble import Fault

MOST_IN_ALL: Final = 4_000_000
MOST_OF_ONE: Final = 2_000_000
"""Of one loop with all that is inside it, so that others still find some left."""

MOST_SECONDS: Final = 5.0
"""For all regular expressions together, whose work cannot be counted."""

TOO_MUCH: Final = "too-many-steps"
SHORT: Final = 1_000
"""A text that is no work."""
_SEEN: Final = 8
_MADE: Final = 2
_CHARACTERS: Final = 32
"""That many elements to look at, elements made, or characters are one step."""


class Meter:
    """`used` steps so far and the `limit` at present. A scope shares it with those inside it.

    `each` is what every value that is made costs besides its size: nothing outside of loops, so
    that many small expressions do not add up. `seconds` are left for regular expressions.
    """

    __slots__ = ("each", "limit", "seconds", "used")

    def __init__(self, limit: float = MOST_IN_ALL, seconds: float = MOST_SECONDS) -> None:
        self.limit = limit
        self.seconds = seconds
        self.used = 0
        self.each = 0

    def spend(self, steps: int) -> None:
        """Raises Fault where that is too much."""
        self.used += steps
        if self.used > self.limit:
            raise Fault(
                TOO_MUCH,
                "Too much to evaluate",
                f"What loops and functions do here takes more than {MOST_OF_ONE:,} steps, or "
                f"together with all other expressions more than {MOST_IN_ALL:,}. Go through "
                "fewer elements: a map finds by its key what would else be searched for in a "
                "loop inside a loop.",
            )

    def take(self, value: Value) -> None:
        """Spends what it costs to look through `value`."""
        bare = strip(value)[0]
        if isinstance(bare, str):
            self.spend(len(bare) // _CHARACTERS)
        elif isinstance(bare, CONTAINERS):
            self.spend((size(bare) or MOST_ELEMENTS) // _SEEN)

    def make(self, value: Value) -> Value:
        """`value`, which is new: spends what it costs. Raises Fault where it is too large."""
        if is_flat(value):
            if self.each:
                self.spend(self.each)
            return value
        bare = strip(value)[0]
        if isinstance(bare, str):
            if len(bare) > LONGEST_STRING:
                raise too_large("a very long string")
            self.spend(self.each + len(bare) // _CHARACTERS)
        elif isinstance(bare, CONTAINERS):
            count = size(bare)
            if count is None:
                raise too_large("a very large collection")
            self.spend(self.each + count // _MADE)
        return value

    @contextmanager
    def loop(self) -> Iterator[None]:
        """Inside, and in loops inside, MOST_OF_ONE steps may be spent."""
        outer = self.limit, self.each
        self.limit, self.each = min(self.limit, self.used + MOST_OF_ONE), 1
        try:
            yield
        finally:
            self.limit, self.each = outer
