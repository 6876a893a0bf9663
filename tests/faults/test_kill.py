"""SIGKILL before and after every call that reaches the world or the disk: nothing is orphaned,
nothing is doubled (on a target that would permit it), and the same command again converges.
"""

import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from fault_bench import APPLY, CREATE_FIRST, DESTROY, PLAN, Bench, Line, connector, die_at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and forks")

CARELESS = {"RECONCILER_SIM_DUPLICATES": "1"}
USER = 'comment = "after ${send_connector.a.guid}"'
DATA = """
resource "reconciler_data" "d" {
  input            = send_connector.a.guid
  triggers_replace = send_connector.a.port
}
resource "reconciler_data" "e" {
  input = [reconciler_data.d.output, send_connector.a.port]
}
"""
DOMAINS = "".join(
    f'resource "accepted_domain" "{name}" {{\n  name = "{name.upper()}"\n'
    f'  domain_name = "{name}.test"\n  match_sub_domains = true\n}}\n'
    for name in ("d", "e")
)
"""New- does not take all of it, so that each takes a second call."""
OUTPUT = 'output "b" {\n  value = send_connector.b.guid\n}\n'
BEFORE = connector("a") + connector("b", "B", USER) + OUTPUT


@dataclass(frozen=True)
class Work:
    """From the configuration `before` (nothing, where "") to `after` by `line`."""

    before: str
    after: str
    names: tuple[str, ...]
    line: Line = APPLY
    check: Line = PLAN


WORKS = {
    "create": Work("", BEFORE, ("A", "B")),
    "update": Work(
        BEFORE, connector("a", "A", "port = 26") + connector("b", "B", "port = 27"), ("A", "B")
    ),
    "replace": Work(BEFORE, BEFORE, ("A", "B"), (*APPLY, "-replace=send_connector.a")),
    "create-first": Work(
        BEFORE,
        connector("a", "A2", CREATE_FIRST) + connector("b", "B", USER),
        ("A2", "B"),
        (*APPLY, "-replace=send_connector.a"),
    ),
    "rename": Work(BEFORE, connector("a", "A2") + connector("b", "B2", USER), ("A2", "B2")),
    "swap": Work(BEFORE, connector("a", "B") + connector("b", "A", USER), ("A", "B")),
    "mixed": Work(BEFORE, connector("a", "A2") + connector("c", "B"), ("A2", "B")),
    "move": Work(
        BEFORE,
        connector("c", "A2")
        + connector("b", "B", 'comment = "after ${send_connector.c.guid}"')
        + "moved {\n  from = send_connector.a\n  to   = send_connector.c\n}\n",
        ("A2", "B"),
    ),
    "late": Work(connector("a"), connector("a") + DOMAINS, ("A", "D", "E")),
    "routes": Work(
        connector("a") + connector("b"),
        connector("a").replace("a.example", "b.example")
        + connector("b").replace("b.example", "a.example"),
        ("A", "B"),
    ),
    "data": Work(connector("a") + DATA, connector("a", "A", "port = 26") + DATA, ("A",)),
    "destroy": Work(BEFORE, BEFORE, (), DESTROY, (*PLAN, "-destroy")),
}


def prepared(bench: Bench, work: Work) -> Bench:
    """A project that stands just before `work`, to be copied."""
    if work.before:
        bench.write(work.before)
        assert bench.run(APPLY).code == 0
    bench.write(work.after)
    return bench


def copied(bench: Bench, name: str) -> Bench:
    return Bench(Path(shutil.copytree(bench.root, bench.root.parent / name)), CARELESS)


def assert_nothing_lost(bench: Bench) -> None:
    assert bench.lost() == []


def assert_healed_by_the_same_command(bench: Bench, work: Work) -> None:
    healed = bench.run(work.line, work.check)
    assert healed.code == 0, healed.out + healed.err
    assert bench.names() == sorted(work.names)
    assert_nothing_lost(bench)
    assert bench.state().intents == ()


@pytest.mark.parametrize("name", sorted(WORKS))
def test_a_kill_at_any_instant_is_healed_by_the_same_command(bench, name):
    assert_kills_are_healed(prepared(bench, WORKS[name]), name, copied)


def assert_kills_are_healed(
    start: Bench, name: str, copied: Callable[[Bench, str], Bench]
) -> None:
    """Each has two sides of every call in turn, and each work begins elsewhere: together they
    come by every sort of instant.
    """
    work = WORKS[name]
    for number in range(2 + sorted(WORKS).index(name) % 7, 200, 7):
        run = copied(start, f"run{number}")
        ended = run.run(work.line, hook=die_at(number))
        if ended.code == 0:
            break
        assert ended.code == -signal.SIGKILL, ended.err
        assert_nothing_lost(run)
        assert_healed_by_the_same_command(run, work)
        shutil.rmtree(run.root)
    assert number > 20


def test_a_kill_of_the_healing_run_is_healed_as_well(bench):
    work = WORKS["mixed"]
    start = prepared(bench, work)
    for number in range(7, 40, 8):
        run = copied(start, f"run{number}")
        for again in (number, number // 2, number + 3):
            run.run(work.line, hook=die_at(again))
            assert_nothing_lost(run)
        assert_healed_by_the_same_command(run, work)


@pytest.mark.parametrize("seed", range(4))
def test_a_kill_among_parallel_calls_on_their_way_is_healed(bench, seed):
    """Half of the latency passes before a call lands: the dead run's answers never came."""
    moment = random.Random(seed).uniform(0.0, 0.35)
    labels = [f"c{number}" for number in range(9)]
    work = Work(
        "", "".join(connector(label) for label in labels), tuple(c.upper() for c in labels)
    )
    run = Bench(prepared(bench, work).root, {**CARELESS, "RECONCILER_SIM_LATENCY_MS": "60"})
    child = run.start((*work.line, "-parallelism=4"))
    deadline = time.monotonic() + 20
    while not (run.root / ".reconciler" / "exchange.db").exists() and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(moment)
    child.kill()
    child.ended()
    assert_nothing_lost(run)
    assert_healed_by_the_same_command(Bench(run.root, CARELESS), work)


@pytest.mark.parametrize(("landed", "how"), [(False, "dropped"), (True, "found done")])
def test_the_healing_run_says_whether_the_update_was_carried_out(bench, landed, how):
    bench.write(connector("a"))
    assert bench.run(APPLY).code == 0
    bench.write(connector("a", "A", "port = 26"))
    for number in range(8, 40):
        run = copied(bench, f"run{number}")
        run.run(APPLY, hook=die_at(number))
        if run.state().intents and (run.world()[0]["Port"] == 26) is landed:
            break
    healed = run.run(APPLY)
    assert healed.code == 0, healed.err
    assert f"send_connector.a: An unfinished update was {how}\n" in healed.out


def test_somebody_elses_object_of_the_same_name_is_never_taken_over(bench):
    """It appears after the dead run's intent; only the settings could prove it ours."""
    bench.write(connector("a", "A", "port = 2525"))
    for number in range(1, 40):
        ended = bench.run(APPLY, hook=die_at(number))
        if bench.state().intents and not bench.world():
            break
    assert ended.code == -signal.SIGKILL
    bench.ask("New-SendConnector", Name="A", AddressSpaces=("theirs.example",))
    stopped = bench.run(APPLY)
    assert stopped.code == 1
    assert "unproven" in stopped.err or "cannot be told apart" in stopped.err
    assert len(bench.world()) == 1
    assert bench.state().intents != ()


def test_what_is_not_ours_survives_a_destroy_that_was_killed(bench):
    bench.write(BEFORE)
    assert bench.run(APPLY).code == 0
    bench.ask("New-SendConnector", Name="Theirs", AddressSpaces=("theirs.example",))
    for number in (12, 18, 24):
        bench.run(DESTROY, hook=die_at(number))
    assert bench.run(DESTROY).code == 0
    assert bench.names() == ["Theirs"]
