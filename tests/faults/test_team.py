"""Several people on one state: those on different objects work at once, on either database."""

import signal
import sys

import psycopg
import pytest
from fault_bench import APPLY, CREATE_FIRST, PLAN, Bench, connector
from test_concurrency import LABELS, NAMES, ONE_BY_ONE, SIX, assert_converges, freed, working

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

CUT_OFF = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture(params=["sqlite", "postgres"])
def team(request, bench: Bench) -> Bench:
    """A project whose state lies in either database."""
    if request.param == "sqlite":
        return bench
    url = request.getfixturevalue("postgres_url")
    return Bench(bench.root, {"RECONCILER_STATE_URL": url})


def busy(team: Bench, *targets: str):
    return working(team, (*ONE_BY_ONE, *only(*targets)), RECONCILER_SIM_LATENCY_MS="1500")


def only(*labels: str) -> tuple[str, ...]:
    return tuple(f"-target=send_connector.{label}" for label in labels)


def test_two_applies_on_disjoint_targets_run_at_once(team):
    team.write(SIX)
    first = busy(team, *LABELS[:3])
    second = team.run((*APPLY, *only(*LABELS[3:])))
    assert (second.code, first.is_running) == (0, True), second.err
    assert first.ended().code == 0
    assert team.names() == NAMES
    assert team.run(PLAN).code == 0


def test_two_applies_on_the_same_target_exclude_each_other(team):
    team.write(SIX)
    first = busy(team, *LABELS[:3])
    second = team.run((*APPLY, *only(*LABELS[2:])))
    assert (second.code, first.is_running) == (1, True), second.err
    assert "locked" in second.err
    freed(first)
    assert_converges(team)


def test_an_apply_of_everything_waits_for_those_on_targets(team):
    team.write(SIX)
    first = busy(team, LABELS[0])
    assert "locked" in team.run(APPLY).err
    freed(first)
    assert_converges(team)


def test_a_saved_plan_with_targets_survives_what_others_do_elsewhere(team):
    team.write(SIX)
    assert team.run(("plan", "-out=p", *only(*LABELS[:2]))).code == 0
    assert team.run((*APPLY, *only(*LABELS[2:]))).code == 0
    applied = team.run(("apply", "p"))
    assert applied.code == 0, applied.err
    assert team.names() == NAMES


def test_a_saved_plan_is_stale_once_others_changed_what_it_read(team):
    team.write(SIX)
    assert team.run(("plan", "-out=p", *only(*LABELS[:2]))).code == 0
    assert team.run((*APPLY, *only(LABELS[1]))).code == 0
    applied = team.run(("apply", "p"))
    assert applied.code == 1
    assert "send_connector.c1 is new" in applied.err
    assert "c0" not in applied.err


def test_a_run_with_targets_settles_what_a_dead_run_left_open(team):
    team.write(SIX)
    freed(working(team))
    healed = team.run((*APPLY, *only(LABELS[5])))
    assert healed.code == 0, healed.err
    assert team.lost() == []
    assert team.state().intents == ()
    assert_converges(team)


def test_who_comes_after_a_dead_run_is_told_of_it(team):
    team.write(SIX)
    first = working(team)
    freed(first)
    after = team.run(APPLY)
    assert after.code == 0
    assert "has died" in after.out + after.err
    assert str(first.pid) in after.out + after.err


def test_outputs_of_runs_side_by_side_do_not_take_each_other_back(team):
    outputs = "".join(
        f'output "{label}" {{\n  value = send_connector.{label}.guid\n}}\n' for label in LABELS
    )
    team.write(SIX + outputs)
    first = busy(team, *LABELS[:2])
    assert team.run((*APPLY, *only(*LABELS[2:4]))).code == 0
    assert first.ended().code == 0
    assert sorted(team.state().outputs) == list(LABELS[:4])


def test_a_replacement_beside_another_run_loses_nothing(team):
    text = connector("a", "A", CREATE_FIRST) + connector("b")
    team.write(text)
    assert team.run(APPLY).code == 0
    team.write(text + connector("c"))
    first = busy(team, "c")
    second = team.run((*APPLY, *only("b"), "-replace=send_connector.b"))
    assert second.code == 0, second.err
    first.kill()
    assert first.ended().code == -signal.SIGKILL
    assert team.lost() == []
    assert team.run(APPLY, PLAN).code == 0


def test_a_server_that_goes_away_in_mid_run_loses_nothing(bench, postgres_url):
    team = Bench(bench.root, {"RECONCILER_STATE_URL": postgres_url})
    team.write(SIX)
    first = busy(team, *LABELS)
    with psycopg.connect(postgres_url.replace("+psycopg", ""), autocommit=True) as server:
        server.execute(CUT_OFF)
    ended = first.ended()
    assert ended.code == 1
    assert "cannot be reached" in ended.err
    assert "Traceback" not in ended.err
    assert team.lost() == []
    healed = team.run(APPLY, PLAN)
    assert healed.code == 0, healed.err
    assert team.names() == NAMES
