"""What removed blocks say of an address: that its object stays in Exchange, unmanaged. Pure."""

from collections.abc import Iterator

from reconciler.config.blocks import Configuration, RemovedBlock
from reconciler.config.written import MODULE
from reconciler.model.address import Address


def is_let_go(configuration: Configuration, address: Address) -> bool:
    """Whether a removed block has the object forgotten and not destroyed."""
    return any(not block.destroy for block in _about(configuration, address))


def is_removed(configuration: Configuration, address: Address) -> bool:
    """Whether a removed block says what becomes of the object."""
    return any(True for _ in _about(configuration, address))


def _about(configuration: Configuration, address: Address) -> Iterator[RemovedBlock]:
    names = (*((MODULE, name) for name, _ in address.module), (address.type, address.name))
    for path, block in _placed(configuration):
        meant = _names(path, block)
        if names[: len(meant)] == meant:
            yield block


def _placed(configuration: Configuration) -> Iterator[tuple[tuple[str, ...], RemovedBlock]]:
    """The blocks, with the calls of modules that lead to where they stand."""
    for one in configuration.whole():
        yield from ((tuple(name for name, _ in one.path), block) for block in one.removed)


def _names(path: tuple[str, ...], block: RemovedBlock) -> tuple[tuple[str, str], ...]:
    """The resource, or the module, whatever the keys."""
    return (
        *((MODULE, name) for name in path),
        *((part.kind, part.name) for part in block.origin.parts),
    )
