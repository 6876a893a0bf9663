"""References to modules, checked without any value: that there is such an output."""

from collections.abc import Iterator

from reconciler.config.blocks import Configuration, ModuleCall
from reconciler.config.refusals import cures, refused, step
from reconciler.config.suggest import did_you_mean, meant
from reconciler.lang.references import Reference
from reconciler.model.diagnostic import Diagnostic


def check_module(reference: Reference, caller: Configuration) -> Iterator[Diagnostic]:
    name, calls = step(reference, 0), caller.modules
    call = calls.get(name) if isinstance(name, str) else None
    if not isinstance(name, str):
        yield refused(
            "incomplete-reference",
            "Incomplete reference",
            "module alone stands for all modules. Name one of its outputs: module.NAME.OUTPUT",
            reference,
        )
    elif call is None:
        near = meant(name, calls)
        cure = cures(near and f"module.{near}", f'module "{name}" {{ source = … }}')
        yield refused(
            "undeclared-module",
            "Reference to an undeclared module",
            f'There is no module "{name}". {cure}',
            reference,
        )
    else:
        yield from _check_output(reference, call, caller.children.get(name))


def _check_output(
    reference: Reference, call: ModuleCall, child: Configuration | None
) -> Iterator[Diagnostic]:
    """What comes after the name of a module: a key where it is repeated, an output."""
    key, output = step(reference, 1), call.output(reference.steps)
    if call.count is not None and isinstance(key, str):
        yield refused(
            "missing-key",
            "Instance key is missing",
            f"module.{call.name} has count, so it stands for a list of instances. Name one of"
            f" them, module.{call.name}[0].{key}, or all: module.{call.name}[*].{key}",
            reference,
        )
    elif not call.repeated and isinstance(key, int):
        yield refused(
            "unexpected-key",
            "Instance key on a single module",
            f"module.{call.name} has neither count nor for_each, so there is one instance, without"
            f" a key. Write module.{call.name} without the index.",
            reference,
        )
    elif output is not None and child is not None and child.complete:
        yield from _check_declared(reference, output, call, child)


def _check_declared(
    reference: Reference, output: str, call: ModuleCall, child: Configuration
) -> Iterator[Diagnostic]:
    if output not in child.outputs:
        listed = f"Its outputs are: {', '.join(child.outputs) or 'none'}."
        yield refused(
            "unsupported-attribute",
            "Unsupported attribute",
            f'The module {call.name} has no output "{output}".'
            f" {did_you_mean(output, child.outputs, listed)}",
            reference,
        )
