"""A store that tells of every transaction and how long it took: waiting for others included.

Names of objects are told and codes of refusals, never what an object holds.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from time import monotonic

from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.log import Level, Log
from reconciler.model.state import Intent, Output, State
from reconciler.store.amending import Amendment, Record
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
)
from reconciler.store.document import Pulled
from reconciler.store.keys import Key


class LoggedStore:
    def __init__(self, inner: Record, log: Log) -> None:
        self._inner = inner
        self._log = log

    def read(self, lease: Lease | None = None) -> State:
        with self._timed("read"):
            return self._inner.read(lease)

    def check(self) -> None:
        with self._timed("check"):
            self._inner.check()

    def check_key(self) -> None:
        with self._timed("check of the key"):
            self._inner.check_key()

    @contextmanager
    def lease(self, holder: Holder, wait: float, scope: Scope = None) -> Iterator[Lease]:
        with ExitStack() as stack:
            with self._timed(f"lease, waiting at most {wait:g} s"):
                held = stack.enter_context(self._inner.lease(holder, wait, scope))
            yield held
        self._log(Level.DEBUG, "store", "lease given back")

    def leases(self) -> tuple[Lease, ...]:
        with self._timed("leases"):
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

    def amend(self, lease: Lease, run: Run, amendment: Amendment) -> int:
        names = [one.address for one in amendment.outcomes]
        names += [f"output.{name}" for name in amendment.outputs]
        with self._timed(f"amendment of {', '.join(names)}"):
            return self._inner.amend(lease, run, amendment)

    def finish(self, lease: Lease, run: int, status: RunStatus) -> None:
        with self._timed(f"end of run {run}: {status.value}"):
            self._inner.finish(lease, run, status)

    def rekey(self, lease: Lease, key: Key) -> int:
        with self._timed("rekey"):
            return self._inner.rekey(lease, key)

    def pull(self) -> str:
        with self._timed("pull"):
            return self._inner.pull()

    def opened(self, content: bytes) -> Pulled:
        with self._timed("document"):
            return self._inner.opened(content)

    # What these yield is read at once.

    def runs(self) -> Iterator[Run]:
        with self._timed("runs"):
            return self._inner.runs()

    def history(self, run: int | None = None) -> Iterator[Past]:
        with self._timed("history"):
            return self._inner.history(run)

    def past_outputs(self, run: int | None = None) -> Iterator[PastOutput]:
        with self._timed("history of outputs"):
            return self._inner.past_outputs(run)

    def audit(self) -> Audit:
        with self._timed("audit"):
            return self._inner.audit()

    def close(self) -> None:
        self._inner.close()

    def _timed(self, what: str) -> AbstractContextManager[None]:
        return timed(self._log, what)


@contextmanager
def timed(log: Log | None, what: str) -> Iterator[None]:
    """Tells how long the block took, or with which code it was refused."""
    started = monotonic()
    try:
        yield
    except ReconcilerError as failure:
        _tell(log, Level.ERROR, f"{what}: {failure.diagnostics[0].code} after {_since(started)}")
        raise
    _tell(log, Level.DEBUG, f"{what}: {_since(started)}")


def _tell(log: Log | None, level: Level, text: str) -> None:
    if log is not None:
        log(level, "store", text)


def _since(started: float) -> str:
    return f"{monotonic() - started:.3f} s"
