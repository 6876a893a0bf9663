"""Death and signals at any instant, with state on a server: nothing is orphaned or doubled, and the
same command again converges.
"""

import shutil
import signal
import sys
from pathlib import Path

import psycopg
import pytest
from fault_bench import APPLY, PLAN, At, Bench, Signals, connector
from test_kill import CARELESS, WORKS, assert_kills_are_healed, prepared

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and forks")


def copied(bench: Bench, name: str) -> Bench:
    """Folder and database as they are."""
    url = bench.environment["RECONCILER_STATE_URL"]
    server, _, source = url.rpartition("/")
    with psycopg.connect(f"{server}/postgres".replace("+psycopg", ""), autocommit=True) as link:
        link.execute(f"CREATE DATABASE {source}_{name} TEMPLATE {source}")
    root = Path(shutil.copytree(bench.root, bench.root.parent / name))
    for marker in (root / ".reconciler").glob("state.*.marker"):
        marker.unlink()
    return Bench(root, {**CARELESS, "RECONCILER_STATE_URL": f"{server}/{source}_{name}"})


@pytest.mark.parametrize("name", ["create", "mixed", "create-first", "destroy"])
def test_a_kill_at_any_instant_is_healed_with_state_on_a_server(bench, postgres_url, name):
    start = prepared(Bench(bench.root, {"RECONCILER_STATE_URL": postgres_url}), WORKS[name])
    assert_kills_are_healed(start, name, copied)


def test_a_signal_at_any_instant_leaves_nothing_open_on_a_server(bench, postgres_url):
    bench.write("".join(connector(label) for label in "abcd"))
    start = Bench(bench.root, {"RECONCILER_STATE_URL": postgres_url})
    for number in range(5, 200, 19):
        run = copied(start, f"run{number}")
        deed = At(number, Signals((signal.SIGTERM,)))
        ended = run.run((*APPLY, "-parallelism=2"), hook=deed)
        assert ended.code in (0, 1), ended.err
        assert run.state().intents == ()
        assert len(run.state().instances) == len(run.world())
        if ended.code == 0 and "Stopping" not in ended.out:
            break
        healed = run.run(APPLY, PLAN)
        assert healed.code == 0, healed.err
    assert number > 20


def test_an_undo_on_a_server_brings_back_and_takes_back(bench, postgres_url):
    shared = Bench(bench.root, {"RECONCILER_STATE_URL": postgres_url})
    undo = ("undo", "-auto-approve", "-allow-destroy=9")
    shared.write(connector("a") + connector("b"))
    assert shared.run(APPLY).code == 0
    shared.write(connector("a", "A", "port = 26") + connector("c"))
    assert shared.run(APPLY, PLAN).code == 0
    undone = shared.run((*undo, "2"))
    assert undone.code == 0, undone.err
    assert [(one["Name"], one["Port"]) for one in shared.world()] == [("A", 25), ("B", 25)]
    again = shared.run((*undo, "3"), PLAN, ("history", "verify"))
    assert again.code == 0, again.err
    assert shared.names() == ["A", "C"]
