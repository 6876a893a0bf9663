"""What must hold inside of modules: the values that they are given, and their outputs."""

from collections.abc import Iterator
from dataclasses import replace

from reconciler.config.blocks import OutputBlock, Variable
from reconciler.config.expand import context_of
from reconciler.config.validations import validate
from reconciler.engine.checks import outcome
from reconciler.engine.rooms import Room
from reconciler.engine.sight import Sight, within
from reconciler.lang.value import EPHEMERAL, marks
from reconciler.model.address import shown
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.plan import Check


def checked(sight: Sight) -> Iterator[Check]:
    """The preconditions of all outputs of modules. Mistakes in values are told to `sight`."""
    for room in sight.house.modules():
        sight.problems.extend(_variables(sight, room))
        for block in room.configuration.outputs.values():
            sight.problems.extend(_output(sight, room, block))
            what = (
                "output-precondition",
                f"{shown(room.path)}.output.{block.name}",
                _named(block),
            )
            for condition in block.preconditions:
                yield outcome(sight, condition, room.scope, what)


def _named(block: OutputBlock) -> str:
    return f'output "{block.name}"'


def _variables(sight: Sight, room: Room) -> Iterator[Diagnostic]:
    values = {name: sight.value(room, "var", name) for name in room.configuration.variables}
    for variable in room.configuration.variables.values():
        found = validate(variable, values, room.scope.meter)
        context = f'{shown(room.path)}, variable "{variable.name}"'
        yield from (
            replace(d, secret=d.secret or variable.sensitive) for d in within(found, context)
        )
        yield from _handed(sight, room, variable)


def _handed(sight: Sight, room: Room, variable: Variable) -> Iterator[Diagnostic]:
    """A module must expect what is ephemeral."""
    call = sight.house.call(room.path)
    given = call.arguments.get(variable.name)
    if given is None or variable.ephemeral:
        return
    if EPHEMERAL in marks(sight.value(room, "var", variable.name)):
        found = error(
            "ephemeral-argument",
            "Ephemeral value for a variable that expects none",
            f"The value exists during this run only, and the module could keep it. If it does not, add"
            f' ephemeral = true to its variable "{variable.name}".',
            given.expr.span,
        )
        yield replace(found, context=context_of(call))


def _output(sight: Sight, room: Room, block: OutputBlock) -> Iterator[Diagnostic]:
    """What a module gives out must be called ephemeral where it is, and nowhere else."""
    is_ephemeral = EPHEMERAL in marks(sight.value(room, "output", block.name))
    if block.ephemeral and not is_ephemeral:
        found = error(
            "not-ephemeral",
            "Ephemeral output of a lasting value",
            "The output is called ephemeral, and its value is not. Take ephemeral out, or derive the"
            " value from something ephemeral.",
            block.value.span,
        )
        yield replace(found, context=_named(block))
    if is_ephemeral and not block.ephemeral:
        found = error(
            "ephemeral-value",
            "Output of an ephemeral value",
            "The value exists during this run only. If the module is to give it out all the same,"
            " add ephemeral = true to the output.",
            block.value.span,
        )
        yield replace(found, context=_named(block))
