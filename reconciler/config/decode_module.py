"""Module calls: from their blocks to declarations. Which arguments a module takes is not known here."""

from collections.abc import Mapping

from reconciler.config import form, literals
from reconciler.config.blocks import ModuleCall
from reconciler.lang.syntax import Argument, Block, Expr, Object
from reconciler.model.diagnostic import Collector, error

META = ("source", "count", "for_each", "depends_on", "backend", "backends")
_MODULE = form.Form(
    example='module "standard" {\n  source = "./modules/standard"\n}',
    required=("source",),
    labels=1,
    open=True,
    hints={
        "version": "It counts for a registry, and there is none. Name the version in the source:"
        ' source = "git::https://example.com/standard.git?ref=v1.2"',
        "providers": "Backends are handed down with: backends = { NAME = exchange.NAME }",
        "lifecycle": "It belongs to a resource. Write it inside the module.",
    },
)


def module(block: Block, problems: Collector) -> ModuleCall | None:
    given = form.read(block, _MODULE, problems)
    source = given.get("source")
    if len(block.labels) != _MODULE.labels or source is None:
        return None
    where = literals.text(source, problems)
    if where is None:
        return None
    if "count" in given and "for_each" in given:
        problems.add(literals.count_and_for_each("module", given["for_each"].name_span))
    return ModuleCall(
        name=block.labels[0],
        source=where,
        source_span=source.expr.span,
        arguments={name: a for name, a in given.items() if name not in META},
        count=literals.expression(given, "count"),
        for_each=literals.expression(given, "for_each"),
        depends_on=literals.traversals(
            given.get("depends_on"), problems, "send_connector.internet"
        ),
        backend=literals.expression(given, "backend"),
        backends=_backends(given.get("backends"), problems),
        span=block.span,
        header=block.header,
    )


def _backends(argument: Argument | None, problems: Collector) -> Mapping[str, Expr] | None:
    if argument is None:
        return None
    if isinstance(argument.expr, Object):
        pairs = [(literals.plain_text(key), value) for key, value in argument.expr.items]
        if all(name is not None for name, _ in pairs):
            return {name: value for name, value in pairs if name is not None}
    problems.add(
        error(
            "invalid-backends",
            "Not a list of backends",
            "backends gives each name that the module uses a backend of this folder. Write for"
            " example: backends = { lab = exchange.west }",
            argument.expr.span,
        )
    )
    return None
