"""What every store promises of the right to write, whatever database lies beneath."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import Handle, Instance, Intent, IntentVerb
from reconciler.store.base import Holder, Lease, Run, RunStatus, Settled, Store
from reconciler.store.lease import Ports, Timing
from reconciler.store.sql import open_store

ANN = Holder("ann", "host-a", 1, "apply", "2026-01-01T00:00:00Z")
BOB = Holder("bob", "host-b", 2, "destroy", "2026-01-01T00:00:01Z")
RUN = Run(0, "apply", "ann", "host-a", "why", "digest", "2026-01-01T00:00:00Z")
UNSURE = Ports(alive=lambda _holder: None)
A, B = (Address("send_connector", name) for name in "ab")


@pytest.fixture(params=["sqlite", "postgres"])
def opened(request, tmp_path: Path) -> Callable[..., Store]:
    in_file = request.param == "sqlite"
    url = "sqlite:///.reconciler/state.db" if in_file else request.getfixturevalue("postgres_url")
    return lambda **given: open_store(url, root=tmp_path, **given)


def scope(*addresses: Address) -> frozenset[str]:
    return frozenset(map(str, addresses))


def intent(name: str, run: int, address: Address) -> Intent:
    return Intent(name, run, address, IntentVerb.CREATE, None, name, {"name": name})


def code(refusal) -> str:
    return refusal.value.diagnostics[0].code


def test_runs_on_different_objects_work_at_once(opened):
    first, second = opened(), opened()
    with first.lease(ANN, 0, scope(A)) as one, second.lease(BOB, 0, scope(B)) as two:
        for store, lease, address in ((first, one, A), (second, two, B)):
            run = store.begin(lease, RUN)
            made = Instance(address, Handle(address.name), {})
            store.settle(lease, run, [Settled("", str(address), None, made)])
            store.finish(lease, run, RunStatus.DONE)
    assert [str(i.address) for i in opened().read().instances] == [str(A), str(B)]
    assert [run.status for run in opened().runs()] == [RunStatus.DONE, RunStatus.DONE]


@pytest.mark.parametrize("wanted", [scope(A, B), None])
def test_runs_on_the_same_object_exclude_each_other(opened, wanted):
    with (
        opened().lease(ANN, 0, scope(A)),
        pytest.raises(ReconcilerError) as refusal,
        opened().lease(BOB, 0, wanted),
    ):
        pass
    assert code(refusal) == "state-locked"


def test_whoever_works_on_everything_excludes_all_others(opened):
    with (
        opened().lease(ANN, 0),
        pytest.raises(ReconcilerError) as refusal,
        opened().lease(BOB, 0, scope(B)),
    ):
        pass
    assert "ann on host-a" in refusal.value.diagnostics[0].detail


def test_a_run_does_not_see_the_open_calls_of_runs_at_work(opened):
    first, second = opened(), opened()
    with first.lease(ANN, 0, scope(A)) as one:
        run = first.begin(one, RUN)
        first.intend(one, [intent("call", run, A)])
        with second.lease(BOB, 0, scope(B)) as two:
            assert second.read(two).intents == ()
            assert len(second.read().intents) == 1
    with opened().lease(BOB, 0) as late:
        assert len(opened().read(late).intents) == 1


def test_a_run_at_work_is_not_taken_for_dead(opened):
    first, second = opened(), opened()
    with first.lease(ANN, 0, scope(A)) as one, second.lease(BOB, 0, scope(B)) as two:
        first.begin(one, RUN)
        second.begin(two, RUN)
        assert [run.status for run in opened().runs()] == [RunStatus.RUNNING] * 2


def test_leases_name_their_holders_while_they_last(opened):
    assert opened().leases() == ()
    with opened().lease(ANN, 0, scope(A)) as lease:
        assert opened().leases() == (replace(lease, dead=()),)
    assert opened().leases() == ()


def test_a_lease_that_was_taken_away_writes_nothing_more(opened):
    store = opened()
    with store.lease(ANN, 0) as lease:
        assert opened().unlock(lease.fence)
        with pytest.raises(ReconcilerError) as refusal:
            store.begin(lease, RUN)
        with opened().lease(BOB, 0) as other:
            assert other.fence > lease.fence
    assert code(refusal) == "lease-lost"


def test_a_lease_that_is_not_there_cannot_be_taken_away(opened):
    assert not opened().unlock(1)
    with opened().lease(ANN, 0) as lease:
        assert not opened().unlock(lease.fence + 1)


def test_whoever_comes_after_a_silent_holder_learns_of_it_and_the_silent_one_writes_no_more(
    opened,
):
    silent = opened(ports=UNSURE, timing=Timing(beat=3600, expiry=0))
    with silent.lease(ANN, 0) as lost:
        with opened(ports=UNSURE).lease(BOB, 0) as lease:
            assert lease == Lease(BOB, lost.fence + 1, None, (ANN,))
            with pytest.raises(ReconcilerError) as refusal:
                silent.begin(lost, RUN)
        assert code(refusal) == "lease-lost"
    assert list(opened().runs()) == []


def test_a_holder_whose_process_is_gone_loses_the_lease_at_once(opened):
    dead = Ports(alive=lambda holder: holder != ANN)
    with opened().lease(ANN, 0), opened(ports=dead).lease(BOB, 0) as lease:
        assert lease.dead == (ANN,)
