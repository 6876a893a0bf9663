"""Copies the workspace into another database, and says so only when both read the same."""

from reconciler.app.inspect import place
from reconciler.app.project import Project
from reconciler.app.rekey import given
from reconciler.model.record import dataclass
from reconciler.store import transfer
from reconciler.store.logged import timed
from reconciler.store.sql import open_view
from reconciler.store.transfer import Copied


@dataclass(frozen=True, slots=True)
class Migrated:
    """`source` and `target` as they may be shown, without passwords."""

    source: str
    target: str
    copied: Copied


def migrate(project: Project, to: str) -> Migrated:
    """Raises ReconcilerError; then the other database has nothing of the workspace. A new key, as
    for `state rekey`, is that of the copy.
    """
    at = place(project, strict=True)
    source = open_view(at.url, project.workspace, project.root, at.key)
    key = given(project.environment, None) or at.key
    target = open_view(to, project.workspace, project.root, key)
    with timed(project.log, f"copy into {target.database.place}"):
        done = transfer.copied(source, target)
        transfer.remember(target)
    return Migrated(source.database.place, target.database.place, done)
