"""Exchange fails in all its ways: the rest goes on, nothing is repeated blindly, and the plain
command again converges.
"""

import sys

import pytest
from fault_bench import APPLY, CREATE_FIRST, DESTROY, PLAN, Bench, connector, hasty

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

IMPATIENT = 'backend "simulated" {\n  timeout = "100ms"\n  seed = 7\n}\n'
USER = 'comment = "after ${send_connector.a.guid}"'
BEFORE = IMPATIENT + connector("a") + connector("b", "B", USER) + connector("c")
AFTER = (
    IMPATIENT
    + connector("a", "A2", CREATE_FIRST)
    + connector("b", "B", USER, "port = 26")
    + connector("d", "C")
)
CARELESS = {"RECONCILER_SIM_DUPLICATES": "1"}


def begun(bench: Bench, after: str = AFTER) -> Bench:
    bench.write(BEFORE)
    assert bench.run(APPLY).code == 0
    bench.write(after)
    return bench


def assert_healed(bench: Bench, names: tuple[str, ...] = ("A2", "B", "C")) -> None:
    assert bench.lost() == []
    healed = bench.run(APPLY, PLAN, **CARELESS)
    assert healed.code == 0, healed.out + healed.err
    assert bench.names() == sorted(names)
    assert bench.state().intents == ()


PASSING = (
    "*%0.3=transient",
    "*-*%0.2=lost-call",
    "*-*%0.2=lost-answer",
    "New-*=lost-answer",
    "Set-*=lost-answer",
    "Remove-*=lost-answer",
    "New-*#1=hang; Set-*#1=hang; Remove-*#1=hang",
    "Set-*#1=edit",
    "*%0.2=lost-answer; *%0.2=transient; *%0.1=hang",
)


@pytest.mark.parametrize("faults", PASSING)
def test_what_passes_is_outlasted_without_a_duplicate(bench, faults):
    replacing = (*APPLY, "-replace=send_connector.a")
    ended = begun(bench).run(replacing, hook=hasty, RECONCILER_SIM_FAULTS=faults, **CARELESS)
    assert ended.code == 0, ended.out + ended.err
    assert bench.names() == ["A2", "B", "C"]
    assert_healed(bench)


@pytest.mark.parametrize("faults", PASSING[:2] + PASSING[-1:])
def test_a_destroy_outlasts_it_too(bench, faults):
    ended = begun(bench, BEFORE).run(DESTROY, hook=hasty, RECONCILER_SIM_FAULTS=faults, **CARELESS)
    assert ended.code == 0, ended.out + ended.err
    assert bench.world() == []
    assert bench.state().instances == ()


LASTING = (
    "New-*=lost-call",
    "New-*=permanent",
    "Set-*=hang",
    "Set-*=transient",
    "Remove-*=permanent",
    "Remove-*=hang",
)


@pytest.mark.parametrize("faults", LASTING)
def test_what_does_not_pass_fails_in_part_and_heals(bench, faults):
    ended = begun(bench).run(APPLY, hook=hasty, RECONCILER_SIM_FAULTS=faults, **CARELESS)
    assert ended.code == 4, ended.out + ended.err
    assert "failed" in ended.out
    assert_healed(bench)


def test_one_bad_object_does_not_stop_the_rest(bench):
    bench.write("".join(connector(f"c{number}") for number in range(8)))
    ended = bench.run(APPLY, hook=hasty, RECONCILER_SIM_FAULTS="New-SendConnector@c5=permanent")
    assert ended.code == 4
    assert "Steps: 7 done, 1 failed, 0 skipped, 0 not started." in ended.out
    assert bench.names() == [f"C{number}" for number in range(8) if number != 5]
    assert_healed(bench, tuple(f"C{number}" for number in range(8)))


def test_what_needs_the_bad_object_is_skipped_by_name(bench):
    chain = connector("a") + connector("b", "B", USER)
    chain += connector("c", "C", 'comment = "after ${send_connector.b.guid}"') + connector("d")
    bench.write(chain)
    ended = bench.run(APPLY, hook=hasty, RECONCILER_SIM_FAULTS="New-SendConnector@a=permanent")
    assert ended.code == 4
    assert "Steps: 1 done, 1 failed, 2 skipped, 0 not started." in ended.out
    assert "send_connector.c: Skipped, because create send_connector.b" in ended.out
    assert bench.names() == ["D"]
    assert_healed(bench, ("A", "B", "C", "D"))


def test_an_object_in_use_is_not_removed_while_its_user_could_not_move_away(bench):
    replacing = (*APPLY, "-replace=send_connector.a")
    ended = begun(bench).run(
        replacing, hook=hasty, RECONCILER_SIM_FAULTS="Set-*@b=permanent", **CARELESS
    )
    assert ended.code == 4
    assert {"A", "A2", "B"} <= set(bench.names())
    assert_healed(bench)


def test_a_lost_answer_is_looked_up_and_not_repeated(bench):
    bench.write(connector("a"))
    assert (
        bench.run(APPLY, hook=hasty, RECONCILER_SIM_FAULTS="New-*=lost-answer", **CARELESS).code
        == 0
    )
    assert bench.calls() == ["New-SendConnector A"]


def test_an_exchange_that_cannot_be_read_is_not_taken_for_empty(bench):
    begun(bench, BEFORE)
    before = bench.state()
    for faults in ("Get-*=permanent", "Get-*=transient"):
        ended = bench.run(APPLY, hook=hasty, RECONCILER_SIM_FAULTS=faults)
        assert ended.code == 1
        assert "could not be read" in ended.err
    assert bench.state() == before
    assert bench.names() == ["A", "B", "C"]


def test_who_fights_another_admin_is_told_and_does_not_claim_success(bench):
    ended = begun(bench).run(APPLY, hook=hasty, RECONCILER_SIM_FAULTS="Set-*=edit")
    assert ended.code == 4
    assert "does not hold what was written" in ended.err
    assert_healed(bench)


def test_a_name_that_was_taken_meanwhile_is_left_to_its_owner(bench):
    """The target would permit two; the saved plan knows nothing of the newcomer."""
    bench.write(connector("a"))
    assert bench.run(("plan", "-out=p")).code == 0
    bench.ask("New-SendConnector", Name="a", AddressSpaces=("theirs.example",))
    ended = bench.run(("apply", "p"), **CARELESS)
    assert ended.code == 1
    assert "name is taken" in ended.err
    assert len(bench.world()) == 1


def test_a_refusal_is_told_with_what_exchange_said(bench):
    bench.write(connector("a"))
    ended = bench.run(APPLY, hook=hasty, RECONCILER_SIM_FAULTS="New-*=permanent")
    assert ended.code == 4
    assert "was refused by Exchange" in ended.err
    assert "reconciler apply" in ended.out
