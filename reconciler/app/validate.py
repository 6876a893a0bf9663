"""Checks the files without state, backends or the values of variables."""

from collections.abc import Iterable, Iterator, Mapping

from reconciler.app.apart import shared
from reconciler.app.braking import limits
from reconciler.app.project import Project
from reconciler.app.rehearsal import rehearsed, variables
from reconciler.app.session import UNKNOWN_SETTING, placed, read, setting, variables_scope
from reconciler.app.testing.scripts import FOLDER, scripts
from reconciler.backends.open import check_settings
from reconciler.config.blocks import BackendBlock, Configuration
from reconciler.lang.meter import TOO_MUCH
from reconciler.lang.syntax import Text
from reconciler.lang.value import Value
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError
from reconciler.model.platform import EVERY_VERSION, ONLINE, ROLES, Platform


def run(project: Project) -> tuple[Diagnostic, ...]:
    """Everything that the files alone show to be wrong, or worth a warning; tests included."""
    problems = Collector()
    configuration = read(project, problems)
    if not problems.errors:
        _evaluate(project, configuration, problems)
    problems.extend(_of_tests(project))
    return tuple(problems.found)


def _of_tests(project: Project) -> tuple[Diagnostic, ...]:
    """What is wrong in the files of tests, which are not carried out."""
    try:
        scripts(project.root, FOLDER, ())
    except ReconcilerError as failure:
        return failure.diagnostics
    return ()


def _evaluate(project: Project, configuration: Configuration, problems: Collector) -> None:
    """What is wrong on every platform that the files permit."""
    found: list[list[Diagnostic]] = []
    for platforms in _platforms(configuration.backends):
        found.append(rehearsed(configuration, platforms))
        if any(one.code == TOO_MUCH for one in found[-1]):
            break  # as it would be everywhere
    counted = [each for each in found if not _is_elsewhere(each)] or found
    everywhere = set.intersection(*({_sameness(d) for d in each} for each in counted))
    problems.extend(dict.fromkeys(d for d in counted[0] if _sameness(d) in everywhere))
    known = variables(configuration)
    given = [(backend, *_given(backend, known)) for backend in configuration.backends]
    for backend, said, unfit in given:
        problems.extend(_settings(project, backend, said, unfit))
    problems.extend(shared(((backend, said) for backend, said, _ in given), project.root))
    limits(configuration.settings.brakes, variables_scope(known), problems)


def _is_elsewhere(found: Iterable[Diagnostic]) -> bool:
    """Whether platforms lack a type, so that nobody means those: they hide what is wrong with it."""
    return any(one.code.startswith("type-not-on-this-") for one in found)


def _sameness(found: Diagnostic) -> tuple[object, ...]:
    """What makes two findings the same although they speak of two platforms."""
    return (found.code, found.span, found.address)


def _given(
    block: BackendBlock, variables: Mapping[str, Value]
) -> tuple[Mapping[str, object], list[Diagnostic]]:
    """The settings whose values stand in the files, and what is wrong with the others."""
    scope = variables_scope(variables)
    given: dict[str, object] = {}
    found: list[Diagnostic] = []
    for name, argument in block.arguments.items():
        try:
            given[name] = setting(argument.expr, scope)
        except ReconcilerError as failure:
            found.extend(failure.diagnostics)
    return given, found


def _settings(
    project: Project, block: BackendBlock, given: Mapping[str, object], unfit: list[Diagnostic]
) -> Iterator[Diagnostic]:
    found = list(unfit)
    try:
        check_settings(block.kind, given, project.root)
    except ReconcilerError as failure:
        found.extend(failure.diagnostics)
    return (placed(one, block) for one in found if one.code != UNKNOWN_SETTING)


def _platforms(blocks: Iterable[BackendBlock]) -> list[dict[str, Platform]]:
    """The platforms that the backends may be, by alias; the usual ones first."""
    possible = {block.alias: _possible(block) for block in blocks} or {"": [Platform()]}
    most = max(map(len, possible.values()))
    return [{a: found[n % len(found)] for a, found in possible.items()} for n in range(most)]


def _possible(block: BackendBlock) -> list[Platform]:
    usual = Platform()
    versions = _choices(block, "version", usual.version, EVERY_VERSION)
    roles = _choices(block, "role", usual.role, ROLES)
    every = (Platform(version, role) for role in roles for version in versions)
    # Of Exchange Online there is one, whatever role is written.
    return list(dict.fromkeys(Platform(ONLINE) if p.version == ONLINE else p for p in every))


def _choices(block: BackendBlock, name: str, usual: str, every: tuple[str, ...]) -> list[str]:
    """What a setting may be: mistakes in it are told elsewhere."""
    argument = block.arguments.get(name)
    if argument is None:
        return [usual]
    if isinstance(argument.expr, Text) and argument.expr.value in every:
        return [argument.expr.value]
    return [usual, *(one for one in every if one != usual)]
