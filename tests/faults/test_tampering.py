"""A state database that is not what it was is refused, never guessed: nothing is sent, and not
one byte of it changes.
"""

import os
import shutil
import sqlite3
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fault_bench import APPLY, DESTROY, PLAN, Bench, connector

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks and modes")

BEFORE = connector("a") + connector("b")
AFTER = connector("a", "A", "port = 26") + connector("c")
LINES = (PLAN, APPLY, DESTROY, ("state", "list"))


@pytest.fixture
def state(bench) -> Path:
    """The database after two runs; the configuration wants a third."""
    bench.write(connector("a"))
    bench.run(APPLY)
    shutil.copytree(bench.root / ".reconciler", bench.root.parent / "older")
    bench.write(BEFORE)
    bench.run(APPLY)
    bench.write(AFTER)
    return bench.root / ".reconciler" / "state.db"


def contents(folder: Path) -> dict[str, bytes]:
    """All but the simulated Exchange and what SQLite makes for readers of a log."""
    kept = (p for p in folder.iterdir() if p.name.startswith("state.db") and p.is_file())
    return {p.name: p.read_bytes() for p in kept if not p.name.endswith("-shm")}


def assert_refused(bench: Bench, *words: str, lines=LINES) -> None:
    own = bench.root / ".reconciler"
    before, calls = contents(own), bench.calls()
    for line in lines:
        ended = bench.run(line)
        assert ended.code == 1, (line, ended.out)
        assert "Unexpected" not in ended.err, ended.err
        assert any(word in " ".join(ended.err.split()) for word in words), ended.err
    assert contents(own) == before
    assert bench.calls() == calls


def test_a_missing_database(bench, state):
    state.unlink()
    assert_refused(bench, "is gone")


def test_a_database_that_is_missing_with_its_log_alone(bench, state):
    state.with_name("state.db-wal").write_bytes(b"")
    state.unlink()
    assert_refused(bench, "is gone")


def test_an_empty_database(bench, state):
    state.write_bytes(b"")
    assert_refused(bench, "empty")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_database(bench, state, part):
    size = state.stat().st_size
    os.truncate(state, int(size * part))
    assert_refused(bench, "damaged", "not a database")


def test_a_flipped_byte_is_refused_or_harmless(bench, state):
    """In what is not in use a byte may be anything; what is done then is what was asked for."""
    original = state.read_bytes()
    exchange = (state.parent / "exchange.db").read_bytes()
    refused = 0
    for at in (17, 60, 100, *range(4096, len(original), 1499)):
        flipped = bytearray(original)
        flipped[at] ^= 0x55
        state.write_bytes(flipped)
        ended = bench.run(PLAN)
        assert ended.code in (1, 2), at
        assert "Unexpected" not in ended.err, ended.err
        assert state.read_bytes() == flipped
        refused += ended.code == 1
    assert (state.parent / "exchange.db").read_bytes() == exchange
    assert refused > 5


def test_a_row_that_was_edited(bench, state):
    with sqlite3.connect(state) as database:
        database.execute("UPDATE entry SET body = replace(body, '25', '26')")
    assert_refused(bench, "altered")


def test_a_row_that_was_taken_out(bench, state):
    with sqlite3.connect(state) as database:
        database.execute("DELETE FROM entry WHERE key LIKE '%.a'")
    assert_refused(bench, "missing or stale")


def test_a_row_that_was_doubled_under_another_name(bench, state):
    with sqlite3.connect(state) as database:
        database.execute(
            "INSERT INTO entry SELECT workspace, kind, key || '2', deposed, version, body, digest"
            " FROM entry LIMIT 1"
        )
    assert_refused(bench, "altered")


def test_somebody_elses_database(bench, state):
    state.unlink()
    with sqlite3.connect(state) as database:
        database.execute("CREATE TABLE t (x)")
    state.chmod(0o600)
    assert_refused(bench, "belongs to another program")


def test_no_database_at_all(bench, state):
    state.write_bytes(b"#!/bin/sh\necho hello\n" * 400)
    assert_refused(bench, "other than a state database")


@pytest.mark.parametrize(("version", "words"), [(99, "newer"), (0, "older")])
def test_another_format(bench, state, version, words):
    with sqlite3.connect(state) as database:
        database.execute(f"PRAGMA user_version = {version}")
    assert_refused(bench, words)


def test_an_older_copy(bench, state):
    shutil.copy(bench.root.parent / "older" / "state.db", state)
    assert_refused(bench, "older than it was")


def test_another_projects_database(bench, state, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    elsewhere = Bench(other)
    elsewhere.write(BEFORE)
    elsewhere.run(APPLY)
    shutil.copy(other / ".reconciler" / "state.db", state)
    assert_refused(bench, "lineage")


@pytest.mark.parametrize("text", [b"", b"{", b'{"workspaces": 7}', b"\xff" * 40, b"[" * 100_000])
def test_a_damaged_marker(bench, state, text):
    state.with_name("state.db.marker").write_bytes(text)
    assert_refused(bench, "marker")


def test_a_database_that_others_may_write(bench, state):
    state.chmod(0o666)
    assert_refused(bench, "Others may write")


@pytest.mark.parametrize("kind", ["link", "fifo", "folder"])
def test_what_is_no_ordinary_file(bench, state, kind):
    kept = state.rename(state.with_name("elsewhere"))
    if kind == "link":
        state.symlink_to(kept)
    elif kind == "fifo":
        os.mkfifo(state)
    else:
        state.mkdir()
    assert_refused(bench, "not an ordinary file")


def test_a_folder_that_cannot_be_written(bench, state):
    """Looking still works; nothing is sent whose result could not be kept."""
    assert state.exists()
    calls = bench.calls()
    with TemporaryDirectory() as top:
        elsewhere = Bench(Path(shutil.copytree(bench.root, Path(top) / "project")))
        given_away(Path(top))
        (elsewhere.root / ".reconciler").chmod(0o500)
        for line in (APPLY, DESTROY):
            ended = elsewhere.run(line, hook=as_its_owner)
            assert ended.code == 1
            assert "cannot be written" in " ".join(ended.err.split()), ended.err
        looked = elsewhere.run(("state", "list"), hook=as_its_owner)
        assert looked.code == 0, looked.err
        (elsewhere.root / ".reconciler").chmod(0o700)
        assert elsewhere.calls() == calls


NOBODY = 65534


def given_away(root: Path) -> None:
    """Root may write everywhere: then somebody who may not works on files of their own."""
    if os.geteuid() == 0:
        for path in (root, *root.rglob("*")):
            os.chown(path, NOBODY, NOBODY)


def as_its_owner() -> None:
    # What is loaded late may lie where only root can read.
    for name in ("encodings.ascii", "reconciler.cli.report", "reconciler.cli.commands.state_list"):
        import_module(name)
    if os.geteuid() == 0:
        os.setuid(NOBODY)


def test_what_was_refused_goes_on_once_it_is_put_right(bench, state):
    sound = state.read_bytes()
    state.write_bytes(sound[:5000])
    assert bench.run(APPLY).code == 1
    state.write_bytes(sound)
    assert bench.run(APPLY, PLAN).code == 0
    assert bench.names() == ["A", "C"]
