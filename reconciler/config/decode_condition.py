"""Conditions: the validation, precondition and postcondition blocks."""

from collections.abc import Iterable

from reconciler.config import form
from reconciler.config.blocks import Condition
from reconciler.lang.syntax import Block
from reconciler.model.diagnostic import Collector

_CONDITION = form.Form(
    example='condition = … and error_message = "…"',
    arguments=("condition", "error_message"),
    required=("condition", "error_message"),
)


def conditions(blocks: Iterable[Block], kind: str, problems: Collector) -> tuple[Condition, ...]:
    """Those of `blocks` that are of the type `kind`, without the incomplete ones."""
    found = (_condition(block, problems) for block in blocks if block.type == kind)
    return tuple(condition for condition in found if condition is not None)


def _condition(block: Block, problems: Collector) -> Condition | None:
    given = form.read(block, _CONDITION, problems)
    if not given.keys() >= {"condition", "error_message"}:
        return None
    return Condition(given["condition"].expr, given["error_message"].expr, block.span)
