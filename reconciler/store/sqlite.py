"""All that is SQLite's own: opening, durability, locking, and what its errors mean.

Write-ahead log with `synchronous=FULL`: a commit is one append and one fsync, durable when it
returns, and readers and the writer never wait for each other. (The rollback journal would make
them wait; the log with `NORMAL` would lose the last commits at a power cut.) The log and its
index, `-wal` and `-shm`, live beside the database while it is in use, with the database's mode;
whoever closes it last folds them in. The log needs a local disk.

A database that nobody has open is read as an immutable file: nothing is locked, made or written.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from reconciler.model.diagnostic import ReconcilerError
from reconciler.store import files, migrate
from reconciler.store.refusals import refused
from reconciler.store.tables import FORMAT, metadata

T = TypeVar("T")

APPLICATION = 0x52434E43
"""Stands in the header of every database of ours: "RCNC"."""

_FORMAT_AT = 60  # user_version: https://www.sqlite.org/fileformat2.html#the_database_header
_PATIENCE = 10.0  # seconds to wait for another writer's commit, which takes milliseconds
_ATTEMPTS = 4
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    # macOS: fsync alone leaves the data in the drive's cache.
    "PRAGMA fullfsync = ON",
    "PRAGMA checkpoint_fullfsync = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)
_KEPT = ("UPDATE", "DELETE")
_TRIGGERS = tuple(
    f"CREATE TRIGGER history_keeps_{verb} BEFORE {verb} ON history"
    " BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    for verb in _KEPT
)
_CODES = {
    sqlite3.SQLITE_PERM: "state-unreadable",
    sqlite3.SQLITE_CANTOPEN: "state-unreadable",
    sqlite3.SQLITE_AUTH: "state-unreadable",
    sqlite3.SQLITE_BUSY: "state-busy",
    sqlite3.SQLITE_LOCKED: "state-busy",
    sqlite3.SQLITE_READONLY: "state-read-only",
    sqlite3.SQLITE_IOERR: "state-io-error",
    sqlite3.SQLITE_FULL: "state-full",
    sqlite3.SQLITE_CORRUPT: "state-damaged",
    sqlite3.SQLITE_NOTADB: "state-not-a-database",
}


def beside(path: Path, suffix: str) -> Path:
    """SQLite's own files and ours stand beside the database."""
    return path.with_name(path.name + suffix)


def refusal_of(path: Path, failure: BaseException | None) -> ReconcilerError:
    """What SQLite's `failure` means for the user."""
    code = getattr(failure, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    absent = code == sqlite3.SQLITE_ERROR and str(failure).startswith("no such")
    name = "state-foreign" if absent else _CODES.get(code, "state-damaged")
    return refused(name, path=path, reason=str(failure))


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into refusals. A broken constraint is a bug and stays what it is."""
    try:
        yield
    except DBAPIError as failure:
        if isinstance(failure.orig, sqlite3.IntegrityError):
            raise
        raise refusal_of(path, failure.orig) from failure
    except OSError as failure:
        raise refused("state-io-error", path=path, reason=files.reason(failure)) from failure


def _engine(path: Path, options: str, begin: str, pragmas: tuple[str, ...]) -> Engine:
    address = f"{path.absolute().as_uri()}?{options}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            address, _PATIENCE, isolation_level=None, check_same_thread=False, uri=True
        )
        for pragma in pragmas:
            connection.execute(pragma)
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def writer(path: Path) -> Engine:
    """Transactions on the existing database `path`, each alone from its first statement on."""
    return _engine(path, "mode=rw", "BEGIN IMMEDIATE", _PRAGMAS)


def _reader(path: Path, options: str) -> Engine:
    return _engine(
        path, options, "BEGIN", ("PRAGMA query_only = ON", "PRAGMA trusted_schema = OFF")
    )


def set_patience(connection: Connection, seconds: float) -> None:
    """How long `connection` waits for others from its next transaction on."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def _look(path: Path, options: str, look: Callable[[Connection], T]) -> T:
    with translated(path), _reader(path, options).connect() as connection:
        examine(connection, path)
        return look(connection)


def snapshot(path: Path, look: Callable[[Connection], T]) -> T:
    """What `look` sees in one consistent view of the database."""
    log = beside(path, "-wal")
    for _ in range(_ATTEMPTS):
        if log.exists():
            break
        before = path.stat()
        try:
            seen = _look(path, "mode=ro&immutable=1", partial(_whole, path, look))
        except ReconcilerError:
            if _still(path, log, before):
                raise
        else:
            if _still(path, log, before):
                return seen
    return _look(path, "mode=ro", look)


def _whole(path: Path, look: Callable[[Connection], T], connection: Connection) -> T:
    """What `look` sees. SQLite notices a lost page, but not a lost part of the last one."""
    if path.stat().st_size % connection.exec_driver_sql("PRAGMA page_size").scalar_one():
        raise refused("state-damaged", path=path, reason="its end is missing")
    return look(connection)


def _still(path: Path, log: Path, before: object) -> bool:
    """Whether nobody opened the database for writing meanwhile."""
    now = path.stat()
    return not log.exists() and _version(now) == _version(before)


def _version(status: object) -> tuple[object, ...]:
    return tuple(getattr(status, name) for name in ("st_ino", "st_size", "st_mtime_ns"))


def examine(connection: Connection, path: Path) -> None:
    """Raises ReconcilerError where the database is not ours or not of this format."""
    refuse_foreign(connection, path)
    migrate.examine(connection, str(path))


def refuse_foreign(connection: Connection, path: Path) -> None:
    application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    if application != APPLICATION:
        raise refused("state-foreign", path=path, reason="the application mark is missing")


def guard(connection: Connection) -> None:
    """From here on the history can only grow."""
    for trigger in _TRIGGERS:
        connection.exec_driver_sql(trigger)


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    for verb in _KEPT:
        connection.exec_driver_sql(f"DROP TRIGGER history_keeps_{verb}")
    yield
    guard(connection)


def keep_copy(connection: Connection, path: Path, format_: int) -> None:
    """A copy of the database as it is, beside it; 0600. `connection` keeps others from writing."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    files.atomic_write(beside(path, f".format-{format_}"), driver.serialize())


def format_in(path: Path) -> int:
    """The format that the file's header says; one that was changed just now may stand in the log."""
    with path.open("rb") as file:
        file.seek(_FORMAT_AT)
        return int.from_bytes(file.read(4), "big")


def make(path: Path) -> None:
    """A new database under the name `path`, complete from its first instant; 0600.

    One that was made there meanwhile stays.
    """
    files.private_folder(path.parent)
    aside = files.write_aside(path, b"")
    try:
        engine = writer(aside)
        with engine.begin() as connection:
            metadata.create_all(connection)
            guard(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
            connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")
        files.install(aside, path)
    finally:
        for suffix in ("", "-wal", "-shm"):
            with suppress(OSError):
                beside(aside, suffix).unlink(missing_ok=True)
