"""Checks the files without state, backends or the values of variables."""

from collections.abc import Mapping
from dataclasses import replace

from reconciler.app.project import Project
from reconciler.app.session import UNKNOWN_SETTING, placed, read, setting, variables_scope
from reconciler.backends.open import check_settings
from reconciler.catalog.index import types
from reconciler.config.blocks import BackendBlock, Configuration, ResourceBlock
from reconciler.config.expand import Names
from reconciler.engine.checks import rules
from reconciler.engine.resolve import Resolver, Surroundings
from reconciler.engine.uses import address_of, in_order
from reconciler.lang.syntax import Text
from reconciler.lang.types import DYNAMIC
from reconciler.lang.value import SENSITIVE, Value, mark, unknown
from reconciler.model.address import Address, Key
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError
from reconciler.model.platform import ROLES, VERSIONS, Platform
from reconciler.model.values import Sealed, Secret

ONLY_WITHOUT_VALUES = frozenset({"unknown-count", "unknown-for-each"})
"""What is wrong here merely because variables have no values yet."""


def run(project: Project) -> tuple[Diagnostic, ...]:
    """Everything that the files alone show to be wrong, or worth a warning."""
    problems = Collector()
    configuration = read(project, problems)
    if not problems.errors:
        _evaluate(configuration, problems)
    return tuple(problems.found)


def _evaluate(configuration: Configuration, problems: Collector) -> None:
    """Every variable is unknown, so that what is constant shows its mistakes all the same."""
    found = Collector()
    around = _around(configuration)
    resolver = Resolver(configuration, around, found)
    desired = []
    try:
        for block in _ordered(configuration, resolver):
            desired.extend(_desired(resolver, block))
    except ReconcilerError as failure:
        found.extend(failure.diagnostics)
    for name, output in configuration.outputs.items():
        resolver.sight.attempt(output.value, None, f'output "{name}"')
    for local in configuration.locals.values():
        resolver.sight.attempt(local.expr, None, "locals")
    found.extend(rules(desired, types(), resolver.platforms))
    for backend in configuration.backends:
        _settings(backend, around.variables, found)
    kept = [one for one in found if one.code not in ONLY_WITHOUT_VALUES]
    problems.extend(dict.fromkeys(kept))


def _settings(block: BackendBlock, variables: Mapping[str, Value], problems: Collector) -> None:
    """What is wrong with those settings whose values stand in the files."""
    scope = variables_scope(variables)
    given: dict[str, object] = {}
    found: list[Diagnostic] = []
    for name, argument in block.arguments.items():
        try:
            given[name] = setting(argument.expr, scope)
        except ReconcilerError as failure:
            found.extend(failure.diagnostics)
    try:
        check_settings(block.kind, given)
    except ReconcilerError as failure:
        found.extend(failure.diagnostics)
    problems.extend(placed(one, block) for one in found if one.code != UNKNOWN_SETTING)


def _ordered(configuration: Configuration, resolver: Resolver) -> list[ResourceBlock]:
    blocks = {address_of(b): b for b in configuration.resources}
    uses = {a: resolver.sight.uses.of_block(b) for a, b in blocks.items()}
    return [blocks[address] for address in in_order(blocks, uses)]


def _desired(resolver: Resolver, block: ResourceBlock) -> list[Desired]:
    found = []
    for key, names in _instances(resolver, block).items():
        one = resolver.desire(block, key, names, {})
        if one is not None:
            found.append(one)
            # Nobody knows before a plan what the object will be, so that users see no value.
            resolver.sight.lose(Address(block.type, block.name))
    return found


def _instances(resolver: Resolver, block: ResourceBlock) -> Mapping[Key, Names]:
    """The instances; where their number is not known, one with unknown `each` or `count`."""
    expanded = resolver.expand(block)
    if expanded is not None:
        return expanded
    blank = unknown(DYNAMIC)
    each: Value = {"key": blank, "value": blank}
    return {"*": {"each": each}} if block.count is None else {0: {"count": {"index": blank}}}


def _around(configuration: Configuration) -> Surroundings:
    variables: dict[str, Value] = {}
    for name, variable in configuration.variables.items():
        blank = unknown(DYNAMIC if variable.constraint is None else variable.constraint.type)
        variables[name] = mark(blank, SENSITIVE) if variable.sensitive else blank
    platforms = {block.alias: _platform(block) for block in configuration.backends}
    return Surroundings(types(), platforms or {"": Platform()}, variables, _unsealed)


def _platform(block: BackendBlock) -> Platform:
    """As far as the block says so in plain text; mistakes in it show when it is opened."""
    platform = Platform()
    for name, allowed in (("version", VERSIONS), ("role", ROLES)):
        argument = block.arguments.get(name)
        if argument and isinstance(argument.expr, Text) and argument.expr.value in allowed:
            platform = replace(platform, **{name: argument.expr.value})
    return platform


def _unsealed(secret: Secret, before: Sealed | None) -> Sealed:
    return before or Sealed(secret.open, "")
