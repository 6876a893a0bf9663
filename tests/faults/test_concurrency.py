"""Several runs at once: one works, the others say who does, and readers are never in the way."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest
from fault_bench import APPLY, DESTROY, PLAN, At, Bench, Child, Signals, connector, die_at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

LABELS = tuple(f"c{number}" for number in range(6))
SIX = "".join(connector(label) for label in LABELS)
NAMES = [label.upper() for label in LABELS]
SLOW = {"RECONCILER_SIM_LATENCY_MS": "400"}
ONE_BY_ONE = (*APPLY, "-parallelism=1")


def working(bench: Bench, line=ONE_BY_ONE, **environment) -> Child:
    """A run that holds the lease and will for some seconds."""
    child = bench.start(line, **{**SLOW, **environment})
    deadline = time.monotonic() + 30
    while not (has_journal(bench) and bench.state().intents):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return child


def has_journal(bench: Bench) -> bool:
    """Looking at a log that is not there yet would make the run wait."""
    own = bench.root / ".reconciler"
    return (own / "state.db-wal").exists() or "RECONCILER_STATE_URL" in bench.environment


def freed(child: Child) -> None:
    child.kill()
    child.ended()


def assert_converges(bench: Bench) -> None:
    assert bench.lost() == []
    healed = bench.run(APPLY, PLAN)
    assert healed.code == 0, healed.out + healed.err
    assert bench.names() == NAMES


@pytest.mark.parametrize("line", [APPLY, DESTROY], ids=["apply", "destroy"])
def test_the_second_run_is_told_at_once_who_works(bench, line):
    bench.write(SIX)
    first = working(bench)
    began = time.monotonic()
    second = bench.run(line)
    waited = time.monotonic() - began
    assert second.code == 1
    for fact in (
        str(first.pid),
        os.uname().nodename,
        "apply",
        time.strftime("%Y-%m-", time.gmtime()),
    ):
        assert fact in second.err
    assert waited < 5  # a second, on a machine that has one to spare
    freed(first)
    assert_converges(bench)


def test_the_second_run_makes_no_call(bench):
    bench.write(SIX)
    first = working(bench)
    assert bench.run(APPLY).code == 1
    assert first.ended().code == 0
    assert bench.calls() == [f"New-SendConnector {name}" for name in NAMES]


def test_planning_and_looking_work_while_an_apply_does(bench):
    bench.write(SIX)
    first = working(bench)
    assert bench.run(PLAN).code == 2
    assert bench.run(("state", "list")).code == 0
    assert bench.run(("plan", "-out=p")).code == 0
    freed(first)
    assert_converges(bench)


def test_planning_does_not_disturb_the_apply(bench):
    bench.write(SIX)
    first = working(bench, RECONCILER_SIM_LATENCY_MS="150")
    while first.is_running:
        bench.run(PLAN)
    assert first.ended().code == 0
    assert bench.names() == NAMES


def test_planning_writes_nothing(bench):
    bench.write(SIX)
    bench.run(APPLY)
    bench.write(SIX + connector("more"))
    before = written(bench.root)
    assert bench.run(PLAN).code == 2
    assert written(bench.root) == before


def written(root: Path) -> dict[str, bytes]:
    """All that the product wrote. A reader of a log makes its index anew, which says nothing."""
    own = root / ".reconciler"
    return {p.name: p.read_bytes() for p in own.iterdir() if not p.name.endswith(("-shm", "-wal"))}


def test_a_dead_holder_blocks_nobody(bench):
    bench.write(SIX)
    freed(working(bench))
    began = time.monotonic()
    assert bench.run(APPLY).code == 0
    assert time.monotonic() - began < 10
    assert bench.names() == NAMES


def test_who_waits_gets_its_turn(bench):
    bench.write(SIX)
    first = working(bench, RECONCILER_SIM_LATENCY_MS="150")
    second = bench.run((*APPLY, "-lock-timeout=60s"))
    assert second.code == 0, second.err
    assert first.ended().code == 0
    assert len(bench.calls()) == len(NAMES)


def test_who_waits_gives_up_in_time(bench):
    bench.write(SIX)
    first = working(bench)
    began = time.monotonic()
    second = bench.run((*APPLY, "-lock-timeout=1s"))
    assert (second.code, time.monotonic() - began > 1) == (1, True)
    assert "locked" in second.err
    freed(first)


def test_who_waits_can_be_interrupted(bench):
    bench.write(SIX)
    first = working(bench)
    second = bench.start((*APPLY, "-lock-timeout=60s"), hook=At(7, Signals((signal.SIGTERM,))))
    assert second.ended().code == 1
    freed(first)
    assert_converges(bench)


def test_of_many_first_runs_at_once_one_or_more_work_and_none_breaks(bench):
    bench.write(SIX)
    runs = [bench.start(APPLY, RECONCILER_SIM_DUPLICATES="1") for _ in range(5)]
    ended = [run.ended() for run in runs]
    assert 0 in {each.code for each in ended}
    for each in ended:
        assert each.code == 0 or "locked" in each.err, each.err
    assert bench.names() == NAMES
    assert_converges(bench)


def test_runs_and_kills_by_turns_never_double_anything(bench):
    bench.write(SIX)
    for number in (9, 17, 25, 33):
        runs = [
            bench.start(APPLY, hook=die_at(number + n), RECONCILER_SIM_DUPLICATES="1")
            for n in range(3)
        ]
        for run in runs:
            run.ended()
        assert bench.lost() == []
    assert_converges(bench)


def test_workspaces_do_not_wait_for_each_other(bench):
    bench.write(SIX)
    first = working(bench)
    other = connector("other")
    bench.write(other)
    assert bench.run(APPLY, RECONCILER_WORKSPACE="other").code == 0
    freed(first)
