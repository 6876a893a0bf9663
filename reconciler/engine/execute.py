"""Carries out the steps of a plan, several at once, and journals each before and after.

The calling thread alone writes to the store and emits events; workers only talk to backends.
Intents and outcomes are committed in batches: whatever is ready together goes down together.
"""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from threading import Event as Flag
from threading import Thread
from time import monotonic

from reconciler.backends.base import Backend, Found
from reconciler.engine.carry import Errand, Patience, StepError, carry_out
from reconciler.engine.recover import deposed_key
from reconciler.model.address import Address
from reconciler.model.diagnostic import Diagnostic, ReconcilerError
from reconciler.model.event import (
    Event,
    StepDone,
    StepFailed,
    StepRetried,
    StepSkipped,
    StepStarted,
    Tally,
)
from reconciler.model.plan import Step, Verb
from reconciler.model.state import Handle, Instance, Intent, IntentVerb, State
from reconciler.model.values import UNKNOWN, Canonical, Secret, Values
from reconciler.schema.resource_type import ResourceType
from reconciler.store.base import Lease, Settled, Store

CALLS = (Verb.CREATE, Verb.UPDATE, Verb.DELETE)
AHEAD = 4
"""Steps under way per worker: while some wait for their commit, workers have work."""
GLANCE = 0.5
"""Seconds between looks at the stop flag where a signal does not wake the wait."""


@dataclass(slots=True)
class Stop:
    """Set by the first signal (`gently`), and by the second (`now`)."""

    gently: Flag = field(default_factory=Flag)
    now: Flag = field(default_factory=Flag)


@dataclass(frozen=True, slots=True)
class Journal:
    """The right to write, and where."""

    store: Store
    lease: Lease
    run: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A step whose deferred values and secrets are filled in: `values` in the open."""

    step: Step
    values: Values


@dataclass(frozen=True, slots=True)
class Ports:
    """What execution needs of the world. `prepare` fills in a step just before its call, from
    the rows so far; `confirm` checks postconditions of the row that came of it.
    """

    backends: Mapping[str, Backend]
    types: Mapping[str, ResourceType]
    prepare: Callable[[Step, "Rows"], Prepared]
    confirm: Callable[[Step, Instance], Sequence[Diagnostic]]
    emit: Callable[[Event], None]
    stop: Stop
    parallelism: int = 10


class Rows:
    """The instances as they stand, by address and deposed key, while steps change them."""

    def __init__(self, state: State) -> None:
        self._rows = {(i.address, i.deposed): i for i in state.instances}

    def get(self, address: Address, deposed: str = "") -> Instance | None:
        return self._rows.get((address, deposed))

    def put(self, address: Address, deposed: str, row: Instance | None) -> None:
        if row is None:
            self._rows.pop((address, deposed), None)
        else:
            self._rows[address, deposed] = row

    def all(self) -> tuple[Instance, ...]:
        return tuple(self._rows.values())


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended: counts, problems in plan order, and the rows as they are now."""

    tally: Tally
    problems: tuple[Diagnostic, ...]
    rows: Rows


@dataclass(frozen=True, slots=True)
class _Answer:
    """From a worker: the step's end, or news on the way to it (`started`, `retry`).

    `dropped`: the run is stopping and the call was never made.
    """

    step: Step
    seconds: float = 0.0
    found: Found | None = None
    failure: StepError | None = None
    crash: BaseException | None = None
    retry: tuple[int, float, str] | None = None
    started: bool = False
    dropped: bool = False


def execute(steps: Sequence[Step], state: State, ports: Ports, journal: Journal) -> Report:
    """Carries out all that can be; what needs a failed step is skipped. Raises ReconcilerError
    only where the store fails: then no further call goes out.
    """
    return _Execution(steps, state, ports, journal).run()


class _Execution:
    def __init__(
        self, steps: Sequence[Step], state: State, ports: Ports, journal: Journal
    ) -> None:
        self._steps = {step.id: step for step in steps}
        self._ports = ports
        self._journal = journal
        self._rows = Rows(state)
        self._waiting = {step.id: len(step.needs) for step in steps}
        self._followers: dict[str, list[str]] = {step.id: [] for step in steps}
        for step in steps:
            for need in step.needs:
                self._followers[need].append(step.id)
        self._ready = deque(step.id for step in steps if not step.needs)
        self._work: SimpleQueue[Errand | None] = SimpleQueue()
        self._answers: SimpleQueue[_Answer] = SimpleQueue()
        self._running: dict[str, Intent] = {}
        self._ended: dict[str, str] = {}
        self._problems: dict[str, tuple[Diagnostic, ...]] = {}

    def run(self) -> Report:
        workers = self._hire()
        try:
            while self._ready or self._running:
                self._start()
                if self._running:
                    self._collect()
                elif self._ports.stop.gently.is_set():
                    break
        finally:
            for _ in workers:
                self._work.put(None)
        problems = tuple(p for i in self._steps for p in self._problems.get(i, ()))
        return Report(self._tally(), problems, self._rows)

    def _hire(self) -> list[Thread]:
        calls = sum(step.verb in CALLS for step in self._steps.values())
        allowed = min((b.capabilities.parallel for b in self._ports.backends.values()), default=1)
        number = max(1, min(self._ports.parallelism, allowed, calls)) if calls else 0
        workers = [Thread(target=self._labour, daemon=True) for _ in range(number)]
        for worker in workers:
            worker.start()
        return workers

    def _labour(self) -> None:
        while (errand := self._work.get()) is not None:
            self._answers.put(self._attempt(errand))

    def _attempt(self, errand: Errand) -> _Answer:
        step, began = errand.step, monotonic()
        if self._ports.stop.gently.is_set():
            return _Answer(step, dropped=True)
        self._answers.put(_Answer(step, started=True))
        patience = Patience(
            lambda seconds: not self._ports.stop.gently.wait(seconds),
            lambda *news: self._answers.put(_Answer(step, retry=news)),
        )
        try:
            found = carry_out(errand, patience)
        except StepError as failure:
            return _Answer(step, monotonic() - began, failure.found, failure)
        except Exception as crash:  # noqa: BLE001 (a worker's boundary: the main thread raises it)
            return _Answer(step, monotonic() - began, crash=crash)
        return _Answer(step, monotonic() - began, found)

    def _start(self) -> None:
        """Journals what is ready, in one commit, and hands it to the workers."""
        room = self._ports.parallelism * AHEAD - len(self._running)
        errands: list[Errand] = []
        records: list[Step] = []
        while self._ready and len(errands) < room and not self._ports.stop.gently.is_set():
            step = self._steps[self._ready.popleft()]
            if step.verb in CALLS:
                errands.extend(self._prepared(step))
            else:
                records.append(step)
        intents = [self._intent(errand) for errand in errands]
        if intents:
            self._journal.store.intend(self._journal.lease, intents)
        for errand, intent in zip(errands, intents, strict=True):
            self._running[errand.step.id] = intent
            self._work.put(errand)
        self._record(records)

    def _prepared(self, step: Step) -> Iterable[Errand]:
        try:
            prepared = self._ports.prepare(step, self._rows)
        except ReconcilerError as failure:
            self._fail(step, failure.diagnostics, 0.0)
            return ()
        step = prepared.step
        self._steps[step.id] = step
        backend = self._ports.backends[step.backend]
        rtype = self._ports.types[step.address.type]
        return (Errand(step, rtype, backend, prepared.values, step.after),)

    def _intent(self, errand: Errand) -> Intent:
        step = errand.step
        return Intent(
            id=f"{self._journal.run}/{step.id}",
            run=self._journal.run,
            address=step.address,
            verb=IntentVerb(step.verb.value),
            handle=step.handle,
            identity=step.identity,
            values=_known(step.after) if step.verb is Verb.CREATE else step.values,
            seen=errand.seen,
            sensitive=step.sensitive,
            dependencies=step.dependencies,
            protected=step.protected,
            create_before_destroy=step.create_before_destroy,
            backend=step.backend,
            deposed=step.deposed,
        )

    def _record(self, steps: Sequence[Step]) -> None:
        """Steps that touch state alone, or nothing."""
        outcomes = []
        for step in steps:
            before = self._rows.get(step.address, step.deposed)
            if step.verb is Verb.RECORD and before is not None:
                outcomes.append(
                    self._outcome("", step, before, _row(step, before.handle, step.after))
                )
            elif step.verb is Verb.FORGET:
                outcomes.append(self._outcome("", step, before, None))
        self._settle(outcomes)
        for step in steps:
            self._end(step.id, "recorded")

    def _settle(self, outcomes: Sequence[Settled]) -> None:
        if outcomes:
            self._journal.store.settle(self._journal.lease, self._journal.run, outcomes)

    def _collect(self) -> None:
        """Takes all answers that are there, commits their outcomes together, then tells."""
        answers = [a for a in self._take() if self._is_end(a)]
        outcomes: list[Settled] = []
        for answer in answers:
            outcomes.extend(self._outcomes(answer))
        self._settle(outcomes)
        for answer in answers:
            self._running.pop(answer.step.id)
            self._tell(answer)

    def _take(self) -> list[_Answer]:
        try:
            answers = [self._answers.get(timeout=GLANCE)]
        except Empty:
            if self._ports.stop.now.is_set():
                raise KeyboardInterrupt from None
            return []
        while not self._answers.empty():
            answers.append(self._answers.get())
        return answers

    def _is_end(self, answer: _Answer) -> bool:
        if answer.crash is not None:
            raise answer.crash
        if answer.started:
            self._ports.emit(StepStarted(answer.step))
        if answer.retry is not None:
            self._ports.emit(StepRetried(answer.step, *answer.retry))
        return answer.retry is None and not answer.started

    def _outcomes(self, answer: _Answer) -> Iterable[Settled]:
        step, failure = answer.step, answer.failure
        intent = self._running[step.id].id
        before = self._rows.get(step.address, step.deposed)
        if answer.dropped:
            return (self._outcome(intent, step, before, before),)
        if failure is not None and answer.found is None:
            return (self._outcome(intent, step, before, before),) if failure.settled else ()
        if failure is not None and not failure.settled:
            intent = ""
        if answer.found is None:
            return (self._outcome(intent, step, before, None),)
        after = _row(step, answer.found.handle, {**_known(step.after), **answer.found.values})
        new = self._outcome(intent, step, before, after)
        if step.verb is Verb.CREATE and before is not None:
            return (self._depose(before), new)
        return (new,)

    def _depose(self, old: Instance) -> Settled:
        """Create-before-destroy: the old object keeps a row under a key of its own."""
        kept = replace(old, deposed=deposed_key(old))
        self._rows.put(old.address, kept.deposed, kept)
        return Settled("", str(old.address), None, kept, kept.deposed)

    def _outcome(
        self, intent: str, step: Step, before: Instance | None, after: Instance | None
    ) -> Settled:
        self._rows.put(step.address, step.deposed, after)
        return Settled(intent, str(step.address), before, after, step.deposed)

    def _tell(self, answer: _Answer) -> None:
        step = answer.step
        if answer.dropped:
            return
        if answer.failure is not None:
            self._fail(step, (answer.failure.problem,), answer.seconds)
            return
        row = self._rows.get(step.address, step.deposed)
        problems = self._ports.confirm(step, row) if row is not None else ()
        if problems:
            self._fail(step, problems, answer.seconds)
            return
        self._ports.emit(
            StepDone(step, answer.seconds, answer.found.handle if answer.found else "")
        )
        self._end(step.id, "done")

    def _fail(self, step: Step, problems: Sequence[Diagnostic], seconds: float) -> None:
        self._problems[step.id] = tuple(problems)
        self._ended[step.id] = "failed"
        self._ports.emit(StepFailed(step, seconds, problems[0]))
        self._skip(step.id)

    def _skip(self, failed: str) -> None:
        """Everything that needs the failed step, directly or not."""
        pending = deque((follower, failed) for follower in self._followers[failed])
        while pending:
            identifier, because = pending.popleft()
            if identifier in self._ended:
                continue
            self._ended[identifier] = "skipped"
            if self._steps[identifier].verb is not Verb.JOIN:
                self._ports.emit(StepSkipped(self._steps[identifier], because))
            pending.extend((follower, identifier) for follower in self._followers[identifier])

    def _end(self, identifier: str, how: str) -> None:
        self._ended[identifier] = how
        for follower in self._followers[identifier]:
            self._waiting[follower] -= 1
            if not self._waiting[follower] and follower not in self._ended:
                self._ready.append(follower)

    def _tally(self) -> Tally:
        calls = [step for step in self._steps.values() if step.verb in CALLS]
        ends = [self._ended.get(step.id, "") for step in calls]
        done = [step.verb for step in calls if self._ended.get(step.id) == "done"]
        return Tally(
            done=len(done),
            failed=ends.count("failed"),
            skipped=ends.count("skipped"),
            not_started=ends.count(""),
            added=done.count(Verb.CREATE),
            changed=done.count(Verb.UPDATE),
            destroyed=done.count(Verb.DELETE),
        )


def _known(values: Values) -> dict[str, Canonical]:
    return {name: value for name, value in values.items() if value is not UNKNOWN}


def _row(step: Step, handle: Handle, values: Values) -> Instance:
    assert not any(isinstance(value, Secret) for value in values.values())
    return Instance(
        address=step.address,
        handle=handle,
        values=values,
        sensitive=step.sensitive,
        dependencies=step.dependencies,
        protected=step.protected,
        create_before_destroy=step.create_before_destroy,
        backend=step.backend,
        deposed=step.deposed,
    )
