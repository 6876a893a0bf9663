"""What is there to look at: remembered state, outputs, and who uses whom. Writes nothing."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from reconciler.app.project import Project
from reconciler.app.session import DEFAULT_STATE, read, state_url
from reconciler.catalog.index import everything
from reconciler.config.blocks import Configuration
from reconciler.config.load import load
from reconciler.engine.uses import Uses, address_of
from reconciler.model.diagnostic import Collector
from reconciler.model.state import Output, State
from reconciler.store.base import Store
from reconciler.store.sql import open_store

Graph = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]


def state(project: Project) -> State:
    """What state remembers. The configuration is read only for where state lives."""
    with opened(project) as store:
        return store.read()


@contextmanager
def opened(project: Project) -> Iterator[Store]:
    """The store, for those who look into it and need nothing else."""
    store = open_store(_url(project), project.workspace, root=project.root)
    try:
        yield store
    finally:
        store.close()


def _url(project: Project) -> str:
    """A folder whose files have mistakes can still be looked at."""
    given = project.environment.get("RECONCILER_STATE_URL")
    if given:
        return given
    problems = Collector()
    configuration = load(project.root, problems)
    if problems.errors or configuration.settings.state_url is None:
        return DEFAULT_STATE
    return state_url(project, configuration, problems)


def outputs(project: Project) -> Mapping[str, Output]:
    return state(project).outputs


def graph(project: Project) -> Graph:
    """Nodes, and edges from user to used: resources, and outputs."""
    problems = Collector()
    configuration = read(project, problems)
    problems.stop_on_errors()
    return _graph(configuration)


def _graph(configuration: Configuration) -> Graph:
    uses = Uses(configuration, everything())
    resources = {str(address_of(b)): uses.of_block(b) for b in configuration.blocks()}
    outputs = {
        f"output.{name}": uses.of_output(block) for name, block in configuration.outputs.items()
    }
    every = {**resources, **outputs}
    edges = sorted((user, str(use.used)) for user, used in every.items() for use in used)
    return tuple(sorted(every)), tuple(edges)
