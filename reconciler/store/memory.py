"""A store that lives as long as the process: for runs whose state nobody wants to keep.

Nothing is written anywhere, so that secrets need no seal and commits cost nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from reconciler.model.state import Instance, Intent, Output, State
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
from reconciler.store.keys import Key
from reconciler.store.refusals import refused

_Row = tuple[str, str]


class MemoryStore:
    """Begins with `state`. For one thread."""

    def __init__(self, state: State | None = None) -> None:
        start = state or State("memory")
        self._lineage, self._serial = start.lineage, start.serial
        self._rows: dict[_Row, Instance] = {
            (str(i.address), i.deposed): i for i in start.instances
        }
        self._intents: dict[str, Intent] = {intent.id: intent for intent in start.intents}
        self._outputs = dict(start.outputs)
        self._runs: list[Run] = []
        self._past: list[Past] = []
        self._past_outputs: list[PastOutput] = []
        self._fence = 0

    def read(self, lease: Lease | None = None) -> State:
        del lease
        rows, intents = tuple(self._rows.values()), tuple(self._intents.values())
        return State(self._lineage, self._serial, rows, dict(self._outputs), intents)

    def check(self) -> None:
        """There is nothing that could not be written."""

    def check_key(self) -> None:
        """Nothing is written, and so nothing sealed."""

    @contextmanager
    def lease(self, holder: Holder, wait: float, scope: Scope = None) -> Iterator[Lease]:
        """Nobody else can ask for it."""
        del wait
        self._fence += 1
        yield Lease(holder, self._fence, scope)

    def leases(self) -> tuple[Lease, ...]:
        return ()

    def unlock(self, fence: int) -> bool:
        """Whoever asks holds nothing."""
        del fence
        return False

    def begin(self, lease: Lease, run: Run) -> int:
        self._prove(lease)
        self._runs.append(replace(run, id=len(self._runs) + 1))
        return len(self._runs)

    def intend(self, lease: Lease, intents: Sequence[Intent]) -> None:
        self._prove(lease)
        self._intents.update((intent.id, intent) for intent in intents)
        self._serial += 1

    def settle(self, lease: Lease, run: int, outcomes: Sequence[Settled]) -> None:
        self._prove(lease)
        self._serial += 1
        for outcome in outcomes:
            self._intents.pop(outcome.intent, None)
            before = self._rows.pop((outcome.address, outcome.deposed), None)
            after = outcome.after
            if after is not None:
                after = replace(after, version=1 if before is None else before.version + 1)
                self._rows[str(after.address), after.deposed] = after
            about = (outcome.address, outcome.deposed, outcome.intent)
            self._past.append(Past(run, self._serial, *about, before, after))

    def set_outputs(self, lease: Lease, run: int, outputs: Mapping[str, Output | None]) -> None:
        self._prove(lease)
        before, after = self._outputs, {**self._outputs, **outputs}
        self._outputs = {name: output for name, output in after.items() if output is not None}
        self._serial += before != self._outputs
        for name, output in outputs.items():
            if before.get(name) != output:
                past = PastOutput(run, self._serial, name, before.get(name), output)
                self._past_outputs.append(past)

    def finish(self, lease: Lease, run: int, status: RunStatus) -> None:
        self._prove(lease)
        self._runs[run - 1] = replace(self._runs[run - 1], status=status)

    def rekey(self, lease: Lease, key: Key) -> int:
        """Nothing is sealed."""
        del key
        self._prove(lease)
        return 0

    def runs(self) -> Iterator[Run]:
        return iter(tuple(self._runs))

    def history(self, run: int | None = None) -> Iterator[Past]:
        return (past for past in tuple(self._past) if run in (None, past.run))

    def past_outputs(self, run: int | None = None) -> Iterator[PastOutput]:
        return (past for past in tuple(self._past_outputs) if run in (None, past.run))

    def audit(self) -> Audit:
        """Nothing is written down that could differ."""
        lines = len(self._past) + len(self._past_outputs)
        return Audit(lines, len(self._runs), len(self._rows) + len(self._outputs))

    def close(self) -> None:
        """Nothing is open."""

    def _prove(self, lease: Lease) -> None:
        if lease.fence != self._fence:
            raise refused("lease-lost", reason="Another one was given since.")
