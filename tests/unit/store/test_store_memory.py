"""The store of runs whose state nobody keeps."""

import pytest

from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import Handle, Instance, Intent, IntentVerb, Output
from reconciler.store.base import Holder, Run, RunStatus, Settled
from reconciler.store.memory import MemoryStore

ANN = Holder("ann", "host", 1, "test", "2026-01-01T00:00:00Z")
RUN = Run(0, "test", "ann", "host", "", "", "2026-01-01T00:00:00Z")
RELAY = Instance(Address("send_connector", "relay"), Handle("guid-1"), {"name": "Relay"})
INTENT = Intent("i", 1, RELAY.address, IntentVerb.CREATE, None, "Relay", {"name": "Relay"})


def settle(store, lease, *outcomes):
    run = store.begin(lease, RUN)
    store.settle(lease, run, outcomes)
    return run


def test_what_is_settled_is_remembered_and_counted():
    store = MemoryStore()
    with store.lease(ANN, 0) as lease:
        store.intend(lease, [INTENT])
        assert store.read().intents == (INTENT,)
        settle(store, lease, Settled("i", str(RELAY.address), None, RELAY))
        settle(store, lease, Settled("", str(RELAY.address), RELAY, RELAY))
    state = store.read()
    assert state.intents == ()
    assert [(row.handle, row.version) for row in state.instances] == [("guid-1", 2)]


def test_what_is_gone_is_forgotten_and_stays_in_history():
    store = MemoryStore()
    with store.lease(ANN, 0) as lease:
        settle(store, lease, Settled("", str(RELAY.address), None, RELAY))
        second = settle(store, lease, Settled("", str(RELAY.address), RELAY, None))
        store.finish(lease, second, RunStatus.DONE)
    assert store.read().instances == ()
    assert [(past.run, past.after is None) for past in store.history()] == [(1, False), (2, True)]
    assert [past.run for past in store.history(2)] == [2]
    assert [run.status for run in store.runs()] == [RunStatus.RUNNING, RunStatus.DONE]


def test_it_begins_where_another_ended():
    store = MemoryStore()
    with store.lease(ANN, 0) as lease:
        settle(store, lease, Settled("", str(RELAY.address), None, RELAY))
        store.set_outputs(lease, 1, {"x": Output("1", "string")})
    assert MemoryStore(store.read()).read() == store.read()


def test_only_the_last_lease_writes():
    store = MemoryStore()
    with store.lease(ANN, 0) as old, store.lease(ANN, 0):
        with pytest.raises(ReconcilerError) as caught:
            store.begin(old, RUN)
        assert caught.value.diagnostics[0].code == "lease-lost"
