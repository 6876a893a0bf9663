"""Removed blocks: what is no longer managed, and whether it is destroyed."""

from collections.abc import Sequence

from reconciler.config import form, literals
from reconciler.config.blocks import RemovedBlock
from reconciler.config.decode_moved import address
from reconciler.config.written import EVERY_NAME
from reconciler.lang.syntax import Block
from reconciler.model.diagnostic import Collector, error

_REMOVED = form.Form(
    example="removed {\n  from = send_connector.old\n  lifecycle {\n    destroy = false\n  }\n}",
    arguments=("from",),
    required=("from",),
    blocks=("lifecycle",),
    hints={
        "destroy": "It stands in a block: lifecycle { destroy = false }",
        "for_each": "A removed block is about all instances of a resource. Take it out.",
        "count": "A removed block is about all instances of a resource. Take it out.",
        "provisioner": "There are no provisioners. Run what is needed beside reconciler.",
        "connection": "There are no provisioners, so there is nothing to connect to. Take it out.",
    },
)
_LIFECYCLE = form.Form(example="lifecycle { destroy = false }", arguments=("destroy",))


def removed(block: Block, problems: Collector) -> RemovedBlock | None:
    given = form.read(block, _REMOVED, problems)
    destroy = _destroy(block.body.blocks, problems)
    origin = address(given["from"], problems) if "from" in given else None
    if origin is None:
        return None
    if origin.keys or origin.parts[-1].name == EVERY_NAME:
        problems.add(
            error(
                "removed-with-key",
                "Removed block that names instances",
                "A removed block is about one resource or module that is not declared any more, with"
                " all its instances. Write its address without keys and without *; where single"
                " instances go, change count or for_each instead.",
                origin.span,
            )
        )
        return None
    return RemovedBlock(origin, destroy, block.header)


def _destroy(blocks: Sequence[Block], problems: Collector) -> bool:
    """As Terraform has it: where nothing is said, the object goes."""
    found = [inner for inner in blocks if inner.type == "lifecycle"]
    for again in found[1:]:
        problems.add(
            error(
                "duplicate-block",
                "Block stands twice",
                f"This block already has a lifecycle block at line {found[0].span.line}. Put"
                " everything into one of them.",
                again.header,
            )
        )
    if not found:
        return True
    given = form.read(found[0], _LIFECYCLE, problems)
    return literals.boolean(given.get("destroy"), problems, default=True)
