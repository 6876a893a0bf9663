"""Makes a folder ready: fetches its modules, then looks at files, backends and state."""

from reconciler.app.fetch import Fetched, missing
from reconciler.app.project import Project
from reconciler.app.session import session
from reconciler.model.record import dataclass
from reconciler.schema.resource_type import IN_STATE


@dataclass(frozen=True, slots=True)
class Ready:
    """`backends` are (alias, what it is); `lineage` is "" where there is no state yet."""

    resources: int
    backends: tuple[tuple[str, str], ...]
    lineage: str
    fetched: tuple[Fetched, ...] = ()


def run(project: Project, *, upgrade: bool = False) -> Ready:
    """Raises ReconcilerError with what is in the way."""
    fetched = missing(project.root, project.environment, upgrade=upgrade)
    with session(project) as at:
        platforms = at.platforms.items()
        named = tuple((alias, str(one)) for alias, one in platforms if alias != IN_STATE)
        resources = len(tuple(at.configuration.blocks()))
        return Ready(resources, named, at.store.read().lineage, fetched)
