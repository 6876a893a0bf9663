"""Whatever fails, and whenever: the old state or the new one, never a torn one, and a plain
repetition heals. Every acknowledged commit stays.
"""

import os
import signal
import sqlite3
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import Handle, Instance, Intent, IntentVerb, State
from reconciler.store import files, sqlite
from reconciler.store.base import Holder, Run, RunStatus, Settled
from reconciler.store.lease import Ports
from reconciler.store.process import this_process
from reconciler.store.sql import SqlStore, open_store

ANN = Holder("ann", "host-a", 1, "apply", "2026-01-01T00:00:00Z")
RUN = Run(0, "apply", "ann", "host-a", "", "", "")
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and limits")

# A run that says what it knows to be durable: `i` for an intent, `s` for its outcome.
WORKER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import test_store_faults as faults
if len(sys.argv) > 3:
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), -1))
store = faults.opened(Path(sys.argv[2]))
faults.work(store, 400, lambda sort, n: print(sort, n, flush=True))
"""


def opened(folder: Path, ports: Ports | None = None) -> SqlStore:
    return open_store("sqlite:///.reconciler/state.db", root=folder, ports=ports)


def relay(number: int) -> Instance:
    address = Address("send_connector", "relay", number)
    return Instance(address, Handle(f"g{number}"), {"name": f"R{number}", "text": "x" * 3000})


def work(store: SqlStore, count: int, say=lambda _sort, _number: None) -> None:
    """Creates what is not there yet of so many objects, one by one, after settling leftovers."""
    with store.lease(this_process("apply"), 0) as lease:
        run = store.begin(lease, RUN)
        state = store.read()
        for intent in state.intents:
            store.settle(lease, run, [Settled(intent.id, str(intent.address), None, None)])
        known = {instance.address for instance in state.instances}
        for number in range(count):
            instance = relay(number)
            if instance.address in known:
                continue
            name = f"{run}-{number}"
            verb, values = IntentVerb.CREATE, instance.values
            store.intend(lease, [Intent(name, run, instance.address, verb, None, "", values)])
            say("i", number)
            store.settle(lease, run, [Settled(name, str(instance.address), None, instance)])
            say("s", number)
        store.finish(lease, run, RunStatus.DONE)


def attempt(store: SqlStore, count: int) -> str | None:
    """Why the work failed, None if it did not."""
    try:
        work(store, count)
    except ReconcilerError as failure:
        return failure.diagnostics[0].code
    return None


def worker(folder: Path, *limit: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  # our own interpreter and script
        [sys.executable, "-c", WORKER, str(Path(__file__).parent), str(folder), *limit],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def numbers(state: State) -> list[int]:
    return sorted(int(str(instance.address.key)) for instance in state.instances)


def assert_nothing_lost(folder: Path, said: list[str]) -> None:
    """All that was acknowledged is there, and of the rest at most the step under way."""
    state = opened(folder).read()
    stored = set(numbers(state))
    pending = {int(str(intent.address.key)) for intent in state.intents}
    assert {int(line[2:]) for line in said if line[0] == "s"} <= stored
    assert {int(line[2:]) for line in said if line[0] == "i"} <= stored | pending
    assert len(pending) <= 1
    list(opened(folder).history())


@posix
def test_a_killed_run_loses_nothing_and_the_next_one_starts_at_once(tmp_path):
    for kill in range(12):
        with worker(tmp_path) as child:
            assert child.stdout is not None
            said = [child.stdout.readline() for _ in range(1 + kill * 3)]
            child.send_signal(signal.SIGKILL)
            said += child.stdout.read().split("\n")
        assert child.returncode == -signal.SIGKILL
        assert_nothing_lost(tmp_path, [line for line in said if line.strip()[2:]])
    work(opened(tmp_path), 300)
    state = opened(tmp_path).read()
    assert numbers(state)[:300] == list(range(300))
    assert state.intents == ()


@posix
@pytest.mark.parametrize("limit", [0, 4096, 60_000, 200_000, 3_000_000, 7_600_000])
def test_where_files_cannot_grow_no_outcome_is_lost(tmp_path, limit):
    with worker(tmp_path, str(limit)) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        said = child.stdout.read().split()
        trouble = child.stderr.read()
    assert "ReconcilerError" in trouble
    begun, settled = said.count("i"), said.count("s")
    assert begun == settled
    if (tmp_path / ".reconciler" / "state.db").exists():
        assert len(opened(tmp_path).read().instances) == settled
    work(opened(tmp_path), 50)
    assert numbers(opened(tmp_path).read())[:50] == list(range(50))


class Countdown:
    """Fails the n-th call that reaches SQLite, and all after it, as a broken disk does."""

    def __init__(self, calls: int, code: int) -> None:
        self.calls = calls
        self.code = code

    def tick(self) -> None:
        self.calls -= 1
        if self.calls < 0:
            failure = sqlite3.OperationalError("the disk failed")
            failure.sqlite_errorcode = self.code
            raise failure


def failing(countdown: Countdown) -> type[sqlite3.Connection]:
    class Cursor(sqlite3.Cursor):
        def execute(self, *arguments):
            countdown.tick()
            return super().execute(*arguments)

        def executemany(self, *arguments):
            countdown.tick()
            return super().executemany(*arguments)

    class Connection(sqlite3.Connection):
        def cursor(self):
            return super().cursor(Cursor)

        def commit(self):
            countdown.tick()
            super().commit()

    return Connection


@pytest.mark.parametrize(
    ("error", "code"),
    [(sqlite3.SQLITE_IOERR_FSYNC, "state-io-error"), (sqlite3.SQLITE_FULL, "state-full")],
)
def test_each_call_to_the_database_may_fail(tmp_path, monkeypatch, error, code):
    # Whoever cannot even give the lease back has died by the next run.
    store = opened(tmp_path, Ports(alive=lambda _holder: False))
    before, calls, failed = State(), 0, True
    while failed:
        countdown = Countdown(calls, error)
        plain = partial(sqlite3.connect, factory=failing(countdown))
        monkeypatch.setattr(sqlite.sqlite3, "connect", plain)
        told = attempt(store, 2)
        monkeypatch.undo()
        assert told in {None, code}
        failed = told is not None
        after = store.read()
        assert after.serial >= before.serial
        assert len(after.intents) <= 1
        before, calls = after, calls + 1
        (tmp_path / ".reconciler" / "state.db.default.reserve").unlink(missing_ok=True)
    assert calls > 30
    assert numbers(store.read()) == [0, 1]
    assert store.read().intents == ()


@pytest.mark.parametrize("name", ["fsync", "open", "chmod", "replace", "link"])
def test_each_call_to_the_file_system_may_fail(tmp_path, monkeypatch, name):
    real = getattr(os, name)
    store = opened(tmp_path, Ports(alive=lambda _holder: False))
    for calls in range(8):
        left = iter(range(calls))

        def sometimes(*arguments, left=left, **named):
            if next(left, None) is None:
                raise OSError(5, "Input/output error")
            return real(*arguments, **named)

        monkeypatch.setattr(files.os, name, sometimes)
        told = attempt(store, calls + 1)
        monkeypatch.undo()
        assert told in {None, "state-io-error", "state-full", "cannot-write", "state-unreadable"}
        store.read()
    work(store, 9)
    assert numbers(store.read()) == list(range(9))


def test_a_flipped_byte_anywhere_is_refused_or_harmless(tmp_path):
    store = opened(tmp_path)
    work(store, 6)
    sound, path = store.read(), tmp_path / ".reconciler" / "state.db"
    original = path.read_bytes()
    refused = 0
    for at in [*range(100), *range(100, len(original), 509)]:
        flipped = bytearray(original)
        flipped[at] ^= 0x41
        path.write_bytes(flipped)
        try:
            assert store.read() == sound
        except ReconcilerError:
            refused += 1
        assert path.read_bytes() == flipped
    assert refused > 50


def test_a_cut_database_is_refused(tmp_path):
    store = opened(tmp_path)
    work(store, 6)
    path = tmp_path / ".reconciler" / "state.db"
    original = path.read_bytes()
    for size in range(0, len(original), 1024):
        path.write_bytes(original[:size])
        with pytest.raises(ReconcilerError):
            store.read()
        assert path.stat().st_size == size
