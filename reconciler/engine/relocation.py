"""Moved blocks in a plan: state mapped before anything is planned, the writes that make that
last, and what the plan says of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from reconciler.config.blocks import Configuration, MovedBlock
from reconciler.config.expand import repetition
from reconciler.config.move_mistakes import mistakes
from reconciler.config.movement import Statement, steps_of
from reconciler.config.statements import inside, statement, written_out
from reconciler.config.static_moves import still_declared
from reconciler.engine import moves
from reconciler.engine.each import each_of, key_of
from reconciler.engine.moves import Move
from reconciler.engine.moving import Relocation, carried, relocated, uncovered
from reconciler.engine.resolve import Resolver
from reconciler.engine.sight import Sight, within
from reconciler.engine.situation import Draft, Situation
from reconciler.engine.targets import matcher
from reconciler.engine.uses import address_of
from reconciler.model.address import Address, ModulePath
from reconciler.model.diagnostic import Collector, ReconcilerError
from reconciler.model.plan import Action, Change, Mode
from reconciler.model.values import Values

CONTEXT = "moved"


def of(at: Situation, resolver: Resolver) -> Relocation:
    """The state to plan with. What is wrong with the moves is reported. An undo brings back the
    addresses of before.
    """
    problems = resolver.sight.problems
    said = statements(at.configuration, resolver.sight)
    blocks = {address_of(block): repetition(block) for block in at.configuration.blocks()}
    own = Collector()
    moved = (
        carried(at.state, at.undo.moved)
        if at.mode is Mode.UNDO
        else relocated(at.state, said, blocks, own)
    )
    if at.targets:
        own.extend(uncovered(moved, matcher(at.targets)))
    problems.extend(within(own, CONTEXT))
    return moved


def statements(project: Configuration, sight: Sight) -> tuple[Statement, ...]:
    """What the moved blocks of all modules say; what is wrong with them goes to the problems of
    `sight`.
    """
    found: list[Statement] = []
    repeated = False
    for one in project.whole():
        for block in one.moved:
            repeated = repeated or block.for_each is not None
            try:
                found += _of_block(one.path, block, sight)
            except ReconcilerError as failure:
                sight.problems.extend(within(failure.diagnostics, CONTEXT))
    # Those without for_each have been compared before, with the files alone.
    if repeated:
        sight.problems.extend(within(mistakes(found), CONTEXT))
    return tuple(found)


def _of_block(path: ModulePath, block: MovedBlock, sight: Sight) -> Iterator[Statement]:
    """What for_each repeats may be another thing in each instance of a module."""
    if block.for_each is None:
        yield statement(tuple(name for name, _ in path), block, written_out)
        return
    for room in sight.house.rooms(path):
        for names in each_of(block.for_each, sight, room.path):
            key = partial(key_of, names=names, sight=sight, module=room.path)
            yield inside(room.path, statement((), block, key))


def undone(moved: Relocation, desired: Iterable[Address], problems: Collector) -> None:
    """Reports moves away from instances that are declared."""
    if moved.statements:
        there = ((steps_of(address), None) for address in desired)
        problems.extend(within(still_declared(moved.statements, there), CONTEXT))


def carry_out(moved: Relocation, draft: Draft, now: Mapping[Address, Values | None]) -> None:
    """Completes a draft: every step about a row that moves waits for that."""
    if not moved.rows:
        return
    steps = {(row.address, row.deposed): moves.relocating(at, row) for at, row in moved.rows}
    ids = {place: (one.step.id,) for place, one in steps.items()}
    draft.moves = [*steps.values(), *(_after(one, ids) for one in draft.moves)]
    draft.changes = [_told(change, moved) for change in draft.changes]
    told = {change.address for change in draft.changes}
    draft.changes += [
        Change(new, Action.NO_OP, values, values, moved_from=old)
        for new, old in moved.origins.items()
        if new not in told and (values := now.get(new)) is not None
    ]
    draft.changes.sort(key=lambda change: change.address.sort_key)


def _after(one: Move, ids: Mapping[tuple[Address, str], tuple[str, ...]]) -> Move:
    first = ids.get((one.step.address, one.step.deposed), ())
    return replace(one, step=replace(one.step, needs=(*one.step.needs, *first))) if first else one


def _told(change: Change, moved: Relocation) -> Change:
    old = moved.origins.get(change.address)
    return change if old is None or change.deposed else replace(change, moved_from=old)
