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

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import PoolProxiedConnection

from reconciler.backends.base import ALREADY_EXISTS, BackendError, Outcome
from reconciler.backends.simulated import tables
from reconciler.backends.simulated.rows import Rows, Statements, prepare

_BUSY_MS = 60_000


def located(url: str, root: Path) -> str:
    """`url` with the path of an SQLite file taken from `root`. Raises ValueError."""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ValueError("no database URL") from error
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return url
    path = str(root / str(parsed.database))
    return parsed.set(database=path).render_as_string(hide_password=False)


def _create_private(path: Path) -> None:
    """An empty file that only its owner may read, unless it is there already."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))


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


def _create_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        tables.METADATA.create_all(connection)
        connection.commit()


def _outcome(cause: Exception, *, remote: bool) -> Outcome:
    """A file is rolled back; what a server did whose link broke, nobody knows."""
    if "locked" in str(cause) or "busy" in str(cause):
        return Outcome.TRANSIENT
    return Outcome.UNKNOWN if remote else Outcome.PERMANENT


def _failed(cause: Exception, *, remote: bool) -> BackendError:
    """What a database error means for the call."""
    if type(cause).__name__ == "IntegrityError":
        return BackendError(
            Outcome.PERMANENT, "An object of this name exists already.", ALREADY_EXISTS
        )
    return BackendError(
        _outcome(cause, remote=remote),
        f"The database of the simulated Exchange failed: {cause}.",
        "exchange-database",
    )


class Database:
    """Opened at the first transaction; one connection, used by one thread at a time."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = Lock()
        self._open: tuple[PoolProxiedConnection, Engine, Statements] | None = None

    def _opened(self) -> tuple[PoolProxiedConnection, Engine, Statements]:
        if self._open is None:
            engine = _engine(self._url)
            _create_tables(engine)
            self._open = (engine.raw_connection(), engine, prepare(engine))
        return self._open

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator[Rows]:
        """Committed at the end, rolled back on any exception. Raises BackendError."""
        with self._lock:
            try:
                connection, engine, statements = self._opened()
            except (OSError, ImportError, SQLAlchemyError) as error:
                raise _failed(error, remote=False) from error
            with _transaction(connection, engine, writes=writes) as cursor:
                yield Rows(cursor, statements)

    def close(self) -> None:
        with self._lock:
            if self._open is not None:
                self._open[0].close()
                self._open[1].dispose()
                self._open = None


@contextmanager
def _transaction(
    connection: PoolProxiedConnection, engine: Engine, *, writes: bool
) -> Iterator[DBAPICursor]:
    failures = engine.dialect.loaded_dbapi.Error
    cursor = connection.cursor()
    try:
        if engine.dialect.name == "sqlite":
            cursor.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
        yield cursor
        connection.commit()
    except BaseException as error:
        with suppress(failures):
            connection.rollback()
        if isinstance(error, failures):
            raise _failed(error, remote=engine.dialect.name != "sqlite") from error
        raise
    finally:
        cursor.close()
