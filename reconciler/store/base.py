"""The port to remembered state. Knows nothing of SQL."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from typing import Protocol, TypeAlias

from reconciler.model.record import dataclass
from reconciler.model.state import Instance, Intent, Output, State
from reconciler.store.keys import Key


@dataclass(frozen=True, slots=True)
class Holder:
    """Who works on a workspace. `process` is the pid, `started` an ISO time in UTC,
    `boot` identifies the host's boot and the process's start, so that a reused pid is seen.
    """

    user: str
    host: str
    process: int
    what: str
    started: str
    boot: str = ""


Scope: TypeAlias = frozenset[str] | None
"""The addresses that a run may touch; None for everything."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to write. `fence` grows with every acquisition and is checked in every write;
    `dead` held it before and never gave it back.
    """

    holder: Holder
    fence: int = 0
    scope: Scope = None
    dead: tuple[Holder, ...] = ()


class RunStatus(StrEnum):
    RUNNING = "running"
    DONE = "done"
    PARTIAL = "partial"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Run:
    """One apply, destroy, import or undo. `id` is 0 before it is stored."""

    id: int
    command: str
    user: str
    host: str
    message: str
    plan_digest: str
    started: str
    finished: str = ""
    status: RunStatus = RunStatus.RUNNING


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcome of one step, or of an intent found open: `after` None removes the row.

    `intent` is "" where no backend call was involved. `address` and `deposed` name the row.
    """

    intent: str
    address: str
    before: Instance | None
    after: Instance | None
    deposed: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """One object's change by one run: `before` None for a creation, `after` None for a removal.

    `serial` is the state's after the change; `intent` is "" where no backend call was involved.
    """

    run: int
    serial: int
    address: str
    deposed: str
    intent: str
    before: Instance | None
    after: Instance | None


@dataclass(frozen=True, slots=True)
class PastOutput:
    """One output's change by one run; otherwise as `Past`."""

    run: int
    serial: int
    name: str
    before: Output | None
    after: Output | None


@dataclass(frozen=True, slots=True)
class Audit:
    """How much was compared and found to be as it was written."""

    lines: int
    runs: int
    rows: int


class Store(Protocol):
    """State of one workspace. Readers neither block nor write. Every write names its lease;
    one that was lost raises ReconcilerError `lease-lost` and writes nothing.
    """

    def read(self, lease: Lease | None = None) -> State:
        """A consistent snapshot. An absent database is the empty state, and stays absent. Under a
        `lease`, without the intents of other runs that are at work.
        """
        ...

    def check(self) -> None:
        """Raises where the database could not be written (read-only, foreign, newer, full)."""
        ...

    def check_key(self) -> None:
        """Raises where a sensitive value could not be sealed: no key, or not the state's."""
        ...

    def lease(
        self, holder: Holder, wait: float, scope: Scope = None
    ) -> AbstractContextManager[Lease]:
        """Held, and kept alive by a heartbeat, until the block ends. Makes the database at
        first need. Raises ReconcilerError `state-locked` naming the holder after `wait` s.
        """
        ...

    def leases(self) -> tuple[Lease, ...]:
        """Those that were not given back, oldest first."""
        ...

    def unlock(self, fence: int) -> bool:
        """Takes a lease away from whoever holds it; whether there was one."""
        ...

    def begin(self, lease: Lease, run: Run) -> int: ...

    def intend(self, lease: Lease, intents: Sequence[Intent]) -> None:
        """Durable when it returns; one commit for all."""
        ...

    def settle(self, lease: Lease, run: int, outcomes: Sequence[Settled]) -> None:
        """Durable when it returns; one commit for all; closes the intents and writes history.
        Stored rows get version + 1.
        """
        ...

    def set_outputs(self, lease: Lease, run: int, outputs: Mapping[str, Output | None]) -> None:
        """Those that are not named stay; None takes one away."""
        ...

    def finish(self, lease: Lease, run: int, status: RunStatus) -> None: ...

    def rekey(self, lease: Lease, key: Key) -> int:
        """Seals everything anew with `key`, in all workspaces that share the one of before: how
        many values' rows. Raises ReconcilerError where another run works in one of them.
        """
        ...

    def runs(self) -> Iterator[Run]:
        """Oldest first."""
        ...

    def history(self, run: int | None = None) -> Iterator[Past]:
        """What runs did to objects, oldest first; of one run where it is given. Raises
        ReconcilerError `state-damaged` where it is not what was written.
        """
        ...

    def past_outputs(self, run: int | None = None) -> Iterator[PastOutput]:
        """What runs did to outputs; otherwise as `history`."""
        ...

    def audit(self) -> Audit:
        """Compares every line of the history with the one before it, and runs and rows with what
        the history says of them. Raises ReconcilerError `state-damaged` naming what differs.
        """
        ...

    def close(self) -> None: ...
