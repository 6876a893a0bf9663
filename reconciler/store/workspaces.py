"""The workspaces that a database holds: which there are, and taking one away for good.

Knows tables, not what their rows mean.
"""

from sqlalchemy import Connection, delete, select

from reconciler.store import lease, marker
from reconciler.store.database import Database, alone
from reconciler.store.lease import Ports, Timing
from reconciler.store.refusals import refused
from reconciler.store.tables import entry, history, meta, run
from reconciler.store.tables import lease as leases
from reconciler.store.view import View, brought_up

_EVERYTHING = (leases, history, run, entry, meta)
"""In this order nothing refers to what is gone."""
_NAMES = select(meta.c.workspace).order_by(meta.c.workspace)


def names(database: Database) -> tuple[str, ...]:
    """Sorted; none where there is no database."""
    known = marker.read(database)

    def look() -> tuple[str, ...]:
        if not database.exists():
            marker.refuse_missing(database, known)
            return ()
        return database.snapshot(lambda at: tuple(sorted(at.execute(_NAMES).scalars())))

    return brought_up(database, look)


def abolish(view: View, known: str) -> None:
    """Deletes everything about the workspace, its history too. `known` is the digest of the ledger
    that the caller has seen. Raises ReconcilerError `state-locked` or `state-changed`.
    """
    with alone(view.database, view.workspace) as (connection, shared):
        if view.books(connection).digest != known:
            raise refused("state-changed", path=view.database.place)
        refuse_held(connection, view, shared)
        # Before the commit: a marker that knows less is no harm, one that knows more is.
        marker.forget(view.database, view.workspace)
        with view.database.unguarded(connection):
            for table in _EVERYTHING:
                connection.execute(delete(table).where(table.c.workspace == view.workspace))


def refuse_held(connection: Connection, view: View, shared: float | None) -> None:
    """Raises ReconcilerError `state-locked` while a run works; `shared` is the database's clock."""
    moment = lease.moment(Ports(), Timing(), shared)
    for held in lease.load(connection, view.workspace):
        if not moment.over(held):
            raise lease.locked(view.workspace, held)
