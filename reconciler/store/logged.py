"""A store that tells of every transaction and how long it took: waiting for others included."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from time import monotonic

from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.log import Level, Log
from reconciler.model.state import Intent, Output, State
from reconciler.store.base import (
    Audit,
    Holder,
    Lease,
    Past,
    PastOutput,
    Run,
    RunStatus,
    Scope,
    Settled,
    Store,
)
from reconciler.store.keys import Key


class LoggedStore:
    def __init__(self, inner: Store, log: Log) -> None:
        self._inner = inner
        self._log = log

    def read(self, lease: Lease | None = None) -> State:
        with self._timed("read"):
            return self._inner.read(lease)

    def check(self) -> None:
        with self._timed("check"):
            self._inner.check()

    def check_key(self) -> None:
        self._inner.check_key()

    @contextmanager
    def lease(self, holder: Holder, wait: float, scope: Scope = None) -> Iterator[Lease]:
        with ExitStack() as stack:
            with self._timed(f"lease, waiting at most {wait:g} s"):
                held = stack.enter_context(self._inner.lease(holder, wait, scope))
            yield held
        self._log(Level.DEBUG, "store", "lease given back")

    def leases(self) -> tuple[Lease, ...]:
        return self._inner.leases()

    def unlock(self, fence: int) -> bool:
        with self._timed(f"unlock {fence}"):
            return self._inner.unlock(fence)

    def begin(self, lease: Lease, run: Run) -> int:
        with self._timed("begin of a run"):
            return self._inner.begin(lease, run)

    def intend(self, lease: Lease, intents: Sequence[Intent]) -> None:
        with self._timed(f"intents of {', '.join(one.id for one in intents)}"):
            self._inner.intend(lease, intents)

    def settle(self, lease: Lease, run: int, outcomes: Sequence[Settled]) -> None:
        with self._timed(f"outcomes of {', '.join(one.address for one in outcomes)}"):
            self._inner.settle(lease, run, outcomes)

    def set_outputs(self, lease: Lease, run: int, outputs: Mapping[str, Output | None]) -> None:
        with self._timed("outputs"):
            self._inner.set_outputs(lease, run, outputs)

    def finish(self, lease: Lease, run: int, status: RunStatus) -> None:
        with self._timed(f"end of run {run}: {status.value}"):
            self._inner.finish(lease, run, status)

    def rekey(self, lease: Lease, key: Key) -> int:
        with self._timed("rekey"):
            return self._inner.rekey(lease, key)

    def runs(self) -> Iterator[Run]:
        return self._inner.runs()

    def history(self, run: int | None = None) -> Iterator[Past]:
        return self._inner.history(run)

    def past_outputs(self, run: int | None = None) -> Iterator[PastOutput]:
        return self._inner.past_outputs(run)

    def audit(self) -> Audit:
        with self._timed("audit"):
            return self._inner.audit()

    def close(self) -> None:
        self._inner.close()

    @contextmanager
    def _timed(self, what: str) -> Iterator[None]:
        started = monotonic()
        try:
            yield
        except ReconcilerError as failure:
            code = failure.diagnostics[0].code
            self._log(Level.ERROR, "store", f"{what}: {code} after {_since(started)}")
            raise
        self._log(Level.DEBUG, "store", f"{what}: {_since(started)}")


def _since(started: float) -> str:
    return f"{monotonic() - started:.3f} s"
