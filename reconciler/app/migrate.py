"""Copies the workspace into another database, and says so only when both read the same."""

from dataclasses import replace

from reconciler.app.inspect import place
from reconciler.app.project import Project
from reconciler.app.rekey import given
from reconciler.app.state_place import StatePlace
from reconciler.model.record import dataclass
from reconciler.store import transfer
from reconciler.store.keys import opens
from reconciler.store.logged import timed
from reconciler.store.opening import database_of
from reconciler.store.sql import open_view
from reconciler.store.transfer import Copied
from reconciler.store.view import View


@dataclass(frozen=True, slots=True)
class Migrated:
    """`source` and `target` as they may be shown, without passwords."""

    source: str
    target: str
    copied: Copied


def migrate(project: Project, to: str) -> Migrated:
    """Raises ReconcilerError; then the other database has nothing of the workspace. A new key, as
    for `state rekey`, is that of the copy, else the one that is given from outside.
    """
    at = place(project, strict=True)
    source = open_view(at.url, project.workspace, project.root, at.key)
    key = given(project.environment, None) or at.key
    target = open_view(to, project.workspace, project.root, key)
    with timed(project.log, f"copy into {target.database.place}"):
        done = transfer.copied(_opening(source, at, project), target)
        transfer.remember(target)
    return Migrated(source.database.place, target.database.place, done)


def _opening(source: View, at: StatePlace, project: Project) -> View:
    """`source` with the key beside it where that opens it, and the one from outside does not."""
    books = source.seen(lambda _, found: found, None)
    if at.key is None or books is None or not books.seal:
        return source
    beside = database_of(at.url, project.root)[1]
    if opens(at.key, books.lineage, books.seal) or not opens(beside, books.lineage, books.seal):
        return source
    return replace(source, key=beside)
