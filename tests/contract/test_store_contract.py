"""What every store promises, whatever database lies beneath."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import (
    Handle,
    Instance,
    InstanceStatus,
    Intent,
    IntentVerb,
    Output,
    State,
)
from reconciler.model.values import Sealed
from reconciler.store.base import Audit, Holder, Lease, Run, RunStatus, Settled, Store
from reconciler.store.keys import Passphrase
from reconciler.store.sql import open_store

ANN = Holder("ann", "host-a", 1, "apply", "2026-01-01T00:00:00Z")
BOB = Holder("bob", "host-b", 2, "destroy", "2026-01-01T00:00:01Z")
RUN = Run(0, "apply", "ann", "host-a", "why", "digest", "2026-01-01T00:00:00Z")
RELAY = Instance(
    Address("send_connector", "relay", "a b", (("emea", 3),)),
    Handle("guid-1"),
    {"name": "Relay", "port": 25, "on": True, "none": None, "spaces": ("a", "b"), "pw": 1},
    frozenset({"pw"}),
    (Address("send_connector", "other"),),
    InstanceStatus.TAINTED,
    protected=True,
    create_before_destroy=True,
    backend="simulated.lab",
)
INTENT = Intent(
    "i-1",
    1,
    RELAY.address,
    IntentVerb.CREATE,
    None,
    "Relay",
    {"name": "Relay", "credential": Sealed("u", "scrypt$x")},
    (Handle("stranger"),),
    frozenset({"name"}),
    (Address("send_connector", "other"),),
    protected=True,
    create_before_destroy=True,
    backend="simulated.lab",
    deposed="d0",
)


@pytest.fixture(params=["sqlite", "postgres"])
def opened(request, tmp_path: Path) -> Callable[..., Store]:
    in_file = request.param == "sqlite"
    url = "sqlite:///.reconciler/state.db" if in_file else request.getfixturevalue("postgres_url")
    key = None if in_file else Passphrase("horse")
    return lambda workspace="default": open_store(url, workspace, root=tmp_path, key=key)


@pytest.fixture
def store(opened) -> Store:
    return opened()


def put(store: Store, lease: Lease, run: int, instance: Instance, intent: str = "") -> None:
    outcome = Settled(intent, str(instance.address), None, instance, instance.deposed)
    store.settle(lease, run, [outcome])


def filled(store: Store, *instances: Instance) -> None:
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        for instance in instances:
            put(store, lease, run, instance)
        store.finish(lease, run, RunStatus.DONE)


def test_an_absent_database_is_the_empty_state_and_stays_absent(store, tmp_path):
    store.check()
    assert store.read() == State()
    assert not list(store.runs())
    assert not list(tmp_path.iterdir())


def test_an_instance_comes_back_as_it_was_stored_with_the_next_version(store):
    filled(store, RELAY)
    assert store.read().instances == (replace(RELAY, version=1),)


def test_storing_again_counts_the_version_up(store):
    filled(store, RELAY, replace(RELAY, handle=Handle("guid-2")))
    assert [(i.handle, i.version) for i in store.read().instances] == [("guid-2", 2)]


def test_versions_never_repeat_even_after_a_removal(store):
    filled(store, RELAY)
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        store.settle(lease, run, [Settled("", str(RELAY.address), RELAY, None)])
        assert store.read().instances == ()
        put(store, lease, run, RELAY)
    assert store.read().instances[0].version == 2


def test_an_intent_comes_back_as_it_was_written_until_it_is_settled(store):
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        store.intend(lease, [INTENT])
        assert store.read().intents == (INTENT,)
        put(store, lease, run, RELAY, intent="i-1")
    assert store.read().intents == ()


def test_an_open_intent_is_never_overwritten(store):
    with store.lease(ANN, 0) as lease:
        store.intend(lease, [INTENT])
        with pytest.raises(ReconcilerError) as refusal:
            store.intend(lease, [replace(INTENT, identity="Other")])
        assert refusal.value.diagnostics[0].code == "intent-open"
    assert store.read().intents == (INTENT,)


def test_intents_outlive_the_run_that_wrote_them(store, opened):
    with store.lease(ANN, 0) as lease:
        store.intend(lease, [INTENT])
    with store.lease(BOB, 0) as lease:
        assert opened().read().intents == (INTENT,)
        store.settle(lease, store.begin(lease, RUN), [Settled("i-1", "", None, None)])
        assert opened().read().intents == ()


def test_an_object_can_become_deposed_beside_its_successor(store):
    filled(store, RELAY)
    new, old = replace(RELAY, handle=Handle("guid-2")), replace(RELAY, deposed="d1")
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        store.settle(lease, run, [Settled("", str(RELAY.address), RELAY, x) for x in (old, new)])
    handles = {i.deposed: i.handle for i in store.read().instances}
    assert handles == {"": "guid-2", "d1": "guid-1"}


def test_a_moved_object_leaves_nothing_behind(store):
    filled(store, RELAY)
    moved = replace(RELAY, address=Address("send_connector", "moved"))
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        store.settle(lease, run, [Settled("", str(RELAY.address), RELAY, moved)])
    assert [str(i.address) for i in store.read().instances] == ["send_connector.moved"]


def test_outputs_that_are_not_named_stay_and_none_takes_one_away(store):
    first = {"a": Output("x", "string"), "b": Output([1, 2], ["list", "number"], sensitive=True)}
    second = {"b": Output(None, "string"), "c": Output(1, "number")}
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        store.set_outputs(lease, run, first)
        assert store.read().outputs == first
        store.set_outputs(lease, run, second)
        assert store.read().outputs == {"a": first["a"], **second}
        store.set_outputs(lease, run, {"a": None, "c": None})
    assert store.read().outputs == {"b": Output(None, "string")}


def test_the_serial_grows_with_every_change_of_state_and_only_then(store):
    serials = []
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        serials.append(store.read().serial)
        store.intend(lease, [INTENT])
        serials.append(store.read().serial)
        put(store, lease, run, RELAY, intent="i-1")
        serials.append(store.read().serial)
        store.set_outputs(lease, run, {"a": Output("x", "string")})
        store.set_outputs(lease, run, {"a": Output("x", "string")})
        store.finish(lease, run, RunStatus.DONE)
    assert [*serials, store.read().serial] == [0, 1, 2, 3]


def test_the_lineage_is_kept_for_ever_and_is_another_in_each_workspace(store, opened):
    filled(store, RELAY)
    first = store.read().lineage
    filled(store, replace(RELAY, status=InstanceStatus.READY))
    filled(opened("lab"), RELAY)
    assert store.read().lineage == first != opened("lab").read().lineage


def test_workspaces_do_not_see_each_other(store, opened):
    filled(store, RELAY)
    assert opened("lab").read() == State()
    assert not list(opened("lab").runs())


def test_runs_are_remembered_in_order_with_how_they_ended(store):
    filled(store, RELAY)
    with store.lease(BOB, 0) as lease:
        number = store.begin(lease, replace(RUN, command="destroy", message="🙂"))
        store.finish(lease, number, RunStatus.PARTIAL)
    runs = [(run.id, run.command, run.message, run.status) for run in store.runs()]
    assert runs == [(1, "apply", "why", RunStatus.DONE), (2, "destroy", "🙂", RunStatus.PARTIAL)]


def test_any_bytes_may_stand_in_a_name_or_a_message(store):
    odd = "caf\udce9 \x1b[31m\0 \ud83d"
    with store.lease(replace(ANN, user=odd, what=odd), 0) as lease:
        run = store.begin(lease, replace(RUN, message=odd, user=odd))
        assert "caf" in store.leases()[0].holder.user
        store.finish(lease, run, RunStatus.DONE)
    [found] = store.runs()
    assert found.message == "caf\\udce9 \x1b[31m\\0 \\ud83d"
    assert list(store.history()) == []


def test_a_run_that_died_is_known_as_interrupted_once_another_begins(store):
    with store.lease(ANN, 0) as lease:
        store.begin(lease, RUN)
    with store.lease(BOB, 0) as lease:
        store.begin(lease, RUN)
    assert [run.status for run in store.runs()] == [RunStatus.INTERRUPTED, RunStatus.RUNNING]


def test_the_history_holds_each_object_before_and_after(store):
    changed = replace(RELAY, handle=Handle("guid-2"))
    filled(store, RELAY, changed)
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        store.settle(lease, run, [Settled("", str(RELAY.address), changed, None)])
    one, two = replace(RELAY, version=1), replace(changed, version=2)
    assert [(p.before, p.after) for p in store.history()] == [(None, one), (one, two), (two, None)]
    assert [p.run for p in store.history(2)] == [2]


def test_the_history_holds_each_output_before_and_after(store):
    one, two = Output("a", "string"), Output("b", "string", sensitive=True)
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        for output in (one, two, None):
            store.set_outputs(lease, run, {"name": output})
    told = [(p.run, p.name, p.before, p.after) for p in store.past_outputs()]
    sides = [(None, one), (one, two), (two, None)]
    assert told == [(1, "name", before, after) for before, after in sides]
    assert not list(store.past_outputs(2))


def test_an_audit_counts_what_it_compared(store):
    assert store.audit() == Audit(0, 0, 0)
    filled(store, RELAY, replace(RELAY, handle=Handle("guid-2")))
    with store.lease(ANN, 0) as lease:
        store.set_outputs(lease, store.begin(lease, RUN), {"name": Output("a", "string")})
    assert store.audit() == Audit(6, 2, 2)


def test_of_two_runs_the_second_is_told_who_holds_the_state(store, opened):
    with store.lease(ANN, 0), pytest.raises(ReconcilerError) as refusal, opened().lease(BOB, 0):
        pass
    (diagnostic,) = refusal.value.diagnostics
    assert diagnostic.code == "state-locked"
    for fact in ("ann", "host-a", "process 1", "apply", "2026-01-01T00:00:00Z"):
        assert fact in diagnostic.detail


def test_the_fence_grows_with_every_lease(store):
    fences = []
    for holder in (ANN, BOB, ANN):
        with store.lease(holder, 0) as lease:
            fences.append(lease.fence)
    assert fences == [1, 2, 3]


def test_a_lease_that_ended_writes_no_more(store):
    with store.lease(ANN, 0) as lease:
        pass
    with pytest.raises(ReconcilerError) as refusal:
        store.intend(lease, [INTENT])
    assert refusal.value.diagnostics[0].code == "lease-lost"
    assert store.read().intents == ()


def test_readers_see_the_last_commit_while_another_run_works(store, opened):
    with store.lease(ANN, 0) as lease:
        store.intend(lease, [INTENT])
        opened().check()
        assert opened().read().intents == (INTENT,)


def test_a_failing_batch_leaves_nothing_of_itself(store):
    with store.lease(ANN, 0) as lease:
        with pytest.raises(ReconcilerError):
            store.intend(lease, [replace(INTENT, id="new"), INTENT, INTENT])
        assert store.read().intents == ()
