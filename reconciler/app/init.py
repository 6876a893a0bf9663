"""Looks whether a folder is ready: files, backends, state. Nothing needs to be fetched yet."""

from reconciler.app.project import Project
from reconciler.app.session import session
from reconciler.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Ready:
    """`backends` are (alias, what it is); `lineage` is "" where there is no state yet."""

    resources: int
    backends: tuple[tuple[str, str], ...]
    lineage: str


def run(project: Project) -> Ready:
    """Raises ReconcilerError with what is in the way."""
    with session(project) as at:
        named = tuple((alias, str(platform)) for alias, platform in at.platforms.items())
        return Ready(len(tuple(at.configuration.blocks())), named, at.store.read().lineage)
