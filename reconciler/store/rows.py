"""Reading, checking and writing the rows of `entry`. Knows rows, not what they mean."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import Connection, Executable, bindparam, delete, insert, select, update

from reconciler.store.codec import Row, row_digest
from reconciler.store.ledger import Ledger, plus
from reconciler.store.tables import entry

Fields: TypeAlias = dict[str, object]
Name: TypeAlias = tuple[str, str, str]
"""Kind, key and deposed of one row."""

_CHUNK = 500  # keys in one query; older SQLite takes 999 parameters at most
_COLUMNS = (
    entry.c.kind,
    entry.c.key,
    entry.c.deposed,
    entry.c.version,
    entry.c.body,
    entry.c.digest,
)
_MINE = entry.c.workspace == bindparam("at_workspace")
_KIND = entry.c.kind == bindparam("at_kind")
_AT = (
    _MINE,
    _KIND,
    entry.c.key == bindparam("at_key"),
    entry.c.deposed == bindparam("at_deposed"),
)
# Statements are built once: building one takes longer than running it.
_ALL = select(*_COLUMNS).where(_MINE).order_by(*_COLUMNS[:3])
_OF_KIND = select(*_COLUMNS[:5]).where(_MINE, _KIND)
_FIND = _OF_KIND.where(entry.c.key.in_(bindparam("at_keys", expanding=True)))
_INSERT = insert(entry)
_DELETE = delete(entry).where(*_AT)
_UPDATE = (
    update(entry)
    .where(*_AT)
    .values({name: bindparam(name) for name in ("version", "body", "digest")})
)


def name_of(row: Row) -> Name:
    return row.kind, row.key, row.deposed


def queries(names: Collection[Name]) -> Iterator[tuple[str, Sequence[str]]]:
    """`names` as kinds with so many keys as one query takes."""
    for kind in sorted({name[0] for name in names}):
        keys = sorted({name[1] for name in names if name[0] == kind})
        yield from ((kind, keys[at : at + _CHUNK]) for at in range(0, len(keys), _CHUNK))


def load(connection: Connection, workspace: str, total: str) -> tuple[list[Row], str]:
    """All rows by kind, key and deposed, and what is wrong with them ("" for nothing).

    They are fetched by way of the index, so that a damaged index shows as well.
    """
    stored = connection.execute(_ALL, {"at_workspace": workspace}).all()
    rows = [Row._make(each[:5]) for each in stored]
    digests = [each[5] for each in stored]
    for row, digest in zip(rows, digests, strict=True):
        if row_digest(row) != digest:
            return rows, f"the row of {row.kind} {row.key} was altered"
    sound = plus("", digests, []) == plus(total, [], [])
    return rows, "" if sound else "rows are missing or stale"


def find(connection: Connection, workspace: str, names: Collection[Name]) -> dict[Name, Row]:
    """Those of the rows `names` that exist."""
    found: list[Row] = []
    for kind, keys in queries(names):
        at = {"at_workspace": workspace, "at_kind": kind, "at_keys": keys}
        found += map(Row._make, connection.execute(_FIND, at))
    return {name_of(row): row for row in found if name_of(row) in names}


def of_kind(connection: Connection, workspace: str, kind: str) -> list[Row]:
    at = {"at_workspace": workspace, "at_kind": kind}
    return list(map(Row._make, connection.execute(_OF_KIND, at)))


def replace(
    connection: Connection, ledger: Ledger, before: Mapping[Name, Row], after: Mapping[Name, Row]
) -> None:
    """Makes the rows `before` into the rows `after`, and the ledger's total with them."""
    old = {name: row for name, row in before.items() if after.get(name) != row}
    new = {name: row for name, row in after.items() if before.get(name) != row}
    digests = {name: row_digest(row) for name, row in new.items()}
    ledger.total = plus(ledger.total, list(digests.values()), list(map(row_digest, old.values())))
    columns = {name: _columns(ledger, row, digests[name]) for name, row in new.items()}
    _execute(connection, _DELETE, [_key(ledger, name) for name in old if name not in new])
    _execute(
        connection, _UPDATE, [columns[name] | _key(ledger, name) for name in new if name in old]
    )
    _execute(connection, _INSERT, [columns[name] for name in new if name not in old])


def _execute(connection: Connection, statement: Executable, rows: Sequence[Fields]) -> None:
    if rows:
        connection.execute(statement, rows)


def _key(ledger: Ledger, name: Name) -> Fields:
    kind, key, deposed = name
    return {
        "at_workspace": ledger.workspace,
        "at_kind": kind,
        "at_key": key,
        "at_deposed": deposed,
    }


def _columns(ledger: Ledger, row: Row, digest: str) -> Fields:
    return {"workspace": ledger.workspace, **row._asdict(), "digest": digest}
