"""Moved and removed blocks against what is declared, without any value. What for_each repeats is
looked at when its value is known.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.config.move_mistakes import mistakes
from reconciler.config.movement import Guide, Statement, Step, Whole
from reconciler.config.movement import shown as shown_steps
from reconciler.config.statements import statement, written_out
from reconciler.config.suggest import did_you_mean
from reconciler.config.written import MODULE, Written
from reconciler.model.address import shown
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
    once = [statement((), b, written_out) for b in configuration.moved if b.for_each is None]
    yield from mistakes(once)
    if once:
        yield from still_declared(once, _declared(configuration))


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


def _declared(project: Configuration) -> Iterator[tuple[tuple[Step, ...], Span]]:
    """What there certainly is, or all that a block stands for: resources and calls, and what is
    in the modules.
    """
    around: dict[str, tuple[Step, ...]] = {shown(project.path): ()}
    for one in project.whole():
        outer = around[shown(one.path)]
        for block in one.resources:
            yield (*outer, (block.type, block.name, _keys(block))), block.header
        for call in one.modules.values():
            steps = (*outer, (MODULE, call.name, Whole.KEYS if call.repeated else None))
            around[shown((*one.path, (call.name, None)))] = steps
            yield steps, call.header


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
        f"{shown_steps(steps)} moves to {shown_steps(to)}, but it is still declared{where}. Declare it under its new"
        " address instead, or take the moved block out.",
        one.span,
    )


def _removed(
    configuration: Configuration, types: Mapping[str, ResourceType]
) -> Iterator[Diagnostic]:
    if not configuration.removed:
        return
    there = {_names(steps): span for steps, span in _declared(configuration)}
    for removed in configuration.removed:
        yield from _unknown_type(removed.origin, types)
        names = tuple((part.kind, part.name) for part in removed.origin.parts)
        span = there.get(names)
        if span is not None:
            yield error(
                "removed-still-declared",
                "What is removed is still declared",
                f"{'.'.join(f'{kind}.{name}' for kind, name in names)} is still declared at {span.path}"
                f" line {span.line}. Take that block out, or this one.",
                removed.origin.span,
            )


def _names(steps: Iterable[Step]) -> tuple[tuple[str, str], ...]:
    return tuple((kind, name) for kind, name, _ in steps)
