"""What Exchange has and no workspace knows. Looks, and writes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from reconciler.app import inspect, workspaces
from reconciler.app.planning import Emit, refuse_unknown
from reconciler.app.project import Project
from reconciler.app.session import Session, session
from reconciler.catalog.index import types
from reconciler.engine.holdings import Holding, chosen, holdings, idle
from reconciler.engine.observe import observe
from reconciler.engine.survey import Query
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import Instance, Intent, State
from reconciler.schema.resource_type import IN_STATE


def run(project: Project, patterns: Sequence[str], emit: Emit) -> tuple[Holding, ...]:
    """What the patterns mean, or everything, setup's objects too. Raises ReconcilerError."""
    with session(project) as at:
        return look(at, patterns, emit)


def look(at: Session, patterns: Sequence[str], emit: Emit) -> tuple[Holding, ...]:
    """The same in a session that is open."""
    state = at.store.read()
    refuse_unknown(state, at)
    seen = observe(sorted(_queries(at, patterns)), at.backends, at.types, emit)
    owned = {
        (row.backend, row.handle)
        for known in (state, *_elsewhere(at.project))
        for row in _rows(known)
        if row.handle is not None
    }
    every = holdings(seen, at.types, at.platforms, owned)
    problems = tuple(idle(every, patterns))
    if problems:
        raise ReconcilerError(*problems)
    return tuple(chosen(every, patterns))


def _rows(state: State) -> tuple[Instance | Intent, ...]:
    return (*state.instances, *state.intents)


def _elsewhere(project: Project) -> Iterator[State]:
    """What the other workspaces know."""
    for name in workspaces.names(project):
        if name != project.workspace:
            yield inspect.state(replace(project, workspace=name))


def _queries(at: Session, patterns: Sequence[str]) -> Iterator[Query]:
    """Every type that a pattern may mean, in every backend that has it."""
    kinds = [pattern.partition(".")[0] for pattern in patterns] or ["*"]
    for alias, platform in at.platforms.items():
        for name, rtype in types().items():
            listable = alias != IN_STATE and not rtype.home and rtype.exists_on(platform)
            if listable and any(fnmatchcase(name, kind) for kind in kinds):
                yield Query(alias, name)
