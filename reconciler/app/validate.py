"""Checks the files without state, backends or the values of variables."""

from collections.abc import Iterator, Mapping

from reconciler.app import beside
from reconciler.app.apart import shared
from reconciler.app.braking import limits
from reconciler.app.everywhere import everywhere
from reconciler.app.project import Project
from reconciler.app.rehearsal import rehearsed, variables
from reconciler.app.session import UNKNOWN_SETTING, placed, read, setting, variables_scope
from reconciler.app.testing.scripts import FOLDER, scripts
from reconciler.backends.open import check_settings
from reconciler.config.blocks import BackendBlock, Configuration
from reconciler.lang.value import Value
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError


def run(project: Project) -> tuple[Diagnostic, ...]:
    """Everything that the files alone show to be wrong, or worth a warning; tests included."""
    problems = Collector()
    configuration = read(project, problems)
    if problems.errors:
        beside.add(configuration, problems)
    else:
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
    """What is wrong whatever the values are."""
    problems.extend(
        everywhere(configuration.backends, lambda there: rehearsed(configuration, there))
    )
    known = variables(configuration)
    given = [(backend, *_given(backend, known)) for backend in configuration.backends]
    for backend, said, unfit in given:
        problems.extend(_settings(project, backend, said, unfit))
    problems.extend(shared(((backend, said) for backend, said, _ in given), project.root))
    limits(configuration.settings.brakes, variables_scope(known), problems)


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
