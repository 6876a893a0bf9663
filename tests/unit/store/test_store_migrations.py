"""A database of an older format becomes one of ours, whole and by itself, or stays as it is."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, text

from reconciler.model.diagnostic import ReconcilerError
from reconciler.store import migrate, postgres, sqlite
from reconciler.store.base import Holder, Run, RunStatus, Store
from reconciler.store.postgres import SCHEMA, Postgres
from reconciler.store.sql import open_store
from reconciler.store.sqlite_file import SqliteFile
from reconciler.store.tables import FORMAT, metadata

OLD = Path(__file__).parents[2] / "cases" / "state_format_1.sql"
ANN = Holder("ann", "host-a", 1, "apply", "2026-01-01T00:00:00Z")
RUN = Run(0, "apply", "ann", "host-a", "", "", "")


def statements() -> Iterator[str]:
    yield from (line for line in OLD.read_text().splitlines() if line.startswith("INSERT"))


def made_old(connection: Connection) -> None:
    command.upgrade(migrate._config(connection), "1")  # noqa: SLF001
    for statement in statements():
        connection.exec_driver_sql(statement.replace("%", "%%"))


def old_file(path: Path) -> None:
    with sqlite.writer(_touched(path)).begin() as connection:
        made_old(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {sqlite.APPLICATION}")
        connection.exec_driver_sql("PRAGMA user_version = 1")


def _touched(path: Path) -> Path:
    path.touch(0o600)
    return path


def old_server(database: Postgres) -> None:
    with database.writer().begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {SCHEMA}"))
        made_old(connection)


@pytest.fixture(params=["sqlite", "postgres"])
def old(request, tmp_path: Path) -> tuple[Callable[[], Store], Engine]:
    if request.param == "sqlite":
        url = "sqlite:///s.db"
        old_file(tmp_path / "s.db")
        engine = SqliteFile(tmp_path / "s.db").writer()
    else:
        url = request.getfixturevalue("postgres_url")
        old_server(postgres.at(url, tmp_path))
        engine = postgres.at(url, tmp_path).writer()
    return (lambda: open_store(url, root=tmp_path)), engine


def test_looking_at_it_is_enough(old):
    opened, _ = old
    state = opened().read()
    assert [str(i.address) for i in state.instances] == ["send_connector.relay[2]"]
    assert [intent.id for intent in state.intents] == ["i-1"]
    assert list(state.outputs) == ["port"]


def test_its_history_and_runs_prove_sound(old):
    opened, _ = old
    assert [past.address[-2] for past in opened().history()] == ["1", "2", "1"]
    assert [run.status for run in opened().runs()] == [RunStatus.DONE, RunStatus.RUNNING]


def test_work_goes_on_with_the_next_fence(old):
    opened, _ = old
    store = opened()
    with store.lease(ANN, 0) as lease:
        assert lease.fence == 3
        assert store.begin(lease, RUN) == 3
    assert next(store.runs()).message == "first"
    assert [run.status for run in store.runs()][1] is RunStatus.INTERRUPTED


def test_it_has_the_tables_of_one_that_is_made_today(old):
    opened, engine = old
    opened().read()
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert migrate.found(connection) == FORMAT


def test_a_copy_of_the_file_is_kept_as_it_was(tmp_path):
    old_file(tmp_path / "s.db")
    open_store("sqlite:///s.db", root=tmp_path).read()
    copy = tmp_path / "s.db.format-1"
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM history").fetchone() == (4,)


def test_it_stays_as_it_is_while_a_run_of_the_older_version_works(old):
    opened, engine = old
    with engine.begin() as connection:
        connection.execute(text("UPDATE lease SET host = 'other', expires = 9000000000000"))
    with pytest.raises(ReconcilerError) as refusal:
        opened().read()
    assert refusal.value.diagnostics[0].code == "state-in-use"
    with engine.connect() as connection:
        assert migrate.found(connection) == 1


def test_a_migration_that_fails_leaves_everything_as_it_was(old):
    opened, engine = old
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE meta ADD COLUMN fence BIGINT"))
    with pytest.raises(ReconcilerError):
        opened().read()
    with engine.connect() as connection:
        assert migrate.found(connection) == 1
        connection.execute(text("SELECT fence FROM lease"))
        assert connection.execute(text("SELECT count(*) FROM history")).scalar_one() == 4
