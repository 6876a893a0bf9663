"""What is there to look at: remembered state, outputs, and who uses whom. Writes nothing."""

from collections.abc import Mapping

from reconciler.app import state_place
from reconciler.app.project import Project
from reconciler.app.session import known_variables, read, variables_scope
from reconciler.app.state_place import StatePlace
from reconciler.catalog.index import everything
from reconciler.config.blocks import Configuration
from reconciler.config.load import load
from reconciler.engine.uses import Uses, address_of
from reconciler.model.diagnostic import Collector
from reconciler.model.state import Output, State
from reconciler.store.amending import Record

Graph = tuple[tuple[str, ...], tuple[tuple[str, str], ...]]


def state(project: Project) -> State:
    """What state remembers. The configuration is read only for where state lives."""
    return state_place.opened(project, place(project)).read()


def opened(project: Project, *, strict: bool = False) -> Record:
    """The store, in which nothing is open yet."""
    return state_place.opened(project, place(project, strict=strict))


def place(project: Project, *, strict: bool = False) -> StatePlace:
    """A folder whose files have mistakes can still be looked at; `strict`: not before they say
    without a doubt where state lives, since something will be written there.
    """
    problems = Collector()
    configuration = load(project.root, problems)
    # A folder without files says nothing else.
    wrong = any(problem.code != "no-configuration" for problem in problems.errors)
    if strict and wrong and not project.environment.get(state_place.URL):
        problems.stop_on_errors()
    outside = state_place.needs_no_configuration(project, configuration.settings.state)
    if problems.errors or outside:
        return state_place.without_configuration(project)
    variables = known_variables(project, configuration, problems, {})
    problems.stop_on_errors()
    return state_place.place(project, configuration, variables_scope(variables))


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
