"""References, checked without any value: that what they name is declared, and may be named there."""

from collections.abc import Mapping
from dataclasses import dataclass

from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.schema.resource_type import ResourceType

_ATTRIBUTES = {
    "path": ("cwd", "module", "root"),
    "reconciler": ("workspace",),
    "count": ("index",),
    "each": ("key", "value"),
}
_NOT_HERE = {
    "count": "count.index is known inside a resource that has count. Add count to this block, or"
    " take the reference out.",
    "each": "each.key and each.value are known inside a resource that has for_each, and not in"
    " for_each itself. Add for_each to this block, or take the reference out.",
    "self": "self is known in postcondition blocks only. Elsewhere, a resource may not refer to"
    " itself.",
    "local": "Only variables (var.NAME) may be used here.",
    "path": "Only variables (var.NAME) may be used here.",
    "reconciler": "Only variables (var.NAME) may be used here.",
}
_FOREIGN = {
    "module": "Modules are not supported yet.",
    "data": "Data sources are not supported yet.",
    "terraform": "Write reconciler.workspace for the name of the workspace.",
}


@dataclass(frozen=True, slots=True)
class Declared:
    """What can be referred to. `blocks` are the resource blocks by type and name."""

    configuration: Configuration
    types: Mapping[str, ResourceType]
    blocks: Mapping[str, Mapping[str, ResourceBlock]]
