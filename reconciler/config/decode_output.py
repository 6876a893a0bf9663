"""Outputs and locals: from their blocks to declarations, with nothing evaluated."""

from reconciler.config import form, literals
from reconciler.config.blocks import Local, OutputBlock
from reconciler.config.decode_condition import conditions
from reconciler.lang.syntax import Block
from reconciler.model.diagnostic import Collector

_OUTPUT = form.Form(
    example='output "id" { value = send_connector.internet.guid }',
    arguments=("value", "description", "sensitive", "ephemeral", "depends_on"),
    required=("value",),
    blocks=("precondition",),
    labels=1,
)
_LOCALS = form.Form(example='locals { domain = "example.com" }', open=True)


def output(block: Block, problems: Collector) -> OutputBlock | None:
    given = form.read(block, _OUTPUT, problems)
    value = given.get("value")
    if len(block.labels) != 1 or value is None:
        return None
    return OutputBlock(
        name=block.labels[0],
        value=value.expr,
        sensitive=literals.boolean(given.get("sensitive"), problems, default=False),
        ephemeral=literals.boolean(given.get("ephemeral"), problems, default=False),
        description=literals.text(given.get("description"), problems) or "",
        depends_on=literals.traversals(
            given.get("depends_on"), problems, "send_connector.internet"
        ),
        preconditions=conditions(block.body.blocks, "precondition", problems),
        span=block.header,
    )


def locals_(block: Block, problems: Collector) -> tuple[Local, ...]:
    given = form.read(block, _LOCALS, problems)
    return tuple(Local(a.name, a.expr, a.name_span) for a in given.values())
