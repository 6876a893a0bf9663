"""Whether history, runs and rows still say what was written. Compares; decodes nothing."""

from sqlalchemy import Connection

from reconciler.store import history, rows, runs
from reconciler.store.base import Audit
from reconciler.store.ledger import Ledger
from reconciler.store.view import View


def refuse_altered(view: View, connection: Connection, books: Ledger) -> int:
    """The number of runs. Raises ReconcilerError where the history is not what was written."""
    said: dict[str, str] = {}
    wrong = history.verify(connection, view.workspace, books, said)
    view.refuse_damage(wrong or runs.altered(connection, view.workspace, said))
    return len(said)


def audit(view: View, connection: Connection, books: Ledger) -> Audit:
    """Everything. Raises ReconcilerError naming what differs."""
    number = refuse_altered(view, connection, books)
    stored, wrong = rows.load(connection, view.workspace, books.total)
    view.refuse_damage(wrong)
    kept = {rows.name_of(row): row for row in stored if row.kind != "intent"}
    told = history.newest(connection, view.workspace)
    differing = sorted(n for n in kept.keys() | told.keys() if kept.get(n) != told.get(n))
    for kind, key, _ in differing[:1]:
        view.refuse_damage(f"the row of {kind} {key} is not as the history left it")
    return Audit(books.changes, number, len(kept))
