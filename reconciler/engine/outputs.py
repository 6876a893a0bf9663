"""Outputs: their values, how they change, and their preconditions."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.config.blocks import OutputBlock
from reconciler.engine.checks import outcome
from reconciler.engine.resolve import Resolver
from reconciler.engine.sight import Sight
from reconciler.lang.partial import parts
from reconciler.lang.types import of
from reconciler.lang.types import to_json as type_json
from reconciler.lang.value import EPHEMERAL, SENSITIVE, Value, is_known, marks, to_json, unmark
from reconciler.model.address import Address
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.plan import Action, Check, Mode, OutputChange
from reconciler.model.state import Output, State


def left_out(
    resolver: Resolver, state: State, undecided: Container[Address], *, targeted: bool
) -> frozenset[str]:
    """The outputs that a run does not touch because it leaves out what they hang on: with
    targets, also those that hang on nothing.
    """
    found = set(state.outputs) - set(resolver.configuration.outputs) if targeted else set()
    for name, block in resolver.configuration.outputs.items():
        used = [use.used for use in resolver.sight.uses.of_output(block)]
        if any(one in undecided for one in used) or (targeted and not used):
            found.add(name)
    return frozenset(found)


def changes(
    resolver: Resolver, state: State, mode: Mode, left: Container[str] = ()
) -> tuple[OutputChange, ...]:
    """One for each output declared or remembered, by name, but for those that are `left`."""
    blocks = {} if mode is Mode.DESTROY else resolver.configuration.outputs
    names = [name for name in sorted({*blocks, *state.outputs}) if name not in left]
    return tuple(
        _change(name, blocks.get(name), state.outputs.get(name), resolver.sight) for name in names
    )


def _change(
    name: str, block: OutputBlock | None, before: Output | None, sight: Sight
) -> OutputChange:
    if block is None:
        return OutputChange(name, Action.DELETE, before, None)
    value = sight.attempt(block.value, None, f'output "{name}"')
    sight.problems.extend(leaks(block, value))
    if not is_known(value):
        action = Action.UPDATE if before else Action.CREATE
        known, sensitive = parts(value), block.sensitive
        return OutputChange(name, action, before, None, False, sensitive, known)  # noqa: FBT003
    after = remembered(block, value)
    if before is None:
        action = Action.NO_OP if after.value is None else Action.CREATE
        return OutputChange(name, action, before, after)
    return OutputChange(name, Action.NO_OP if before == after else Action.UPDATE, before, after)


def remembered(block: OutputBlock, value: Value) -> Output:
    bare = unmark(value)
    return Output(to_json(bare), type_json(of(bare)), block.sensitive)


def leaks(block: OutputBlock, value: Value) -> Iterator[Diagnostic]:
    """What an output shows or keeps that must not be shown or kept."""
    found = marks(value)
    context = f'output "{block.name}"'
    if SENSITIVE in found and not block.sensitive:
        problem = error(
            "sensitive-output",
            "Output of a sensitive value",
            "The value comes from something sensitive and would be shown. If that is meant, add "
            "sensitive = true to the output, and it is kept and not shown; or wrap what may be "
            "seen in nonsensitive(…).",
            block.value.span,
        )
        yield replace(problem, context=context)
    if EPHEMERAL in found:
        problem = error(
            "ephemeral-value",
            "Output of an ephemeral value",
            "The value exists during this run only, while outputs are kept in state. Take it out.",
            block.value.span,
        )
        yield replace(problem, context=context)


def preconditions(resolver: Resolver, names: Iterable[str]) -> Iterator[Check]:
    """Of the outputs called `names`, as far as they are declared."""
    declared = resolver.configuration.outputs
    for block in (declared[name] for name in names if name in declared):
        for condition in block.preconditions:
            what = ("output-precondition", f"output.{block.name}", f'output "{block.name}"')
            yield outcome(resolver.sight, condition, None, what)


def final(resolver: Resolver, state: State, names: Iterable[str]) -> Mapping[str, Output]:
    """The outputs after a run that planned for those called `names`. One that cannot be told
    keeps its old value, as do all others.
    """
    found = dict(state.outputs)
    for name in names:
        block = resolver.configuration.outputs.get(name)
        if block is None:
            found.pop(name, None)
            continue
        value = resolver.sight.attempt(block.value, None, f'output "{name}"')
        if is_known(value):
            found[name] = remembered(block, value)
    return {name: output for name, output in found.items() if output.value is not None}
