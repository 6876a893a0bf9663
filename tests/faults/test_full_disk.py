"""The disk of the state database fills up or breaks: no call goes out whose result could not be
kept, the old state stays, and the plain command again heals.
"""

import os
import signal
import sqlite3
import sys
from dataclasses import dataclass
from functools import partial
from threading import Lock

import pytest
from fault_bench import APPLY, DESTROY, PLAN, Bench, connector

from reconciler.store import files, sqlite

if sys.platform == "win32":
    pytest.skip("POSIX limits and forks", allow_module_level=True)
else:
    import resource

LABELS = ("a", "b", "c")
BEFORE = "".join(connector(label) for label in LABELS)
AFTER = connector("a", "A", "port = 26") + connector("c", "C2") + connector("d")
CHAIN = (
    connector("a")
    + connector("b", "B", 'comment = "after ${send_connector.a.guid}"')
    + connector("c", "C", 'comment = "after ${send_connector.b.guid}"')
)
NAMES = ["A", "C2", "D"]


@dataclass(frozen=True)
class Broken:
    """A hook: calls of the state database fail, `calls` of them from number `first` on."""

    first: int
    calls: int
    code: int

    def __call__(self) -> None:
        count, lock = [0], Lock()

        def tick() -> None:
            with lock:
                count[0] += 1
                at = count[0]
            if self.first <= at < self.first + self.calls:
                failure = sqlite3.OperationalError("the disk failed")
                failure.sqlite_errorcode = self.code
                raise failure

        class Cursor(sqlite3.Cursor):
            def execute(self, *arguments):
                tick()
                return super().execute(*arguments)

            def executemany(self, *arguments):
                tick()
                return super().executemany(*arguments)

        class Connection(sqlite3.Connection):
            def cursor(self):
                return super().cursor(Cursor)

            def commit(self):
                tick()
                super().commit()

        sqlite.sqlite3.connect = partial(sqlite3.connect, factory=Connection)


@dataclass(frozen=True)
class BrokenFiles:
    """A hook: one function of the operating system fails from its n-th call on."""

    name: str
    first: int

    def __call__(self) -> None:
        real, count = getattr(os, self.name), [0]

        def sometimes(*arguments, **named):
            count[0] += 1
            if count[0] >= self.first:
                raise OSError(28, "No space left on device")
            return real(*arguments, **named)

        setattr(files.os, self.name, sometimes)


@dataclass(frozen=True)
class Limit:
    """A hook: no file grows beyond so many bytes."""

    size: int

    def __call__(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (self.size, self.size))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)


def begun(bench: Bench) -> None:
    bench.write(BEFORE)
    assert bench.run(APPLY).code == 0
    bench.write(AFTER)


def assert_healed(bench: Bench) -> None:
    assert bench.lost() == []
    healed = bench.run(APPLY, PLAN)
    assert healed.code == 0, healed.out + healed.err
    assert bench.names() == NAMES
    assert bench.state().intents == ()


@pytest.mark.parametrize(
    ("code", "calls"),
    [
        (sqlite3.SQLITE_FULL, 10_000),
        (sqlite3.SQLITE_IOERR_FSYNC, 10_000),
        (sqlite3.SQLITE_FULL, 1),
    ],
    ids=["full", "broken", "once"],
)
def test_whichever_call_of_the_database_fails_nothing_is_lost(bench, code, calls):
    begun(bench)
    codes = []
    for first in range(1, 400, 23):
        before = bench.state()
        ended = bench.run((*APPLY, "-parallelism=1"), hook=Broken(first, calls, code))
        codes.append(ended.code)
        assert "Unexpected" not in ended.err, ended.err
        assert bench.state().serial >= before.serial
        assert bench.lost() == []
        if ended.code == 0:
            break
    assert 1 in codes
    assert_healed(bench)


@pytest.mark.parametrize("name", ["fsync", "open", "posix_fallocate", "replace"])
def test_whichever_file_cannot_be_written_nothing_is_lost(bench, name):
    if not hasattr(os, name):
        pytest.skip("not on this platform")
    begun(bench)
    for first in (1, 2, 4):
        ended = bench.run(APPLY, hook=BrokenFiles(name, first))
        assert ended.code in (0, 1), ended.err
        assert "Unexpected" not in ended.err
        assert bench.lost() == []
    assert_healed(bench)


@pytest.mark.parametrize("size", [40_000, 1_000_000])
def test_no_call_goes_out_whose_result_could_not_be_kept(bench, size):
    begun(bench)
    calls, before = bench.calls(), bench.state()
    for line in (APPLY, DESTROY):
        ended = bench.run(line, hook=Limit(size))
        assert ended.code == 1
        assert "No room" in ended.err
    assert bench.calls() == calls
    assert bench.state() == before
    assert_healed(bench)


def test_a_first_run_without_room_sends_nothing(bench):
    bench.write(BEFORE)
    ended = bench.run(APPLY, hook=Limit(8192))
    assert ended.code == 1
    assert "Unexpected" not in ended.err
    assert bench.world() == []
    bench.write(AFTER)
    assert_healed(bench)


def test_the_counts_are_told_where_the_disk_fails_in_the_middle(bench):
    for first in range(80, 400, 6):
        run = Bench(bench.root / str(first))
        run.root.mkdir()
        run.write(CHAIN)
        ended = run.run(APPLY, hook=Broken(first, 10_000, sqlite3.SQLITE_IOERR_FSYNC))
        if "Creation complete" in ended.out and "Apply complete" not in ended.out:
            break
    assert ended.code == 1
    assert "not started" in ended.out
    assert "cannot be read or written" in ended.err
    run.write(AFTER)
    assert_healed(run)
