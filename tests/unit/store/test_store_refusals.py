"""Damaged, foreign, lost and outdated state is refused with a cure, and left as it is."""

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import Handle, Instance, Intent, IntentVerb, Output, State
from reconciler.model.values import Sealed
from reconciler.store import ledger, place, rows, sqlite
from reconciler.store.base import Holder, Run, Settled
from reconciler.store.codec import Row
from reconciler.store.keys import InFolder
from reconciler.store.refusals import refused
from reconciler.store.seal import Keyring
from reconciler.store.sql import SqlStore, open_store

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
ANN = Holder("ann", "host-a", 1, "apply", "2026-01-01T00:00:00Z")
RUN = Run(0, "apply", "ann", "host-a", "", "", "")
CODES = {
    "garbage": "state-not-a-database",
    "empty": "state-empty",
    "deleted": "state-missing",
    "cut": "state-damaged",
    "another program's": "state-foreign",
    "newer": "state-newer-format",
    "older": "state-older-format",
    "without our tables": "state-foreign",
    "an edited row": "state-damaged",
    "a removed row": "state-damaged",
    "a doubled row": "state-damaged",
    "an edited ledger": "state-damaged",
    "no ledger": "state-replaced",
    "another lineage": "state-replaced",
    "a broken marker": "state-marker-damaged",
    "a marker ahead": "state-rolled-back",
}


def relay(number: int) -> Instance:
    address = Address("send_connector", "relay", number)
    return Instance(address, Handle(f"guid-{number}"), {"name": f"Relay {number}", "port": 25})


def add(store: SqlStore, *numbers: int) -> None:
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        outcomes = [Settled("", str(relay(n).address), None, relay(n)) for n in numbers]
        store.settle(lease, run, outcomes)


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    store = open_store("sqlite:///state.db", root=tmp_path)
    add(store, *range(20))
    return store


def sql(*statements: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return change


def replaced(old: bytes, new: bytes) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        marker = path.with_name("state.db.marker")
        marker.write_bytes(marker.read_bytes().replace(old, new))

    return change


DAMAGES: dict[str, Callable[[Path], object]] = {
    "garbage": lambda path: path.write_bytes(b"not a database at all" * 400),
    "empty": lambda path: path.write_bytes(b""),
    "deleted": lambda path: path.unlink(),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:-4096]),
    "another program's": sql("PRAGMA application_id = 7"),
    "newer": sql("PRAGMA user_version = 999"),
    "older": sql("PRAGMA user_version = 0"),
    "without our tables": sql("DROP TABLE entry"),
    "an edited row": sql("UPDATE entry SET body = replace(body, 'Relay 3', 'Relay 4')"),
    "a removed row": sql("DELETE FROM entry WHERE key LIKE '%[3]'"),
    "a doubled row": sql(
        "INSERT INTO entry SELECT 'default', kind, key, 'x', version, body, digest FROM entry"
        " WHERE key LIKE '%[3]'"
    ),
    "an edited ledger": sql("UPDATE meta SET serial = 7"),
    "no ledger": sql("DELETE FROM meta"),
    "another lineage": replaced(b'": ["', b'": ["0'),
    "a broken marker": lambda path: path.with_name("state.db.marker").write_bytes(b"{"),
    "a marker ahead": replaced(b", 1]", b", 9]"),
}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def code(refusal) -> str:
    return refusal.value.diagnostics[0].code


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_refused_with_its_reason_and_left_untouched(store, tmp_path, damage):
    DAMAGES[damage](tmp_path / "state.db")
    before = contents(tmp_path)
    for use in (store.read, store.lease(ANN, 0).__enter__):
        with pytest.raises(ReconcilerError) as refusal:
            use()
        assert code(refusal) == CODES[damage]
        assert contents(tmp_path) == before


def test_an_older_copy_is_refused(store, tmp_path):
    copy = tmp_path / "copy"
    shutil.copy(tmp_path / "state.db", copy)
    add(store, 99)
    shutil.copy(copy, tmp_path / "state.db")
    with pytest.raises(ReconcilerError) as refusal:
        store.read()
    assert code(refusal) == "state-rolled-back"


def test_an_older_copy_counts_once_the_marker_is_deleted(store, tmp_path):
    copy = tmp_path / "copy"
    shutil.copy(tmp_path / "state.db", copy)
    add(store, 99)
    shutil.copy(copy, tmp_path / "state.db")
    (tmp_path / "state.db.marker").unlink()
    assert len(store.read().instances) == 20
    add(store, 99)
    assert len(store.read().instances) == 21


@pytest.mark.parametrize("statement", ["DELETE FROM history", "UPDATE history SET run = 1"])
@pytest.mark.usefixtures("store")
def test_history_is_append_only(tmp_path, statement):
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        sql(statement)(tmp_path / "state.db")


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM history WHERE number = 20",
        "DELETE FROM history WHERE number = 3",
        "UPDATE history SET after = replace(after, 'Relay 3', 'Relay 4')",
        "UPDATE run SET user = 'eve'",
        "UPDATE run SET status = 'done'",
        "UPDATE run SET message = 'nothing to see'",
        (
            "INSERT INTO run SELECT workspace, 9, command, user, host, message, plan_digest, started,"
            " finished, status FROM run"
        ),
    ],
)
def test_a_history_that_was_altered_all_the_same_is_refused(store, tmp_path, change):
    sql("DROP TRIGGER history_keeps_UPDATE", "DROP TRIGGER history_keeps_DELETE", change)(
        tmp_path / "state.db"
    )
    with pytest.raises(ReconcilerError) as refusal:
        store.history()
    assert code(refusal) == "state-damaged"


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_database_that_others_may_write_is_refused(store, tmp_path, mode):
    (tmp_path / "state.db").chmod(mode)
    with pytest.raises(ReconcilerError) as refusal:
        store.read()
    assert code(refusal) == "state-writable-by-others"


@posix
@pytest.mark.parametrize("name", ["state.db", "state.db-wal", "state.db-shm", "state.db.marker"])
def test_links_and_pipes_in_the_place_of_our_files_are_refused(store, tmp_path, name):
    target = tmp_path / "elsewhere"
    target.write_bytes(b"precious")
    for make in (lambda path: path.symlink_to(target), os.mkfifo):
        (tmp_path / name).unlink(missing_ok=True)
        make(tmp_path / name)
        with pytest.raises(ReconcilerError) as refusal:
            store.read()
        assert code(refusal) == "state-not-a-file"
    assert target.read_bytes() == b"precious"


@posix
def test_everything_we_make_is_ours_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    store = open_store("sqlite:///.reconciler/deep/state.db", root=tmp_path)
    folder = tmp_path / ".reconciler" / "deep"
    try:
        with store.lease(ANN, 0) as lease:
            store.begin(lease, RUN)
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    finally:
        os.umask(before)
    assert set(modes.values()) == {0o600}
    assert {"state.db", "state.db-wal", "state.db-shm", "state.db.marker"} <= modes.keys()
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent)} == {0o700}


def test_reading_makes_locks_and_writes_nothing(store, tmp_path):
    def picture() -> dict[str, tuple[bytes, int]]:
        return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in tmp_path.iterdir()}

    before = picture()
    store.check()
    assert len(store.read().instances) == len(list(store.history())) == 20
    assert picture() == before


@pytest.mark.usefixtures("store")
def test_a_run_leaves_only_the_database_and_its_marker(tmp_path):
    assert {path.name for path in tmp_path.iterdir()} == {"state.db", "state.db.marker"}


def test_a_forgotten_log_without_its_database_is_refused(tmp_path):
    (tmp_path / "state.db-wal").write_bytes(b"log")
    with pytest.raises(ReconcilerError) as refusal:
        open_store("sqlite:///state.db", root=tmp_path).read()
    assert code(refusal) == "state-missing"


def test_what_cannot_be_written_is_told_before_anything_is_begun(store, monkeypatch):
    monkeypatch.setattr(place.os, "access", lambda _path, _mode: False)
    with pytest.raises(ReconcilerError) as refusal:
        store.check()
    assert code(refusal) == "state-read-only"


def test_a_nearly_full_disk_is_told_before_anything_is_begun(store, monkeypatch):
    monkeypatch.setattr(place.files, "room_beside", lambda _path: 4096)
    with pytest.raises(ReconcilerError) as refusal:
        store.check()
    assert code(refusal) == "state-full"


def test_sensitive_values_never_reach_the_disk_in_the_clear(tmp_path):
    store = open_store("sqlite:///state.db", root=tmp_path)
    hidden = {"name": "Hushhush", "hosts": ("hush-a", "hush-b"), "pw": Sealed("hush-u", "s$h")}
    address = Address("send_connector", "relay")
    instance = Instance(address, Handle("g"), {**hidden, "port": 25}, frozenset(hidden))
    intent = Intent("i", 1, address, IntentVerb.CREATE, None, "Hushhush", hidden)
    intent = replace(intent, sensitive=frozenset(hidden))
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        store.intend(lease, [intent])
        assert store.read().intents == (intent,)
        store.settle(lease, run, [Settled("i", str(address), None, instance)])
        store.set_outputs(lease, run, {"o": Output("hush-o", "string", sensitive=True)})
        written = contents(tmp_path)
    for data in (*written.values(), *contents(tmp_path).values()):
        assert b"hush" not in data.lower()
    state = store.read()
    assert state.instances == (replace(instance, version=1),)
    assert state.outputs["o"].value == "hush-o"


def test_a_sealed_value_put_into_another_row_or_an_older_one_put_back_does_not_open(tmp_path):
    ring, owner = Keyring(InFolder(tmp_path)), "lineage default"
    sealed = ring.seal("x", f'{owner} ["instance","a","",1]pw')
    for elsewhere in ('["instance","b","",1]pw', '["instance","a","",2]pw'):
        with pytest.raises(ReconcilerError):
            ring.unseal(sealed, f"{owner} {elsewhere}")


def test_a_row_that_was_made_up_is_refused_even_with_all_digests_right(store, tmp_path):
    path = tmp_path / "state.db"
    with sqlite.writer(path).begin() as connection:
        books, _ = ledger.load(connection, "default")
        row = Row("instance", "no address", "", 1, '{"plain": 7}')
        rows.replace(connection, books, {}, {rows.name_of(row): row})
        ledger.save(connection, books)
    with pytest.raises(ReconcilerError) as refusal:
        store.read()
    assert code(refusal) == "state-damaged"


def test_what_is_written_during_a_look_is_looked_at_again(store, tmp_path):
    writers = [lambda: add(store, 99)]

    def count(connection) -> int:
        seen = len(rows.of_kind(connection, "default", "instance"))
        if writers:
            writers.pop()()
        return seen

    assert sqlite.snapshot(tmp_path / "state.db", count) == 21


def test_a_log_that_a_killed_run_left_is_read_too(store, tmp_path):
    with store.lease(ANN, 0) as lease:
        store.settle(
            lease, store.begin(lease, RUN), [Settled("", str(relay(99).address), None, relay(99))]
        )
        killed = tmp_path / "killed"
        shutil.copytree(tmp_path, killed)
    assert (killed / "state.db-wal").stat().st_size > 0
    assert len(open_store("sqlite:///state.db", root=killed).read().instances) == 21


@pytest.mark.usefixtures("store")
def test_a_missing_ledger_on_an_unmarked_database_is_a_new_workspace(tmp_path):
    assert open_store("sqlite:///state.db", "lab", root=tmp_path).read() == State()


def test_every_refusal_ends_with_a_cure():
    facts = dict.fromkeys(
        ("path", "reason", "user", "host", "workspace", "what", "process", "since", "fence"),
        "X",
    )
    for name in (*CODES.values(), "state-full", "state-read-only", "lease-lost", "state-locked"):
        (diagnostic,) = refused(name, **facts).diagnostics
        assert diagnostic.detail.endswith((".", "chmod 600 X"))
        assert not diagnostic.summary.endswith(".")
