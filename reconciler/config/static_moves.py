"""Moved and removed blocks against what is declared, without any value. What for_each repeats is
looked at when its value is known.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.config.move_mistakes import mistakes
from reconciler.config.movement import Guide, Statement, Step, Whole, shown
from reconciler.config.statements import statement
from reconciler.config.suggest import did_you_mean
from reconciler.config.written import MODULE, Written
from reconciler.lang.syntax import Expr
from reconciler.model.address import Key
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.span import Span
from reconciler.schema.resource_type import ResourceType


def check_moves(
    configuration: Configuration, types: Mapping[str, ResourceType]
) -> Iterator[Diagnostic]:
    for found in _moved(configuration, types):
        yield replace(found, context="moved")
    for found in _removed(configuration, types):
        yield replace(found, context="removed")


def _moved(
    configuration: Configuration, types: Mapping[str, ResourceType]
) -> Iterator[Diagnostic]:
    for block in configuration.moved:
        yield from _unknown_type(block.origin, types)
    once = [statement((), b, _no_key) for b in configuration.moved if b.for_each is None]
    yield from mistakes(once)
    if once:
        yield from still_declared(once, _declared(configuration))


def _no_key(expr: Expr) -> Key:
    raise AssertionError(f"{expr} is not written out. This is a bug in reconciler.")


def _unknown_type(given: Written, types: Mapping[str, ResourceType]) -> Iterator[Diagnostic]:
    kind = given.parts[-1].kind
    if kind not in (*types, MODULE):
        listed = f"The types are: {', '.join(sorted(types))}."
        yield error(
            "unknown-resource-type",
            "Unknown resource type",
            f'There is no resource type "{kind}". {did_you_mean(kind, types, listed)}',
            given.span,
        )


def _declared(configuration: Configuration) -> Iterator[tuple[tuple[Step, ...], Span]]:
    """What there certainly is, or all that a block stands for."""
    for block in configuration.resources:
        yield ((block.type, block.name, _keys(block)),), block.header


def _keys(block: ResourceBlock) -> Whole | None:
    switches = (block.count, block.for_each, block.lifecycle.enabled)
    return None if switches == (None, None, None) else Whole.KEYS


def still_declared(
    statements: Iterable[Statement], declared: Iterable[tuple[tuple[Step, ...], Span | None]]
) -> Iterator[Diagnostic]:
    """Moves away from what is `declared`, each told once, at the first."""
    guide, told = Guide(statements), set[int]()
    for steps, span in declared:
        led = guide.step(steps)
        if led is not None and id(led[0]) not in told:
            told.add(id(led[0]))
            yield _still_there(led[0], steps, led[1], span)


def _still_there(
    one: Statement, steps: tuple[Step, ...], to: tuple[Step, ...], span: Span | None
) -> Diagnostic:
    where = f" at {span.path} line {span.line}" if span else ""
    return error(
        "moved-still-declared",
        "What has moved is still declared",
        f"{shown(steps)} moves to {shown(to)}, but it is still declared{where}. Declare it under its new"
        " address instead, or take the moved block out.",
        one.span,
    )


def _removed(
    configuration: Configuration, types: Mapping[str, ResourceType]
) -> Iterator[Diagnostic]:
    there = {(block.type, block.name): block.header for block in configuration.resources}
    for removed in configuration.removed:
        yield from _unknown_type(removed.origin, types)
        *modules, last = removed.origin.parts
        span = None if modules else there.get((last.kind, last.name))
        if span is not None:
            yield error(
                "removed-still-declared",
                "What is removed is still declared",
                f"{last.kind}.{last.name} is still declared at {span.path} line {span.line}. Take that"
                " block out, or this one.",
                removed.origin.span,
            )
