"""How much more work something is for twice as much, whatever the machine is busy with."""

import sys
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """How many calls and returns of Python functions and generators `work` takes."""
    found = 0

    def count(_frame: object, _event: str, _argument: object) -> None:
        nonlocal found
        found += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return found


def growth(prepare: Callable[[int], Callable[[], object]], count: int = 300) -> float:
    """The work for twice `count` by that for `count`; 2 is linear and 4 is quadratic."""
    for number in (count, 2 * count):  # what is cached for good is not counted
        prepare(number)()
    few, many = (calls(prepare(number)) for number in (count, 2 * count))
    return many / few
