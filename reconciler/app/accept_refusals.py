"""Why what others changed cannot be taken into the configuration, and what can be done instead."""

from collections.abc import Iterable
from dataclasses import replace

from reconciler.config.blocks import ResourceBlock
from reconciler.config.origin import Origin
from reconciler.model.address import Address
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.span import Span
from reconciler.model.state import Instance


def unknown(target: str, near: Iterable[str]) -> ReconcilerError:
    there = ", ".join(sorted(near)[:5])
    hint = f" There is {there}." if there else ""
    return _stop(
        "no-such-object",
        "Object not in the state",
        f"{target} is no object that the state remembers, nor an argument of one.{hint} To see all, "
        "run: reconciler state list",
    )


def unknown_argument(address: Address, name: str) -> ReconcilerError:
    return _stop(
        "unknown-argument",
        "No such argument",
        f'{address} has no argument "{name}" that could be written. See what has drifted: '
        f"reconciler drift '{address}'",
    )


def unfinished() -> ReconcilerError:
    return _stop(
        "unfinished-run",
        "An earlier run did not finish",
        "What it did is in the journal and not in the state yet. Run reconciler apply, which goes on "
        "from there, and then accept what is still different.",
    )


def gone(row: Instance, block: ResourceBlock | None) -> ReconcilerError:
    """An object that is not there any more cannot be described."""
    address = row.address
    steps = [f"module.{name}" for name, _ in address.module]
    whole = ".".join([*steps, address.type, address.name])
    cure = (
        f"If it is to stay away, delete its resource block and write in its place:\n\nremoved {{\n"
        f"  from = {whole}\n\n  lifecycle {{\n    destroy = false\n  }}\n}}\n\n"
        "If it is to come back, run reconciler apply."
    )
    if address.key is not None or any(key is not None for _, key in address.module):
        cure = (
            "It is one of several instances: take its key out of for_each (or lower count) where it "
            "is to stay away. If it is to come back, run reconciler apply."
        )
    return _stop(
        "accepted-removal",
        "The object is gone",
        f"{address} was removed in Exchange, so there is nothing to write into its block. {cure}",
        block.header if block else None,
    )


def undeclared(address: Address) -> ReconcilerError:
    return _stop(
        "not-configured",
        "Not in the configuration",
        f"No resource block describes {address} any more, so there is nothing to write into. "
        "Put the block back, or let apply remove the object.",
    )


def sensitive(address: Address, name: str, span: Span) -> Diagnostic:
    return error(
        "sensitive-drift",
        "Sensitive value",
        f"The value of {name} of {address} is sensitive and is not written into a file in the clear. "
        "Set it where it comes from, or run reconciler apply to undo the change.",
        span,
    )


def elsewhere(name: str, value: str, found: Origin) -> Diagnostic:
    """Only the user knows what else may change with the origin."""
    others = (
        f" {found.uses - 1} other expressions use it and would change too."
        if found.uses > 2  # noqa: PLR2004 (more than one other)
        else " One other expression uses it and would change too."
        if found.uses == 2  # noqa: PLR2004 (one other)
        else " Nothing else uses it."
        if found.uses == 1
        else ""
    )
    place = f"{found.span.path} line {found.span.line}"
    return error(
        "not-written-here",
        "The value is not written in the block",
        f"{name} comes from {found.what} ({place}).{others} Edit it there so that {name} becomes "
        f"{value}, or write the value into the block itself.",
        found.span,
    )


def unwritable(name: str, value: str, why: str, span: Span) -> Diagnostic:
    return error(
        "not-editable",
        "This file is not edited",
        f"{span.path} {why}, and is left alone. Set {name} = {value} yourself.",
        span,
    )


def unspeakable(address: Address, names: Iterable[str], span: Span) -> ReconcilerError:
    return _stop(
        "cannot-be-written",
        "What Exchange has cannot be configured",
        f"No configuration of {address} gives {', '.join(sorted(names))} the value that Exchange has. "
        "Nothing was written. Run reconciler apply to undo the change, or leave the argument to others "
        "with lifecycle { ignore_changes = […] }.",
        span,
    )


def shared(address: Address, others: Iterable[Address], block: ResourceBlock) -> ReconcilerError:
    named = ", ".join(map(str, sorted(others, key=lambda a: a.sort_key)))
    return _stop(
        "shared-argument",
        "The block describes other objects too",
        f"What {address} has now would be written for {named} as well, where Exchange has something "
        "else. Nothing was written. Let the value depend on the key (each.value), or accept it once "
        "all of them have it.",
        block.header,
    )


def broken(address: Address, problems: Iterable[Diagnostic]) -> ReconcilerError:
    """Places are left out: they would be those of a text that nobody has seen."""
    first = error(
        "cannot-be-written",
        "What Exchange has cannot be configured",
        f"With what {address} has in Exchange the configuration would not be valid. Nothing was "
        "written. What would be wrong follows.",
    )
    return ReconcilerError(first, *(replace(one, span=None) for one in problems))


def _stop(code: str, summary: str, detail: str, span: Span | None = None) -> ReconcilerError:
    return ReconcilerError(error(code, summary, detail, span))
