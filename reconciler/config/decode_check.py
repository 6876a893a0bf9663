"""Check blocks: from their blocks to declarations."""

from dataclasses import replace

from reconciler.config import form
from reconciler.config.blocks import CheckBlock
from reconciler.config.decode_condition import conditions
from reconciler.config.decode_resource import data
from reconciler.lang.syntax import Block
from reconciler.model.diagnostic import Collector, error

_CHECK = form.Form(
    example='check "routes" {\n  assert {\n    condition = …\n    error_message = "…"\n  }\n}',
    blocks=("assert", "data"),
    labels=1,
)


def check(block: Block, problems: Collector) -> CheckBlock | None:
    form.read(block, _CHECK, problems)
    if len(block.labels) != _CHECK.labels:
        return None
    if not any(inner.type == "assert" for inner in block.body.blocks):
        problems.add(
            error(
                "check-without-assert",
                "Check without an assertion",
                "A check says what should hold in assert blocks, and this one has none. Write for"
                f" example: {_CHECK.example}",
                block.header,
            )
        )
    asserts = conditions(block.body.blocks, "assert", problems)
    found = (data(inner, problems) for inner in block.body.blocks if inner.type == "data")
    read = tuple(replace(one, lenient=True) for one in found if one is not None)
    return CheckBlock(block.labels[0], asserts, block.header, read)
