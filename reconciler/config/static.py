"""What the files alone show to be wrong, whatever the values of variables, the state and the
target. Each expression is looked at once, so that ten thousand blocks take less than a second.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice

from reconciler.config import constants, cycles, static_blocks, static_references
from reconciler.config.blocks import Condition, Configuration
from reconciler.config.decode import MOST_PROBLEMS
from reconciler.config.sites import Place, sites
from reconciler.config.static_references import Declared, declared
from reconciler.lang.references import Reference, references
from reconciler.lang.syntax import Literal, Text
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.span import Span
from reconciler.schema.resource_type import ResourceType


def check(configuration: Configuration, types: Mapping[str, ResourceType]) -> Iterator[Diagnostic]:
    """In the order of the text, after what has no place."""
    found = islice(_found(configuration, types), MOST_PROBLEMS)
    yield from sorted(found, key=_place_of)


def _found(
    configuration: Configuration, types: Mapping[str, ResourceType]
) -> Iterator[Diagnostic]:
    yield from static_blocks.check_version(configuration)
    yield from _defaults(configuration)
    yield from static_blocks.check_resources(configuration, types)
    # Where a file could not be read, what it declares is not missing.
    if configuration.complete:
        yield from _references(configuration, declared(configuration, types))
    yield from _conditions(configuration)


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


def _references(configuration: Configuration, known: Declared) -> Iterator[Diagnostic]:
    graph: dict[str, list[cycles.Edge]] = {}
    for name in configuration.locals:
        graph[f"local.{name}"] = []
    for block in configuration.resources:
        graph[f"{block.type}.{block.name}"] = []
    for expr, place in sites(configuration):
        if isinstance(expr, Text | Literal):
            continue
        for reference in references(expr):
            for one in static_references.check(reference, place, known):
                yield replace(one, context=place.context)
            _connect(graph, reference, place)
    yield from cycles.cycles(graph)


def _connect(graph: dict[str, list[cycles.Edge]], reference: Reference, place: Place) -> None:
    """Remembers who needs whom, where both are declared and are not the same resource."""
    if not place.node or not reference.steps:
        return
    target = f"{reference.root}.{reference.steps[0]}"
    if target in graph and target != place.own:
        graph[place.node].append(cycles.Edge(place.node, target, reference.span))


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
            yield condition, f'resource "{block.type}" "{block.name}"'
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


def _place_of(found: Diagnostic) -> tuple[str, int, int]:
    span: Span | None = found.span
    return ("", 0, 0) if span is None else (span.path, span.line, span.column)
