"""Module calls, checked without any value: that the module takes what it is given."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reconciler.config.blocks import BackendBlock, Configuration, ModuleCall
from reconciler.config.modules import alias
from reconciler.config.suggest import did_you_mean
from reconciler.lang.syntax import Expr
from reconciler.model.diagnostic import Diagnostic, error


def check_calls(configuration: Configuration) -> Iterator[Diagnostic]:
    backends = {block.alias: block for block in configuration.backends}
    for call in configuration.modules.values():
        child = configuration.children.get(call.name)
        found = [*_check_backends(call, backends)]
        if child is not None and child.complete:
            found += _check_arguments(call, child)
        yield from (replace(one, context=f'module "{call.name}"') for one in found)


def _check_arguments(call: ModuleCall, child: Configuration) -> Iterator[Diagnostic]:
    for argument in call.arguments.values():
        if argument.name not in child.variables:
            listed = ", ".join(child.variables) or "none"
            cure = did_you_mean(argument.name, child.variables, f"Its variables are: {listed}.")
            yield error(
                "unsupported-argument",
                "Unsupported argument",
                f'The module in {child.folder} has no variable "{argument.name}". {cure}',
                argument.name_span,
            )
    for variable in child.variables.values():
        if variable.default is None and variable.name not in call.arguments:
            yield error(
                "missing-argument",
                "Missing argument",
                f'The module in {child.folder} needs the argument "{variable.name}", its variable'
                f" without a default. Write it into the block: {variable.name} = …",
                call.header,
            )


def _check_backends(
    call: ModuleCall, declared: Mapping[str, BackendBlock]
) -> Iterator[Diagnostic]:
    named = [*(call.backends or {}).values(), *([call.backend] if call.backend else [])]
    yield from (
        _no_backend(expr, declared) for expr in named if alias(expr) not in _seen(declared)
    )


def _seen(declared: Mapping[str, BackendBlock]) -> set[str]:
    """The aliases there are; the simulated backend needs no block."""
    return set(declared) or {""}


def _no_backend(expr: Expr, declared: Mapping[str, BackendBlock]) -> Diagnostic:
    written = sorted(".".join(filter(None, (b.kind, b.alias))) for b in declared.values())
    return error(
        "no-such-backend",
        "No such backend",
        "A backend is named by the type and alias of its block, without quotes. Those that are"
        f" declared: {', '.join(written) or 'simulated'}.",
        expr.span,
    )
