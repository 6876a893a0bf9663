"""INT, TERM and HUP: once, and what is under way ends and is recorded; twice, and the journal
recovers; before the first call, and the program ends at once.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial

import pytest
from fault_bench import APPLY, PLAN, At, Bench, Signals, connector

from reconciler.store.sql import open_store

if sys.platform == "win32":
    pytest.skip("POSIX signals and forks", allow_module_level=True)
else:
    import pty

INT, TERM, HUP = signal.SIGINT, signal.SIGTERM, signal.SIGHUP
LABELS = tuple(f"c{number}" for number in range(4))
FOUR = "".join(connector(label) for label in LABELS)
NAMES = [label.upper() for label in LABELS]


def assert_healed(bench: Bench) -> None:
    healed = bench.run(APPLY, PLAN)
    assert healed.code == 0, healed.out + healed.err
    assert bench.names() == NAMES
    assert bench.lost() == []
    assert bench.state().intents == ()


def fresh(bench: Bench, name: str, text: str = FOUR) -> Bench:
    root = bench.root.parent / name
    root.mkdir()
    made = Bench(root)
    made.write(text)
    return made


@pytest.mark.parametrize("number", [INT, TERM, HUP])
def test_a_signal_at_any_instant_leaves_nothing_open(bench, number):
    for at in range(5, 200, 9):
        run = fresh(bench, f"run{at}")
        ended = run.run((*APPLY, "-parallelism=2"), hook=At(at, Signals((number,))))
        assert ended.code in (0, 1), ended.err
        assert "Unexpected" not in ended.err
        assert len(run.state().instances) == len(run.world())
        assert run.state().intents == ()
        if ended.code == 0 and "Stopping" not in ended.out:
            break
        assert_healed(run)
    assert at > 30


def test_the_call_under_way_is_finished_and_the_counts_are_told(bench):
    bench.write(FOUR)
    faults = {"RECONCILER_SIM_LATENCY_MS": "200"}
    run = bench.start((*APPLY, "-parallelism=1"), hook=At(18, Signals((TERM,))), **faults)
    ended = run.ended()
    assert ended.code == 1
    assert "Stopping (SIGTERM)" in ended.out
    done = len(bench.world())
    assert f"Steps: {done} done, 0 failed, 0 skipped, {4 - done} not started." in ended.out
    assert "reconciler apply" in ended.out
    assert_healed(bench)


@pytest.mark.parametrize("second", [TERM, HUP])
def test_a_second_signal_leaves_at_once_and_the_journal_recovers(bench, second):
    for at in range(14, 27, 4):
        run = fresh(bench, f"run{at}")
        ended = run.run(
            (*APPLY, "-parallelism=2"),
            hook=At(at, Signals((INT, second))),
            RECONCILER_SIM_FAULTS="New-*#2=hang",
        )
        assert ended.code == 1, ended.out + ended.err
        assert run.lost() == []
        assert_healed(run)


def test_a_hanging_call_does_not_keep_a_second_signal_waiting(bench):
    bench.write(FOUR)
    began = time.monotonic()
    ended = bench.run(
        APPLY, hook=partial(_signal_soon, (INT, INT)), RECONCILER_SIM_FAULTS="New-*=hang"
    )
    assert ended.code == 1
    assert "Interrupted" in ended.err
    assert time.monotonic() - began < 20
    assert_healed(bench)


def _signal_soon(numbers: tuple[int, ...]) -> None:
    """When the first call hangs, from another process: the own one may be waiting anywhere."""
    script = "; ".join(f"sleep 1; kill -{int(number)} {os.getpid()}" for number in numbers)
    subprocess.Popen(["sh", "-c", script])  # noqa: S603, S607 (our own words)


def test_what_the_caller_ignores_stays_ignored(bench):
    """`nohup` means that a hangup must not end the run."""
    bench.write(FOUR)
    ended = bench.run(APPLY, hook=_ignoring_hangups)
    assert ended.code == 0
    assert "Stopping" not in ended.out
    assert bench.names() == NAMES


def _ignoring_hangups() -> None:
    signal.signal(HUP, signal.SIG_IGN)
    At(20, Signals((HUP,)))()


@pytest.mark.parametrize("number", [INT, TERM, HUP])
def test_a_signal_before_the_first_call_ends_the_run_at_once(bench, number):
    bench.write(FOUR)
    ended = bench.run(APPLY, hook=At(11, Signals((number,))))
    assert ended.code == 1
    assert "Interrupted" in ended.err
    assert bench.world() == []
    assert_healed(bench)


def test_planning_ends_at_once(bench):
    bench.write(FOUR)
    ended = bench.run(PLAN, hook=At(1, Signals((INT,))))
    assert ended.code == 1
    assert "Interrupted" in ended.err


def test_history_says_which_runs_were_interrupted(bench):
    bench.write(FOUR)
    slow = {"RECONCILER_SIM_LATENCY_MS": "200"}
    bench.run((*APPLY, "-parallelism=1"), hook=At(20, Signals((INT,))), **slow)
    bench.run(APPLY)
    store = open_store("sqlite:///.reconciler/state.db", root=bench.root)
    assert [run.status.value for run in store.runs()] == ["interrupted", "done"]


def at_the_prompt(bench: Bench, *numbers: int, typed: bytes = b"") -> tuple[int, str]:
    """Exit code and screen of an apply on a terminal that is disturbed while it asks."""
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(bench.root)
        words = ["-m", "reconciler", "apply", "-no-color"]
        os.execv(sys.executable, [sys.executable, *words])  # noqa: S606 (our own words)
    screen = b""
    while b"Enter a value" not in screen:
        screen += os.read(terminal, 65536)
    os.write(terminal, typed)
    for number in numbers:
        os.kill(process, number)
    with suppress(OSError):
        while more := os.read(terminal, 65536):
            screen += more
    os.close(terminal)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), screen.decode()


@pytest.mark.parametrize(
    "disturbance", [(INT,), (TERM,), (HUP,), b"\x03", b"\x04", b"no\n", b"y\n"]
)
def test_only_a_yes_gets_past_the_question(bench, disturbance):
    bench.write(FOUR)
    if isinstance(disturbance, bytes):
        code, screen = at_the_prompt(bench, typed=disturbance)
    else:
        code, screen = at_the_prompt(bench, *disturbance)
    assert code == 1, screen
    assert "Unexpected" not in screen
    assert bench.world() == []
    assert_healed(bench)
