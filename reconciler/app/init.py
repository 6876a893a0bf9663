"""Makes a folder ready: fetches its modules, and looks whether its files can be read."""

from reconciler.app.fetch import Fetched, missing
from reconciler.app.project import Project
from reconciler.catalog.index import everything
from reconciler.config.load import load
from reconciler.config.static import check
from reconciler.model.diagnostic import Collector
from reconciler.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Ready:
    """`mistakes`: the files can be read, and something in them is wrong all the same."""

    fetched: tuple[Fetched, ...] = ()
    mistakes: bool = False


def run(project: Project, *, upgrade: bool = False) -> Ready:
    """Raises ReconcilerError where a file cannot be read, or a module cannot be fetched."""
    fetched = missing(project.root, project.environment, upgrade=upgrade)
    problems = Collector()
    configuration = load(project.root, problems)
    problems.stop_on_errors()
    problems.extend(check(configuration, everything()))
    return Ready(fetched, bool(problems.errors))
