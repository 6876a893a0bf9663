"""What was computed from which resources, so that it is forgotten when one of them is learnt anew.

It knows no value: what is forgotten is computed once more when somebody asks.
"""

from collections import defaultdict
from collections.abc import Iterable

from reconciler.engine.rooms import House, Node, Room
from reconciler.engine.uses import Use
from reconciler.model.address import Address

COPIES = "module"
"""The kind of the node that is the number of times a module is called."""


class Hanging:
    """`house` holds the values that are forgotten."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._of_block: dict[Address, set[tuple[Room, Node]]] = defaultdict(set)

    def clear(self) -> None:
        self._of_block.clear()

    def note(self, room: Room, node: Node, uses: Iterable[Use]) -> None:
        """From now on what `node` is worth in `room` hangs on these."""
        for use in uses:
            self._of_block[use.used].add((room, node))

    def forget(self, block: Address) -> None:
        for room, (kind, name) in self._of_block.pop(block, ()):
            if kind == COPIES:
                self._house.leave(room, name)
            else:
                room.values.pop((kind, name), None)
