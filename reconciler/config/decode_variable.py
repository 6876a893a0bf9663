"""Variables: from their blocks to declarations, with nothing evaluated."""

from reconciler.config import form, literals
from reconciler.config.blocks import Variable
from reconciler.config.decode_condition import conditions
from reconciler.lang.syntax import Argument, Block
from reconciler.lang.types import TypeConstraint, parse_constraint
from reconciler.model.diagnostic import Collector, error

_VARIABLE = form.Form(
    example='variable "port" { type = number }',
    arguments=("type", "default", "description", "sensitive", "nullable", "ephemeral"),
    blocks=("validation",),
    labels=1,
)
_RESERVED = frozenset(
    {
        "count",
        "depends_on",
        "for_each",
        "lifecycle",
        "locals",
        "providers",
        "source",
        "version",
    }
)


def variable(block: Block, problems: Collector) -> Variable | None:
    given = form.read(block, _VARIABLE, problems)
    if len(block.labels) != 1:
        return None
    name = block.labels[0]
    if name in _RESERVED:
        problems.add(
            error(
                "reserved-name",
                "Reserved name",
                f'A variable cannot be called "{name}": modules use this name for an argument'
                " of their own. Choose another one.",
                block.header,
            )
        )
    default = given.get("default")
    return Variable(
        name=name,
        constraint=_constraint(given.get("type"), problems),
        default=None if default is None else default.expr,
        validations=conditions(block.body.blocks, "validation", problems),
        sensitive=literals.boolean(given.get("sensitive"), problems, default=False),
        nullable=literals.boolean(given.get("nullable"), problems, default=True),
        ephemeral=literals.boolean(given.get("ephemeral"), problems, default=False),
        description=literals.text(given.get("description"), problems) or "",
        span=block.header,
    )


def _constraint(argument: Argument | None, problems: Collector) -> TypeConstraint | None:
    return None if argument is None else parse_constraint(argument.expr, problems)
