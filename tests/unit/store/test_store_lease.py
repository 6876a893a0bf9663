import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from reconciler.model.diagnostic import ReconcilerError
from reconciler.store import process
from reconciler.store.base import Holder, Run, RunStatus
from reconciler.store.lease import Ports, Timing, heartbeat
from reconciler.store.sql import SqlStore, open_store

ANN = Holder("ann", "host-a", 1, "apply", "2026-01-01T00:00:00Z")
BOB = Holder("bob", "host-b", 2, "destroy", "2026-01-01T00:00:01Z")
RUN = Run(0, "apply", "ann", "host-a", "", "", "")
NEVER = 10**6


@dataclass
class World:
    """A clock that moves only when someone sleeps, and processes that die on demand."""

    now: float = 1000.0
    living: Callable[[Holder], bool | None] = lambda _holder: None

    def alive(self, holder: Holder) -> bool | None:
        return self.living(holder)

    def sleep(self, seconds: float) -> None:
        self.now += seconds

    @property
    def ports(self) -> Ports:
        return Ports(lambda: self.now, self.sleep, self.alive)


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def another(tmp_path: Path, world: World) -> Callable[[], SqlStore]:
    timing = Timing(beat=NEVER, expiry=30)
    return lambda: open_store("sqlite:///s.db", root=tmp_path, ports=world.ports, timing=timing)


def code(refusal) -> str:
    return refusal.value.diagnostics[0].code


def test_a_holder_that_is_known_to_be_dead_loses_the_lease_at_once(another, world):
    with another().lease(ANN, 0):
        world.living = lambda holder: holder != ANN
        with another().lease(BOB, 0) as lease:
            assert lease.fence == 2


def test_a_living_holder_keeps_the_lease(another, world):
    world.living = lambda _holder: True
    with (
        another().lease(ANN, 0),
        pytest.raises(ReconcilerError) as refusal,
        another().lease(BOB, 9),
    ):
        pass
    assert code(refusal) == "state-locked"
    assert world.now == 1009


def test_a_silent_holder_loses_the_lease_when_its_time_is_over(another, world):
    with another().lease(ANN, 0), another().lease(BOB, 31) as lease:
        assert (lease.fence, world.now) == (2, 1030)


def test_whoever_lost_the_lease_writes_nothing_more(another, world):
    old = another()
    with old.lease(ANN, 0) as lost:
        number = old.begin(lost, RUN)
        world.now += 31
        with another().lease(BOB, 0), pytest.raises(ReconcilerError) as refusal:
            old.finish(lost, number, RunStatus.DONE)
    assert code(refusal) == "lease-lost"
    assert [run.status for run in another().runs()] == [RunStatus.RUNNING]


def test_the_old_holder_does_not_give_back_the_new_holders_lease(another, world):
    first, second = another().lease(ANN, 0), another().lease(BOB, 0)
    first.__enter__()
    world.now += 31
    second.__enter__()
    first.__exit__(None, None, None)
    with pytest.raises(ReconcilerError) as refusal, another().lease(ANN, 0):
        pass
    assert code(refusal) == "state-locked"
    second.__exit__(None, None, None)


def test_an_expired_lease_is_lost_even_if_nobody_took_it(another, world):
    store = another()
    with store.lease(ANN, 0) as lease:
        world.now += 31
        with pytest.raises(ReconcilerError) as refusal:
            store.begin(lease, RUN)
    assert code(refusal) == "lease-lost"


@pytest.fixture
def foreign_writer(tmp_path):
    """Another program's open transaction on the database."""
    with open_store("sqlite:///s.db", root=tmp_path).lease(ANN, 0):
        pass
    with closing(sqlite3.connect(tmp_path / "s.db", isolation_level=None)) as connection:
        yield lambda: connection.execute("BEGIN IMMEDIATE")


def test_a_database_that_someone_keeps_locked_is_told_within_a_second(another, foreign_writer):
    foreign_writer()
    with pytest.raises(ReconcilerError) as refusal, another().lease(BOB, 0):
        pass
    assert code(refusal) == "state-busy"


def test_the_holder_is_named_even_while_it_commits(another, foreign_writer):
    holding = another().lease(ANN, 0)
    holding.__enter__()
    transaction = foreign_writer()
    with pytest.raises(ReconcilerError) as refusal, another().lease(BOB, 0):
        pass
    assert code(refusal) == "state-locked"
    assert "ann" in refusal.value.diagnostics[0].detail
    transaction.execute("ROLLBACK")
    holding.__exit__(None, None, None)


def test_the_heartbeat_prolongs_the_lease(tmp_path, world):
    beaten = threading.Event()

    def clock() -> float:
        if threading.current_thread() is not threading.main_thread():
            beaten.set()
        return world.now

    ports = replace(world.ports, clock=clock)
    store = open_store("sqlite:///s.db", root=tmp_path, ports=ports, timing=Timing(beat=0.001))
    with store.lease(ANN, 0) as lease:
        for _ in range(4):
            world.now += 20
            beaten.clear()
            assert beaten.wait(5)
            beaten.clear()
            assert beaten.wait(5)
        assert store.begin(lease, RUN) == 1


def test_a_beat_that_fails_is_tried_again():
    beats = iter((ReconcilerError(), True, False))
    over = threading.Event()

    def beat() -> bool:
        answer = next(beats)
        if isinstance(answer, ReconcilerError):
            raise answer
        if not answer:
            over.set()
        return answer

    with heartbeat(beat, 0.001):
        assert over.wait(5)


def test_a_failing_run_gives_the_lease_back(another):
    with pytest.raises(ZeroDivisionError), another().lease(ANN, 0):
        raise ZeroDivisionError
    with another().lease(BOB, 0) as lease:
        assert lease.fence == 2


def test_this_process_lives_and_knows_who_it_is():
    holder = process.this_process("plan")
    assert (holder.process, holder.what) == (os.getpid(), "plan")
    assert holder.user
    assert holder.host
    assert process.alive(holder) is True


def test_a_process_that_ended_is_dead():
    ended = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    holder = replace(process.this_process("apply"), process=int(ended.stdout))
    assert process.alive(holder) is False
    assert process.alive(replace(holder, boot="")) is False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells by /proc")
def test_a_zombie_is_dead():
    with subprocess.Popen([sys.executable, "-c", ""], stdout=subprocess.PIPE) as child:
        mark = process.mark(child.pid)
        assert child.stdout is not None
        child.stdout.read()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        holder = replace(process.this_process("apply"), process=child.pid, boot=mark)
        assert process.alive(holder) is False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells by /proc")
def test_a_reused_number_another_boot_and_another_container_are_told_apart():
    holder = process.this_process("apply")
    boot, namespace, started = holder.boot.split("/")
    told = [
        process.alive(replace(holder, boot="/".join(mark)))
        for mark in (
            (boot, namespace, f"{started}0"),
            ("other", namespace, started),
            (boot, "pid:[1]", started),
        )
    ]
    assert told == [False, False, None]


def test_nothing_is_known_of_processes_elsewhere():
    assert process.alive(replace(process.this_process("apply"), host="elsewhere.example")) is None
