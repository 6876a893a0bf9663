"""What the files alone show to be wrong, whatever the values of variables, the state and the
target. Each expression is looked at once, so that ten thousand blocks take less than a second.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from reconciler.config import (
    constants,
    static_blocks,
    static_checks,
    static_modules,
    static_references,
)
from reconciler.config.blocks import Condition, Configuration
from reconciler.config.decode import MOST_PROBLEMS
from reconciler.config.expand import context_of
from reconciler.config.sites import sites
from reconciler.config.static_cycles import Needs
from reconciler.config.static_moves import check_moves
from reconciler.config.static_references import Declared, declared
from reconciler.lang.references import Reference, references
from reconciler.lang.syntax import Literal, Text
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error, in_order
from reconciler.schema.resource_type import ResourceType


def check(configuration: Configuration, types: Mapping[str, ResourceType]) -> Iterator[Diagnostic]:
    """In the order of the text, after what has no place."""
    found = islice(_found(configuration, types), MOST_PROBLEMS)
    yield from in_order(found)


def _found(
    configuration: Configuration, types: Mapping[str, ResourceType]
) -> Iterator[Diagnostic]:
    needs = Needs(configuration)
    told: set[Diagnostic] = set()  # a folder may be called more than once
    for one in configuration.whole():
        for found in _of_one(one, types, needs):
            if found not in told:
                told.add(found)
                yield found
    yield from needs.rings()


def _of_one(
    one: Configuration, types: Mapping[str, ResourceType], needs: Needs
) -> Iterator[Diagnostic]:
    yield from static_blocks.check_version(one)
    yield from _defaults(one)
    yield from static_blocks.check_resources(one, types)
    yield from _ephemeral_outputs(one)
    yield from static_modules.check_calls(one)
    yield from check_moves(one, types)
    # Where a file could not be read, what it declares is not missing.
    if one.complete:
        yield from _references(one, declared(one, types), needs)
    yield from _conditions(one)


def _defaults(configuration: Configuration) -> Iterator[Diagnostic]:
    for variable in configuration.variables.values():
        if variable.default is not None:
            try:
                constants.default(variable)
            except ReconcilerError as trouble:
                for one in trouble.diagnostics:
                    yield replace(
                        one, context=f'variable "{variable.name}"', secret=variable.sensitive
                    )


def _ephemeral_outputs(one: Configuration) -> Iterator[Diagnostic]:
    for output in one.outputs.values():
        if output.ephemeral and not one.path:
            found = error(
                "ephemeral-root-output",
                "Ephemeral output of the project itself",
                "Outputs of the project are kept in state, so that none is ephemeral. Only modules"
                " hand on what exists during a run. Take ephemeral out.",
                output.value.span,
            )
            yield replace(found, context=f'output "{output.name}"')


def _references(one: Configuration, known: Declared, needs: Needs) -> Iterator[Diagnostic]:
    owners = static_checks.owners(one)
    for expr, place in sites(one):
        if isinstance(expr, Text | Literal):
            continue
        for reference in references(expr):
            yield from (
                replace(found, context=place.context)
                for found in (
                    *static_references.check(reference, place, known),
                    *static_checks.check_scope(reference, place, owners),
                )
            )
            needs.connect(one, reference, place)


def _conditions(configuration: Configuration) -> Iterator[Diagnostic]:
    """Conditions that check nothing."""
    for condition, context in _general(configuration):
        if not references(condition.condition):
            yield replace(_idle(condition, "something of the configuration"), context=context)
    for variable in configuration.variables.values():
        for condition in variable.validations:
            if not any(_is_variable(r, variable.name) for r in references(condition.condition)):
                idle = _idle(condition, f"var.{variable.name}")
                yield replace(idle, context=f'variable "{variable.name}"')


def _general(configuration: Configuration) -> Iterator[tuple[Condition, str]]:
    """The conditions of resources and outputs, and where they stand."""
    for block in configuration.resources:
        life = block.lifecycle
        for condition in (*life.preconditions, *life.postconditions):
            yield condition, context_of(block)
    for output in configuration.outputs.values():
        for condition in output.preconditions:
            yield condition, f'output "{output.name}"'


def _is_variable(reference: Reference, name: str) -> bool:
    return reference.root == "var" and reference.steps[:1] == (name,)


def _idle(condition: Condition, what: str) -> Diagnostic:
    return error(
        "condition-checks-nothing",
        "Condition checks nothing",
        f"The condition must refer to {what}, or its outcome would always be the same. Refer to"
        " it, or take the block out.",
        condition.condition.span,
    )
