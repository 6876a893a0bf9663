"""State told of what was accepted, as a run of its own, so that it is no drift any more."""

from collections.abc import Collection
from dataclasses import replace

from reconciler.app.accept_case import Case
from reconciler.app.clock import now
from reconciler.model.state import Instance
from reconciler.store.base import Lease, Run, RunStatus, Settled, Store
from reconciler.store.process import this_process


def record(store: Store, lease: Lease, found: Case, names: Collection[str]) -> None:
    """`names` have in state what they have in Exchange; with the last of them all of the object.
    An object that has not taken its new address yet is left to the next apply.
    """
    row = next((i for i in store.read(lease).instances if _is_same(i, found.row)), None)
    if row is None or not names:
        return
    holder = this_process("drift accept")
    number = store.begin(
        lease, Run(0, holder.what, holder.user, holder.host, "", "", started=now())
    )
    store.settle(lease, number, [Settled("", str(row.address), row, _after(row, found, names))])
    store.finish(lease, number, RunStatus.DONE)


def _is_same(one: Instance, row: Instance) -> bool:
    return (one.address, one.handle, one.deposed) == (row.address, row.handle, row.deposed)


def _after(row: Instance, found: Case, names: Collection[str]) -> Instance:
    if found.drifted <= frozenset(names):
        return replace(row, values=found.now)
    return replace(row, values={**row.values, **{name: found.now.get(name) for name in names}})
