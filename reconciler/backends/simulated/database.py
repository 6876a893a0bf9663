"""Where the simulated Exchange keeps its objects and its audit log: any SQLAlchemy URL.

One row per object, properties as JSON. Each cmdlet is one transaction: they come one after the
other within the process and, on SQLite, under the write lock across processes. Losing power may cost the last moments of this simulated world; killing the process
costs nothing. Knows no cmdlet.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Protocol

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

from reconciler.backends.base import ALREADY_EXISTS, BackendError, Outcome
from reconciler.backends.simulated import tables
from reconciler.backends.simulated.rows import Rows

_BUSY_MS = 60_000


_NOWHERE = (None, "", ":memory:")


class Settling(Protocol):
    """What the tables must hold before anybody uses them."""

    def __call__(self, rows: Rows) -> None:
        """Called once in the life of the database, when its tables have just been made."""

    def is_behind(self, rows: Rows) -> bool:
        """Whether something is missing that was not to be there when they were made."""

    def catch_up(self, rows: Rows) -> None:
        """Brings in whatever is missing by now."""


def place(url: str) -> str:
    """The database that `url` means, one spelling for one SQLite file; "" where it is in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return url
    if parsed.database in _NOWHERE:
        return ""
    return os.path.normcase(os.path.realpath(str(parsed.database)))


def located(url: str, root: Path) -> str:
    """`url` with the path of an SQLite file taken from `root`. Raises ValueError."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ValueError("no database URL") from error
    if parsed.get_backend_name() != "sqlite" or parsed.database in _NOWHERE:
        return url
    path = str(root / str(parsed.database))
    return parsed.set(database=path).render_as_string(hide_password=False)


def _create_private(path: Path) -> None:
    """An empty file that only its owner may use, whatever the umask, unless it is there already;
    what is missing above it likewise.
    """
    missing = [folder for folder in path.parents if not folder.exists()]
    for folder in reversed(missing):
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            folder.chmod(0o700)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        path.chmod(0o600)


def _settle_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions on its own: it would take the read lock first.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    connection.execute("PRAGMA synchronous=NORMAL")
    # Another process may be making the file this very moment; then it sets the mode.
    with suppress(sqlite3.OperationalError):
        connection.execute("PRAGMA journal_mode=WAL")


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed)
    if parsed.database and parsed.database != ":memory:":
        _create_private(Path(parsed.database))
    engine = create_engine(parsed, connect_args={"check_same_thread": False})
    event.listen(engine, "connect", _settle_sqlite)
    return engine


def _create_tables(engine: Engine, settle: Settling | None) -> None:
    """With what `settle` puts into them, unless they are there."""
    with engine.connect() as connection:
        if engine.dialect.has_table(connection, tables.WITNESS):
            return
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            if engine.dialect.has_table(connection, tables.WITNESS):  # another process was quicker
                return
        tables.METADATA.create_all(connection)
        if settle is not None:
            settle(Rows(connection.connection.cursor(), engine.dialect))
        connection.commit()


def _failed(cause: Exception, otherwise: Outcome) -> BackendError:
    """What a database error means for the call; a lock that others hold passes."""
    said = str(getattr(cause, "orig", cause))
    busy = "locked" in said or "busy" in said
    return BackendError(
        Outcome.TRANSIENT if busy else otherwise,
        f"The database of the simulated Exchange failed: {said}.",
        "exchange-database",
    )


class Database:
    """Opened at the first transaction; one connection, used by one thread at a time. `settle`
    None leaves the tables as they are.
    """

    def __init__(self, url: str, settle: Settling | None = None) -> None:
        self._url = url
        self._settle = settle
        self._lock = Lock()
        self._open: tuple[PoolProxiedConnection, Engine] | None = None

    def _opened(self) -> tuple[PoolProxiedConnection, Engine]:
        if self._open is None:
            engine = _engine(self._url)
            _create_tables(engine, self._settle)
            opened = (engine.raw_connection(), engine)
            if self._settle is not None:
                _catch_up(*opened, self._settle)
            self._open = opened
        return self._open

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator[Rows]:
        """Committed at the end, rolled back on any exception. Raises BackendError."""
        with self._lock:
            try:
                connection, engine = self._opened()
            except (OSError, ImportError, SQLAlchemyError) as error:
                raise _failed(error, Outcome.PERMANENT) from error
            with _transaction(connection, engine, writes=writes) as cursor:
                yield Rows(cursor, engine.dialect)

    def close(self) -> None:
        with self._lock:
            if self._open is not None:
                self._open[0].close()
                self._open[1].dispose()
                self._open = None


def _catch_up(connection: PoolProxiedConnection, engine: Engine, settle: Settling) -> None:
    """Writes only where something is missing: whoever looks should not wait for who changes."""
    with _transaction(connection, engine, writes=False) as cursor:
        behind = settle.is_behind(Rows(cursor, engine.dialect))
    if behind:
        with _transaction(connection, engine, writes=True) as cursor:
            settle.catch_up(Rows(cursor, engine.dialect))


@contextmanager
def _transaction(
    connection: PoolProxiedConnection, engine: Engine, *, writes: bool
) -> Iterator[DBAPICursor]:
    driver, is_file = engine.dialect.loaded_dbapi, engine.dialect.name == "sqlite"
    cursor = connection.cursor()
    try:
        if is_file:
            cursor.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
        yield cursor
        connection.commit()
    except BaseException as error:
        with suppress(driver.Error):
            connection.rollback()
        if isinstance(error, driver.IntegrityError):
            message = "An object of this name exists already."
            raise BackendError(Outcome.PERMANENT, message, ALREADY_EXISTS) from error
        if isinstance(error, driver.Error):
            # What a server did whose link broke, nobody knows; a file is rolled back.
            otherwise = Outcome.PERMANENT if is_file else Outcome.UNKNOWN
            raise _failed(error, otherwise) from error
        raise
    finally:
        cursor.close()
