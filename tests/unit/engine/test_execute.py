from dataclasses import replace
from threading import Semaphore, get_ident

import pytest
from execution_fakes import (
    BUSY,
    REFUSED,
    SILENT,
    FakeBackend,
    FakeStore,
    World,
    address,
    create,
    delete,
    row,
    update,
)

from reconciler.backends.base import Capabilities
from reconciler.engine import carry, ports
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.event import (
    StepDone,
    StepFailed,
    StepRetried,
    StepSkipped,
    Stopping,
)
from reconciler.model.plan import Step, Verb
from reconciler.model.platform import Platform
from reconciler.model.state import Intent


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch):
    monkeypatch.setattr(carry, "FIRST_WAIT", 0.0)


def counts(report):
    tally = report.tally
    return (tally.done, tally.failed, tally.skipped, tally.not_started)


def test_what_is_ready_together_is_intended_in_one_commit():
    world = World()
    world.execute(*(create(name) for name in "abcd"))
    assert [intent.id for intent in world.store.commits[0]] == [f"1/create {n}" for n in "abcd"]


def test_no_more_is_begun_than_workers_will_soon_need():
    world = World()
    world.execute(*(create(f"c{n}") for n in range(30)), parallelism=2)
    assert len(world.store.commits[0]) == 8


def test_more_begin_only_when_many_can_in_one_commit():
    world, turn = World(), Semaphore(1)
    world.backend.script = {f"create c{n}": [turn.acquire] for n in range(24)}
    world.ports = {"emit": lambda event: turn.release() if isinstance(event, StepDone) else None}
    world.execute(*(create(f"c{n}") for n in range(24)), parallelism=2)
    begun = [len(commit) for commit in world.store.commits if isinstance(commit[0], Intent)]
    assert begun == [8, 4, 4, 4, 4]


def test_every_call_follows_its_intent_and_every_report_its_outcome():
    world = World()
    states = []

    def look(event):
        if isinstance(event, StepDone):
            states.append((event.step.address.name in world.store.labels, world.store.open))

    world.ports = {"emit": look}
    world.backend.script["create a"] = [lambda: states.append(dict(world.store.open))]
    world.execute(create("a"))
    assert list(states[0]) == ["1/create a"]
    assert states[1] == (True, {})


def test_a_need_comes_before_its_user():
    world = World()
    world.execute(create("b", "create a"), create("a"))
    assert world.backend.calls == ["create a", "create b"]


def test_a_failure_stops_its_users_and_nobody_else():
    world = World()
    world.backend.script["create a"] = [REFUSED]
    steps = (create("a"), create("b", "create a"), create("c", "create b"), create("d"))
    report = world.execute(*steps)
    assert counts(report) == (1, 1, 2, 0)
    assert world.store.labels == ["d"]
    assert world.heard(StepSkipped) == ["create b", "create c"]
    assert world.store.open == {}


def test_a_transient_failure_is_repeated_until_it_passes():
    world = World()
    world.backend.script["create a"] = [BUSY, BUSY]
    assert counts(world.execute(create("a"))) == (1, 0, 0, 0)
    assert world.heard(StepRetried) == ["create a", "create a"]


def test_patience_ends():
    world = World()
    world.backend.script["create a"] = [BUSY] * 99
    assert counts(world.execute(create("a"))) == (0, 1, 0, 0)
    assert len(world.backend.calls) == carry.ATTEMPTS


def test_an_unknown_outcome_leaves_the_intent_open():
    world = World()
    world.backend.script = {"create a": [SILENT], "find a": [SILENT] * 99}
    assert counts(world.execute(create("a"))) == (0, 1, 0, 0)
    assert list(world.store.open) == ["1/create a"]


def test_the_counts_tell_sorts_apart():
    world = World()
    state = world.hold("b", "c")
    tally = world.execute(create("a"), update("b", port=26), delete("c"), state=state).tally
    assert (tally.added, tally.changed, tally.destroyed) == (1, 1, 1)


def test_steps_without_a_call_are_recorded_in_one_commit():
    world = World()
    state = world.hold("a", "b")
    record = replace(update("a"), id="record a", verb=Verb.RECORD, after={"name": "a", "port": 7})
    forget = replace(delete("b"), id="forget b", verb=Verb.FORGET)
    join = replace(delete("c", "record a", "forget b"), id="join", verb=Verb.JOIN)
    report = world.execute(record, forget, join, create("d", "join"), state=state)
    assert len(world.store.commits[0]) == 2
    assert world.store.labels == ["a", "d"]
    assert world.store.rows[str(address("a")), ""].values["port"] == 7
    assert counts(report) == (1, 0, 0, 0)


def test_a_creation_before_a_deletion_keeps_both_objects_in_the_record():
    world = World()
    state = world.hold("a")
    world.backend.script["delete a"] = [REFUSED]
    new = replace(create("a"), identity="a2", values={"name": "a2"}, after={"name": "a2"})
    old = replace(delete("a", "create a"), deposed="guida")
    world.execute(new, old, state=state)
    assert {key: r.handle for key, r in world.store.rows.items()} == {
        ("send_connector.a", ""): "guid-a2",
        ("send_connector.a", "guida"): "guid-a",
    }


# Stopping


def test_a_stop_lets_the_call_under_way_finish_and_begins_nothing():
    world = World()

    def interrupt():
        world.stop.signal = "SIGINT"
        world.stop.gently.set()

    world.backend.script["create a"] = [interrupt]
    report = world.execute(*(create(name) for name in "abc"), parallelism=1)
    assert (counts(report), world.store.labels) == ((1, 0, 0, 2), ["a"])
    assert world.store.open == {}
    assert [e.signal for e in world.told if isinstance(e, Stopping)] == ["SIGINT"]


def test_a_stop_before_the_first_step_is_told_all_the_same():
    world = World()
    world.stop.signal = "SIGTERM"
    world.stop.gently.set()
    assert counts(world.execute(create("a"))) == (0, 0, 0, 1)
    assert [e.signal for e in world.told if isinstance(e, Stopping)] == ["SIGTERM"]
    assert world.backend.calls == []


def test_a_stop_between_two_attempts_leaves_the_step_for_another_day():
    world = World()

    def busy():
        world.stop.gently.set()
        raise BUSY

    world.backend.script["create a"] = [busy]
    assert counts(world.execute(create("a"))) == (0, 0, 0, 1)
    assert world.store.open == {}


# A failing store


def test_no_call_goes_out_whose_intent_was_not_taken():
    world = World(store=FakeStore(failing=frozenset({1})))
    report = world.execute(create("a"))
    assert report.broken is not None
    assert (counts(report), world.backend.calls) == ((0, 0, 0, 1), [])


def test_what_is_under_way_is_recorded_although_no_further_intent_is_taken():
    world = World(store=FakeStore(failing=frozenset({3})))
    report = world.execute(create("a"), create("b", "create a"), create("c"), parallelism=1)
    assert report.broken is not None
    assert "a" in world.store.labels
    assert "b" not in {call.split()[1] for call in world.backend.calls}
    assert set(world.store.labels) | {i.identity for i in world.store.open.values()} >= {
        values["name"] for values in world.backend.objects.values()
    }


@pytest.mark.parametrize("number", range(1, 9))
def test_whichever_commit_fails_every_object_is_a_row_or_an_intent(number):
    world = World(store=FakeStore(failing=frozenset({number})))
    steps = [create("a"), *(create(n, "create a") for n in "bcd"), create("e", "create d")]
    report = world.execute(*steps, parallelism=1)
    known = {*world.store.labels, *(i.identity for i in world.store.open.values())}
    assert {values["name"] for values in world.backend.objects.values()} <= known
    assert (report.broken is None) == (world.store.tried < number)
    assert sum(counts(report)) == 5


def test_an_outcome_that_was_not_taken_is_not_called_done():
    world = World(store=FakeStore(failing=frozenset({2})))
    report = world.execute(create("a"))
    assert counts(report) == (0, 1, 0, 0)
    assert world.heard(StepDone) == []
    assert list(world.store.open) == ["1/create a"]


# What surprises


def test_a_bug_in_one_step_does_not_stop_the_rest():
    world = World()
    world.backend.script["create a"] = [KeyError("s3cret")]
    report = world.execute(create("a"), create("b"))
    assert counts(report) == (1, 1, 0, 0)
    assert list(world.store.open) == ["1/create a"]
    failed = next(e for e in world.told if isinstance(e, StepFailed))
    assert failed.problems[0].code == "step-crashed"
    assert "s3cret" not in failed.problems[0].detail


def test_a_step_that_cannot_be_filled_in_fails_before_its_intent():
    world = World()

    def prepare(step: Step, _rows: ports.Rows):
        if step.address.name == "a":
            raise ReconcilerError(error("still-unknown", "Unknown", "Unknown."))
        return ports.Prepared(step, step.values)

    world.ports = {"prepare": prepare}
    assert counts(world.execute(create("a"), create("b", "create a"), create("c"))) == (1, 1, 1, 0)
    assert world.backend.calls == ["create c"]


def test_a_broken_postcondition_stops_users_and_keeps_the_object():
    world = World()
    world.ports = {"confirm": lambda _step, _row: [error("postcondition-failed", "No", "No.")]}
    assert counts(world.execute(create("a"), create("b", "create a"))) == (0, 1, 1, 0)
    assert world.store.labels == ["a"]


def test_never_more_calls_at_once_than_the_backend_allows():
    backend, workers = FakeBackend(capabilities=Capabilities(Platform(), parallel=1)), set()
    backend.script = {f"create c{n}": [lambda: workers.add(get_ident())] for n in range(6)}
    World(backend=backend).execute(*(create(f"c{n}") for n in range(6)), parallelism=8)
    assert (len(workers), len(backend.calls)) == (1, 6)


def test_an_intent_of_a_creation_holds_the_whole_object():
    world = World()
    step = replace(create("a"), values={"name": "a"}, after={"name": "a", "port": 25})
    world.execute(step)
    first = world.store.commits[0][0]
    assert isinstance(first, Intent)
    assert (first.values, first.handle) == ({"name": "a", "port": 25}, None)


def test_an_update_keeps_handle_and_address():
    world = World()
    state = world.hold("a")
    world.execute(update("a", port=99), state=state)
    assert world.store.rows["send_connector.a", ""] == row("a", port=99)


def test_a_step_is_said_to_begin_after_what_ended_before_it():
    world = World()
    world.execute(*(create(f"c{n}") for n in range(6)), parallelism=1)
    told = [event.step.address.name for event in world.told]
    assert told == [name for n in range(6) for name in (f"c{n}", f"c{n}")]
