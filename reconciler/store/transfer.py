"""A whole workspace copied into another database: rows, runs, history, open calls, and the books.

Everything is copied as it stands, digests and sealed values too, so that lineage, serial and the
chain of the history stay what they are. Where the copy has another key, its values are then sealed
anew with that; a key is never copied.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection, insert, select

from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.record import dataclass
from reconciler.model.state import State
from reconciler.store import codec, history, marker, rows, runs, workspaces
from reconciler.store.database import alone
from reconciler.store.ledger import Ledger
from reconciler.store.refusals import refused
from reconciler.store.rekey import reseal
from reconciler.store.tables import entry, meta, run
from reconciler.store.tables import history as lines
from reconciler.store.view import View

_TABLES = (meta, run, entry, lines)
"""In this order everything that is referred to is there. Leases stay behind."""
_PART = 500
_OTHERS = (
    "runs or objects of workspace {target.workspace}, and they stay what they are. Name a database"
    " without it."
)
_COPY = (
    "workspace {target.workspace} whole already, at serial {there}; here it is at serial {here}. To"
    " work with it there, change the address of the state. To copy it once more, name another"
    " database."
)
_KEYS = frozenset({"key-missing", "key-needed", "key-wrong", "key-damaged", "seal-broken"})


@dataclass(frozen=True, slots=True)
class Copied:
    """`digest` is that of the ledger; `runs` and `lines` count what the history has."""

    state: State
    digest: str
    runs: int
    lines: int


def copied(source: View, target: View) -> Copied:
    """Copies, and compares before anything counts. Raises ReconcilerError; then the target has
    nothing of it. The source is only read.
    """
    target.seen(lambda _, books: books.lineage, "")
    target.database.prepare()
    with alone(target.database, target.workspace) as (connection, shared):
        workspaces.refuse_held(connection, target, shared)
        _make_room(connection, source, target)
        found = source.seen(lambda at, books: _carried(at, books, source, connection), None)
        if found is None:
            raise refused("nothing-stored", workspace=source.workspace, path=source.database.place)
        with _keys_named(source, target):
            resealed = _sealed_anew(connection, source, target)
            _compare(connection, target, found, resealed=resealed)
        if source.seen(lambda _, books: books.digest, "") != found.digest:
            raise refused("state-changed", path=source.database.place)
    return found


def remember(target: View) -> None:
    """Lets the marker of the copy guard it from now on."""
    with alone(target.database, target.workspace) as (connection, _):
        books = target.books(connection)
        now = marker.Known(books.lineage, books.serial)
        marker.write(target.database, target.workspace, now)


def _make_room(connection: Connection, source: View, target: View) -> None:
    """Raises ReconcilerError `workspace-in-use` unless nothing was ever written there."""
    for table in (entry, run, lines):
        mine = select(table.c.workspace).where(table.c.workspace == target.workspace).limit(1)
        if connection.execute(mine).first():
            reason = _there(target.books(connection), source, target)
            raise refused("workspace-in-use", path=target.database.place, reason=reason)
    connection.execute(meta.delete().where(meta.c.workspace == target.workspace))


def _there(there: Ledger, source: View, target: View) -> str:
    """What the other database holds: a run that has died may have copied everything before."""
    lineage, here = source.seen(lambda _, books: (books.lineage, books.serial), ("", 0))
    is_copy = lineage == there.lineage and source.database.place != target.database.place
    return (_COPY if is_copy else _OTHERS).format(target=target, there=there.serial, here=here)


def _carried(at: Connection, books: Ledger, source: View, into: Connection) -> Copied:
    workspaces.refuse_held(at, source, source.database.enter(at, source.workspace))
    source.refuse_damage(_wrong(at, books))
    counts = {}
    for table in _TABLES:
        counts[table.name] = 0
        found = at.execute(select(table).where(table.c.workspace == source.workspace))
        for part in found.mappings().partitions(_PART):
            into.execute(insert(table), [dict(row) for row in part])
            counts[table.name] += len(part)
    return Copied(_state(at, books, source), books.digest, counts["run"], counts["history"])


def _wrong(at: Connection, books: Ledger) -> str:
    """What is wrong with rows, history or runs, "" for nothing."""
    told: dict[str, str] = {}
    return (
        rows.load(at, books.workspace, books.total)[1]
        or history.verify(at, books.workspace, books, told)
        or runs.altered(at, books.workspace, told)
    )


def _state(at: Connection, books: Ledger, view: View) -> State:
    return codec.state_of(books, rows.load(at, books.workspace, books.total)[0], view.vault(books))


@contextmanager
def _keys_named(source: View, target: View) -> Iterator[None]:
    """Says of a key that it is missing or wrong in the copy."""
    try:
        yield
    except ReconcilerError as failure:
        if failure.diagnostics[0].code not in _KEYS:
            raise
        raise refused(
            "key-elsewhere", path=source.database.place, marker=target.database.place
        ) from failure


def _sealed_anew(connection: Connection, source: View, target: View) -> bool:
    """Whether that was needed: only where something is sealed, and with another key."""
    books = target.books(connection)
    new = target.sealed_with(target.key, replace(books, seal=""))
    if not books.seal or new.keyring.mark == books.seal:
        return False
    with target.database.unguarded(connection):
        reseal(connection, books, source.vault(books), new)
    return True


def _compare(connection: Connection, target: View, expected: Copied, *, resealed: bool) -> None:
    books = target.books(connection)
    target.refuse_damage(_wrong(connection, books))
    same = resealed or books.digest == expected.digest
    if not same or _state(connection, books, target) != expected.state:
        target.refuse_damage("the copy does not read like the original")
