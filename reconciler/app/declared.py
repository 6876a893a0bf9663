"""Which types a configuration speaks of, and where their objects may be: what must be read."""

from collections.abc import Iterable, Iterator, Mapping

from reconciler.app.session import Session
from reconciler.config.blocks import ResourceBlock
from reconciler.engine.naming import references
from reconciler.model.platform import Platform
from reconciler.schema.resource_type import IN_STATE, ResourceType


def declared(at: Session) -> set[tuple[str, str]]:
    """Every type that is declared, in every backend that may have it: which one is known later."""
    return {
        (alias, name)
        for block in at.configuration.blocks()
        if block.type in at.types
        for name in _types_of(block, at.types)
        for alias in _homes(at.types[name], at.platforms)
    }


def _types_of(block: ResourceBlock, types: Mapping[str, ResourceType]) -> Iterator[str]:
    """The one that a block is about, and those whose objects its arguments name or are judged by."""
    rtype = types[block.type]
    yield rtype.reads or block.type
    for one in references(rtype):
        if one.name in block.arguments and one.refers_to in types:
            yield one.refers_to
    for rule in rtype.scene_rules:
        if rule.asks and not block.arguments.keys().isdisjoint(rule.attributes):
            yield from rule.beside


def _homes(rtype: ResourceType, platforms: Mapping[str, Platform]) -> Iterable[str]:
    if rtype.home:
        return [rtype.home]
    return [
        alias for alias, here in platforms.items() if alias != IN_STATE and rtype.exists_on(here)
    ]
