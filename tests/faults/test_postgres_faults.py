"""A server that is away, refuses, or goes in mid-run: a clear message, and nothing lost."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import Handle, Instance, Intent, IntentVerb, State
from reconciler.store.base import Holder, Run, Settled
from reconciler.store.lease import Ports, Timing
from reconciler.store.sql import SqlStore, open_store

ANN = Holder("ann", "host-a", 1, "apply", "2026-01-01T00:00:00Z")
BOB = Holder("bob", "host-b", 2, "destroy", "2026-01-01T00:00:01Z")
RUN = Run(0, "apply", "ann", "host-a", "", "", "")
RELAY = Instance(Address("send_connector", "relay"), Handle("guid"), {"name": "Relay"})
INTENT = Intent("i", 1, RELAY.address, IntentVerb.CREATE, None, "Relay", {"name": "Relay"})


@pytest.fixture
def opened(postgres_url: str, tmp_path: Path) -> Callable[..., SqlStore]:
    return lambda **given: open_store(postgres_url, root=tmp_path, **given)


@pytest.fixture
def execute(postgres_url: str) -> Callable[[str], None]:
    def run(statement: str) -> None:
        address = postgres_url.replace("+psycopg", "")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("SET search_path TO reconciler")
            connection.execute(statement)

    return run


CUT_OFF = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def filled(store: SqlStore) -> None:
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        store.settle(lease, run, [Settled("", str(RELAY.address), None, RELAY)])


def refused(action: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(ReconcilerError) as refusal:
        action()
    found = refusal.value.diagnostics[0]
    return found.code, found.detail


def test_a_server_that_is_away_is_named_without_the_password(tmp_path):
    url = "postgresql://ann:hunter2@127.0.0.1:1/mail?sslpassword=hunter2"
    code, detail = refused(open_store(url, root=tmp_path).read)
    assert code == "state-unreachable"
    assert "postgresql://ann@127.0.0.1:1/mail" in detail
    assert "hunter2" not in detail


def test_a_database_that_does_not_exist_is_refused(postgres_url, tmp_path):
    url = str(make_url(postgres_url).set(database="nowhere"))
    assert refused(open_store(url, root=tmp_path).read)[0] == "state-unreachable"


def test_an_address_that_cannot_be_read_is_refused(tmp_path):
    assert refused(lambda: open_store("postgresql://h:port/x", root=tmp_path))[0] == "state-url"


def test_a_user_without_rights_is_told_what_to_ask_for(opened, execute, postgres_url, tmp_path):
    filled(opened())
    execute("DROP ROLE IF EXISTS guest")
    execute("CREATE ROLE guest LOGIN")
    guest = open_store(postgres_url.replace("tester@", "guest@"), root=tmp_path / "guest")
    code, detail = refused(guest.read)
    assert code == "state-not-permitted"
    assert "schema reconciler" in detail


def test_a_schema_that_somebody_made_for_the_user_will_do(execute, postgres_url, tmp_path):
    execute("DROP ROLE IF EXISTS tenant")
    execute("CREATE ROLE tenant LOGIN")
    execute("CREATE SCHEMA reconciler AUTHORIZATION tenant")
    store = open_store(postgres_url.replace("tester@", "tenant@"), root=tmp_path)
    filled(store)
    assert len(store.read().instances) == 1


def test_a_connection_lost_in_mid_run_leaves_the_intent_and_the_next_run_goes_on(opened, execute):
    store = opened(timing=Timing(beat=3600))
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        store.intend(lease, [INTENT])
        execute(CUT_OFF)
        outcome = [Settled("i", str(RELAY.address), None, RELAY)]
        assert refused(lambda: store.settle(lease, run, outcome))[0] == "state-unreachable"
    next_one = opened(ports=Ports(alive=lambda _holder: False))
    with next_one.lease(BOB, 0) as lease:
        assert next_one.read(lease).intents == (INTENT,)
        next_one.settle(lease, next_one.begin(lease, RUN), outcome)
    assert opened().read().instances == (replace(RELAY, version=1),)


def test_a_row_that_was_altered_is_refused(opened, execute):
    filled(opened())
    execute("UPDATE entry SET body = replace(body, 'Relay', 'Relay 2')")
    assert refused(opened().read)[0] == "state-damaged"


def test_history_cannot_be_changed(opened, execute):
    filled(opened())
    for statement in ("UPDATE history SET run = 2", "DELETE FROM history", "TRUNCATE history"):
        with pytest.raises(psycopg.errors.RaiseException):
            execute(statement)


def test_tables_that_are_gone_are_missed(opened, execute):
    filled(opened())
    execute("DROP SCHEMA reconciler CASCADE")
    assert refused(opened().read)[0] == "state-missing"


def test_an_older_copy_of_the_database_is_refused(opened, execute):
    filled(opened())
    execute("CREATE TABLE public.copy AS TABLE meta")
    execute("CREATE TABLE public.entries AS TABLE entry")
    filled(opened())
    execute("DELETE FROM meta; INSERT INTO meta SELECT * FROM public.copy")
    execute("DELETE FROM entry; INSERT INTO entry SELECT * FROM public.entries")
    assert refused(opened().read)[0] == "state-rolled-back"


def test_a_newer_format_is_refused(opened, execute):
    filled(opened())
    execute("UPDATE alembic_version SET version_num = '99'")
    assert refused(opened().read)[0] == "state-newer-format"
    assert refused(opened().lease(ANN, 0).__enter__)[0] == "state-newer-format"


def test_a_server_that_takes_no_writes_is_refused_before_anything_is_done(opened, execute):
    filled(opened())
    execute("ALTER DATABASE " + _name(opened()) + " SET default_transaction_read_only = on")
    assert refused(opened().lease(ANN, 0).__enter__)[0] == "state-read-only"
    assert opened().read() != State()


def _name(store: SqlStore) -> str:
    return store._view.database.place.rpartition("/")[2]  # noqa: SLF001


def test_other_tables_of_the_same_names_are_left_alone(opened, execute):
    execute("CREATE TABLE public.meta (x int)")
    filled(opened())
    execute("INSERT INTO public.meta VALUES (1)")
    assert opened().read().instances == (replace(RELAY, version=1),)
