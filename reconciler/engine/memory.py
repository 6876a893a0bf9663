"""What is known of each resource so far, as expressions see it."""

from collections.abc import Mapping

from reconciler.config.blocks import ResourceBlock
from reconciler.config.expand import repetition
from reconciler.engine.exposure import assembled, exposed
from reconciler.lang.shape import DYNAMIC
from reconciler.lang.value import Value, unknown
from reconciler.model.address import Address, Key
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType

Known = tuple[ResourceType, Values, frozenset[str]]
"""The type of an instance, its values, and which of them are sensitive."""


class Memory:
    """`blocks` are all that are declared. Values are made when they are asked for, and kept until
    an instance is learnt anew.
    """

    def __init__(self, blocks: Mapping[Address, ResourceBlock]) -> None:
        self._blocks = blocks
        self._known: dict[Address, dict[Key, Known | None]] = {}
        self._declared: set[Address] = set()
        self._broken: set[Address] = set()
        self._assembled: dict[Address, Value] = {}

    def declare(self, block: Address) -> None:
        self._declared.add(block)

    def learn(self, address: Address, known: Known | None) -> bool:
        """Whether that is news."""
        family = self._known.setdefault(address.family, {})
        if known is not None and family.get(address.key) == known:
            return False
        family[address.key] = known
        self._assembled.pop(address.family, None)
        return True

    def lose(self, block: Address) -> None:
        self._broken.add(block)

    def value(self, family: Address) -> Value:
        """All instances of a block in one instance of its module. Raises KeyError."""
        block = family.block
        if block not in self._blocks:
            raise KeyError(family.name)
        if block in self._broken or not (block in self._declared or family in self._known):
            return unknown(DYNAMIC)
        if family not in self._assembled:
            seen = {key: _seen(one) for key, one in self._known.get(family, {}).items()}
            self._assembled[family] = assembled(seen, repetition(self._blocks[block]))
        return self._assembled[family]


def _seen(known: Known | None) -> Value:
    return unknown(DYNAMIC) if known is None else exposed(*known)
