"""What runs are about: the project, or a folder that stands in its place. Each is read once."""

from reconciler.app.project import Project
from reconciler.app.session import read
from reconciler.catalog.index import everything
from reconciler.config.blocks import Configuration
from reconciler.config.decode_test import RunBlock
from reconciler.config.load import load_instead
from reconciler.config.static import check
from reconciler.model.diagnostic import Collector, ReconcilerError


class Configurations:
    """Raises ReconcilerError with all static mistakes of the project."""

    def __init__(self, project: Project) -> None:
        problems = Collector()
        self.main = read(project, problems)
        problems.stop_on_errors()
        self._others: dict[str, Configuration | ReconcilerError] = {}

    def of(self, run: RunBlock) -> Configuration:
        """Raises ReconcilerError where the folder has mistakes, or is not there."""
        if run.module is None:
            return self.main
        if run.module not in self._others:
            self._others[run.module] = self._read(run, run.module)
        found = self._others[run.module]
        if isinstance(found, ReconcilerError):
            raise found
        return found

    def _read(self, run: RunBlock, source: str) -> Configuration | ReconcilerError:
        problems = Collector()
        found = load_instead(self.main, source, run.module_span, problems)
        if found is not None:
            problems.extend(check(found, everything()))
        if problems.errors or found is None:
            return ReconcilerError(*problems.errors)
        return found
