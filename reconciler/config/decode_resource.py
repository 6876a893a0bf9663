"""Resources: from their blocks to declarations. Which arguments a resource type has is not
known here; what is true of all types is.
"""

from dataclasses import replace

from reconciler.config import form, literals
from reconciler.config.blocks import Lifecycle, ResourceBlock
from reconciler.config.data import PREFIX
from reconciler.config.decode_condition import conditions
from reconciler.lang.syntax import Argument, Block, Expr, Name
from reconciler.model.diagnostic import Collector, error

META = ("count", "for_each", "depends_on", "backend")
_RESOURCE = form.Form(
    example='resource "send_connector" "internet" { … }',
    blocks=("lifecycle",),
    labels=2,
    open=True,
    hints={
        "lifecycle": "It is a block: write lifecycle { … } without the equals sign.",
        "provider": "A resource names its target with: backend = exchange.NAME",
        "providers": "A resource names its target with: backend = exchange.NAME",
        "dynamic": "Resource types have arguments only, so there are no blocks to make. Give the"
        " argument a for expression: address_spaces = [for d in var.domains : d]",
        "provisioner": "There are no provisioners: a plan that runs commands cannot be reviewed."
        " Run what is needed beside reconciler.",
        "connection": "There are no provisioners, so there is nothing to connect to. Take it out.",
    },
)
_LIFECYCLE = form.Form(
    example="lifecycle { prevent_destroy = true }",
    arguments=(
        "create_before_destroy",
        "prevent_destroy",
        "ignore_changes",
        "replace_triggered_by",
        "enabled",
    ),
    blocks=("precondition", "postcondition"),
)


def resource(block: Block, problems: Collector) -> ResourceBlock | None:
    given = form.read(block, _RESOURCE, problems)
    if len(block.labels) != _RESOURCE.labels:
        return None
    if "count" in given and "for_each" in given:
        problems.add(literals.count_and_for_each("resource", given["for_each"].name_span))
    return ResourceBlock(
        type=block.labels[0],
        name=block.labels[1],
        arguments={name: a for name, a in given.items() if name not in META},
        count=literals.expression(given, "count"),
        for_each=literals.expression(given, "for_each"),
        depends_on=literals.traversals(
            given.get("depends_on"), problems, "send_connector.internet"
        ),
        backend=literals.expression(given, "backend"),
        lifecycle=_lifecycle(block, problems),
        span=block.span,
        header=block.header,
    )


def data(block: Block, problems: Collector) -> ResourceBlock | None:
    """A data source is a resource of the type `data.TYPE` that nothing is done to."""
    found = resource(block, problems)
    if found is None:
        return None
    life = Lifecycle(
        preconditions=found.lifecycle.preconditions, postconditions=found.lifecycle.postconditions
    )
    if found.lifecycle != life:
        problems.add(
            error(
                "invalid-data-lifecycle",
                "Lifecycle of a data source",
                "A data source is only read, so its lifecycle holds precondition and postcondition"
                " blocks alone. Take the rest out.",
                block.header,
            )
        )
    return replace(found, type=PREFIX + found.type, lifecycle=life)


def _lifecycle(block: Block, problems: Collector) -> Lifecycle:
    found = [inner for inner in block.body.blocks if inner.type == "lifecycle"]
    for again in found[1:]:
        problems.add(
            error(
                "duplicate-block",
                "Block stands twice",
                f"This resource already has a lifecycle block at line {found[0].span.line}. Put"
                " everything into one of them.",
                again.header,
            )
        )
    return _decoded(found[0], problems) if found else Lifecycle()


def _decoded(block: Block, problems: Collector) -> Lifecycle:
    given = form.read(block, _LIFECYCLE, problems)
    return Lifecycle(
        create_before_destroy=literals.expression(given, "create_before_destroy"),
        prevent_destroy=literals.expression(given, "prevent_destroy"),
        ignore_changes=_ignored(given.get("ignore_changes"), problems),
        replace_triggered_by=literals.elements(
            given.get("replace_triggered_by"), problems, "send_connector.internet"
        ),
        enabled=literals.expression(given, "enabled"),
        preconditions=conditions(block.body.blocks, "precondition", problems),
        postconditions=conditions(block.body.blocks, "postcondition", problems),
    )


def _ignored(argument: Argument | None, problems: Collector) -> tuple[Expr, ...] | str:
    if argument is not None and isinstance(argument.expr, Name) and argument.expr.name == "all":
        return "all"
    return literals.traversals(argument, problems, "comment")
