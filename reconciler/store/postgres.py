"""All that is PostgreSQL's own: connecting, durability, locking, and what its errors mean.

A server's commit is durable when it returns, unless its owner has turned that off; each
connection turns it on. Everything lies in a schema of ours, so that the database may be shared
with others. Leases go by the server's clock: those of the machines may differ.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    create_engine,
    event,
    inspect,
    make_url,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError

from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.record import dataclass
from reconciler.store import files, migrate
from reconciler.store.database import Room
from reconciler.store.refusals import refused
from reconciler.store.tables import metadata

T = TypeVar("T")

SCHEMES = ("postgresql+psycopg", "postgresql", "postgres")
SCHEMA = "reconciler"
_DRIVER = "postgresql+psycopg"
_ON_CONNECT = (
    f"SET search_path TO {SCHEMA}",
    "SET synchronous_commit TO on",
    "SET timezone TO UTC",
)
# Seconds until a server that does not answer counts as gone.
_CONNECTING = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "application_name": "reconciler",
}
_ENTER = text(
    "SELECT pg_advisory_xact_lock(hashtextextended(:name, 0)),"
    " extract(epoch from clock_timestamp())::float8"
)
# By its full name: a schema that may not be used is else passed over as if it were not there.
_MAY_LOOK = text(f"SELECT FROM {SCHEMA}.meta LIMIT 0")
_APPEND_ONLY = (
    """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$""",
    """CREATE TRIGGER history_keeps_rows BEFORE UPDATE OR DELETE OR TRUNCATE ON history
       EXECUTE FUNCTION refuse_change()""",
)
_UNGUARD = text("ALTER TABLE history DISABLE TRIGGER history_keeps_rows")
_GUARD = text("ALTER TABLE history ENABLE TRIGGER history_keeps_rows")
_CODES: Mapping[str, str] = MappingProxyType(
    {
        "08": "state-unreachable",
        "28": "state-login-refused",
        "3D": "state-unreachable",
        "57": "state-unreachable",
        "55P03": "state-busy",
        "40": "state-busy",
        "53100": "state-full",
        "53": "state-unreachable",
        "25006": "state-read-only",
        "42501": "state-not-permitted",
        "42P01": "state-foreign",
        "42703": "state-foreign",
        "58": "state-io-error",
        "XX": "state-damaged",
    }
)
"""By SQLSTATE, or its class: PostgreSQL's documentation, appendix A."""


class NoRoom:
    """The server's disk is not ours to keep room on; an intent tells what an outcome was lost."""

    def hold_for(self, calls: Mapping[str, int]) -> None:
        del calls

    def forget(self, calls: object) -> None:
        del calls

    def give_up(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Postgres:
    """The schema `reconciler` of the database at `url`. `folder` is where the marker lies."""

    url: URL
    folder: Path

    @property
    def place(self) -> str:
        """Without password and parameters, which may hold one."""
        user = f"{self.url.username}@" if self.url.username else ""
        port = f":{self.url.port}" if self.url.port else ""
        return f"postgresql://{user}{self.url.host or ''}{port}/{self.url.database or ''}"

    @property
    def marker(self) -> Path:
        name = blake2b(self.place.encode(), digest_size=4).hexdigest()
        return self.folder / f"state.{name}.marker"

    def exists(self) -> bool:
        with self.translated(), self._engine().connect() as connection:
            return _present(connection)

    def witnesses(self) -> tuple[Path, ...]:
        return ()

    def refuse_unwritable(self) -> None:
        """What cannot be written shows when the lease is taken, before any call."""

    def prepare(self) -> None:
        files.private_folder(self.folder)
        with self.translated(), self._engine().begin() as connection:
            self.enter(connection, "")
            if _present(connection):
                migrate.upgrade(connection, self.place)
            else:
                self._make(connection)

    def _make(self, connection: Connection) -> None:
        if not inspect(connection).has_schema(SCHEMA):
            connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        metadata.create_all(connection)
        for statement in _APPEND_ONLY:
            connection.exec_driver_sql(statement)
        migrate.stamp(connection)

    def snapshot(self, look: Callable[[Connection], T]) -> T:
        with self.translated(), self._engine().connect() as connection:
            whole = connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            whole.execute(_MAY_LOOK)
            migrate.examine(whole, self.place)
            return look(whole)

    def writer(self) -> Engine:
        return self._engine()

    def enter(self, connection: Connection, workspace: str) -> float:
        said = connection.execute(_ENTER, {"name": f"reconciler {workspace}"}).one()
        return float(said[1])

    def set_patience(self, connection: Connection, seconds: float) -> None:
        with connection.begin():
            connection.execute(text(f"SET lock_timeout TO {int(seconds * 1000)}"))

    @contextmanager
    def unguarded(self, connection: Connection) -> Iterator[None]:
        connection.execute(_UNGUARD)
        yield
        connection.execute(_GUARD)

    @contextmanager
    def translated(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise  # a bug, and stays what it is
        except DBAPIError as failure:
            raise self._refusal(failure) from failure

    def _refusal(self, failure: DBAPIError) -> ReconcilerError:
        state = getattr(failure.orig, "sqlstate", None) or "08"
        code = _CODES.get(state) or _CODES.get(state[:2], "state-io-error")
        said = str(failure.orig).strip().splitlines() or [type(failure.orig).__name__]
        return refused(code, path=self.place, marker=self.marker, reason=said[0])

    def room(self, workspace: str) -> Room:
        del workspace
        return NoRoom()

    def _engine(self) -> Engine:
        return _opened(self.url)


def at(url: str, folder: Path) -> Postgres:
    """Raises ReconcilerError `state-url` where `url` cannot be read."""
    try:
        return Postgres(make_url(url).set(drivername=_DRIVER), folder)
    except (ArgumentError, ValueError) as failure:
        raise refused("state-url", reason="The address cannot be read.") from failure


def _opened(url: URL) -> Engine:
    try:
        engine = create_engine(url, poolclass=NullPool, connect_args=_CONNECTING)
    except (ImportError, NoSuchModuleError) as failure:
        raise refused("state-driver") from failure
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    for statement in _ON_CONNECT:
        cursor.execute(statement)
    cursor.close()
    connection.commit()


def _present(connection: Connection) -> bool:
    return inspect(connection).has_table("meta", schema=SCHEMA)
