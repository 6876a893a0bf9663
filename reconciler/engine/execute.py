"""Carries out the steps of a plan, several at once, and journals each before and after.

The calling thread alone writes to the store and emits events; the crew only talks to backends.
Intents and outcomes are committed in batches: whatever is ready together goes down together.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic

from reconciler.engine import records
from reconciler.engine.crew import Answer, Crew
from reconciler.engine.errand import Errand
from reconciler.engine.ports import Journal, Ports, Report, Rows
from reconciler.engine.pulse import Pulse
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.event import StepDone, StepFailed, StepSkipped, Stopping
from reconciler.model.plan import Step, Verb
from reconciler.model.state import Handle, Intent, State
from reconciler.store.base import Settled

AHEAD = 4
"""Steps under way per worker: while some wait for their commit, workers have work."""
LOW = 2
"""Steps per worker at which more begin: not each by itself, for each commit has its price."""


def execute(steps: Sequence[Step], state: State, ports: Ports, journal: Journal) -> Report:
    """Carries out all that can be; what needs a failed step is skipped. Where the store fails,
    nothing more begins, and what is under way is still recorded if that can be.
    """
    return _Execution(steps, state, ports, journal).run()


def interrupted(*, is_under_way: bool) -> Diagnostic:
    """What a signal that may not wait leaves behind."""
    left = (
        "Whether the calls that were under way took effect is not known; the journal keeps them, "
        "and the next run looks before it does anything."
        if is_under_way
        else "No call was under way."
    )
    detail = f"The run was stopped at once. {left} Run the same command again to go on."
    return error("interrupted", "Interrupted", detail)


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
        self._running: dict[str, Intent] = {}
        self._begun: set[str] = set()
        self._pulse = Pulse()
        self._ended: dict[str, str] = {}
        self._broken: ReconcilerError | None = None
        self._is_told = False

    def run(self) -> Report:
        crew = Crew(self._size(), self._ports.stop)
        try:
            while self._running or (self._ready and not self._is_stopping):
                self._start(crew)
                self._tell_of_stop()
                if self._running:
                    self._collect(crew)
        except KeyboardInterrupt:
            self._break_off()
        finally:
            crew.dismiss()
        self._tell_of_stop()
        return Report(records.tally(self._steps.values(), self._ended), self._rows, self._broken)

    def _break_off(self) -> None:
        """Nobody waits for the answers of what is under way. Its intents stay open."""
        begun = self._begun & self._running.keys()
        self._ended |= dict.fromkeys(begun, "failed")
        self._broken = ReconcilerError(interrupted(is_under_way=bool(begun)))

    @property
    def _is_stopping(self) -> bool:
        return self._ports.stop.gently.is_set()

    def _size(self) -> int:
        """No more workers than there are calls, nor than the most modest backend allows."""
        calls = sum(step.verb in records.CALLS for step in self._steps.values())
        allowed = min((b.capabilities.parallel for b in self._ports.backends.values()), default=1)
        return min(calls, max(1, min(self._ports.parallelism, allowed)))

    def _tell_of_stop(self) -> None:
        # Not from within the signal's handler: it may have struck in the middle of an event.
        signal = self._ports.stop.signal
        if signal and not self._is_told:
            self._is_told = True
            self._ports.emit(Stopping(signal))

    def _start(self, crew: Crew) -> None:
        """Journals what is ready, in one commit, and hands it to the crew."""
        errands, others = self._next()
        intents = [records.intent(self._journal.run, errand) for errand in errands]
        store, lease = self._journal.store, self._journal.lease
        if intents and self._is_taken(lambda: store.intend(lease, intents)):
            for errand, intent in zip(errands, intents, strict=True):
                self._running[errand.step.id] = intent
                crew.give(errand)
        before = ((s, self._rows.get(s.moved_from or s.address, s.deposed)) for s in others)
        if self._settle([s for step, row in before for s in records.recorded(step, row)]):
            for step in others:
                self._conclude(step)

    def _conclude(self, step: Step) -> None:
        """A step that changes nothing outside of state."""
        try:
            if step.verb is Verb.READ:
                self._ports.read(step)
        except ReconcilerError as failure:
            self._fail(step, failure.diagnostics, 0.0)
        else:
            self._end(step.id, "recorded")

    def _next(self) -> tuple[list[Errand], list[Step]]:
        """What may begin now: calls as far as there is room, and steps without a call."""
        room = self._room()
        errands: list[Errand] = []
        others: list[Step] = []
        stops = self._is_stopping  # one look, so that rows that move together are not parted
        while self._ready and len(errands) < room and not stops:
            step = self._steps[self._ready.popleft()]
            if step.verb in records.CALLS:
                errands.extend(self._prepared(step))
            else:
                others.append(step)
        return errands, others

    def _room(self) -> int:
        under_way, workers = len(self._running), self._ports.parallelism
        return workers * AHEAD - under_way if under_way <= workers * LOW else 0

    def _prepared(self, step: Step) -> Iterator[Errand]:
        try:
            prepared = self._ports.prepare(step, self._rows)
            seen = self._seen(prepared.step)
        except ReconcilerError as failure:
            self._fail(step, failure.diagnostics, 0.0)
            return
        step = self._steps[step.id] = prepared.step
        backend = self._ports.backends[step.backend]
        rtype = self._ports.types[step.address.type]
        expected = {n: value for n, value in step.after.items() if n not in step.left}
        yield Errand(step, rtype, backend, prepared.values, expected, seen)

    def _seen(self, step: Step) -> tuple[Handle, ...]:
        """What is there before Exchange makes an object whose name it chooses: not ours."""
        is_nameless = step.verb is Verb.CREATE and not step.identity
        return tuple(self._ports.seen(step)) if is_nameless else ()

    def _settle(self, outcomes: Sequence[Settled]) -> bool:
        """Whether they are durable."""
        store, lease, run = self._journal.store, self._journal.lease, self._journal.run
        if outcomes and not self._is_taken(lambda: store.settle(lease, run, outcomes)):
            return False
        self._rows.take(outcomes)
        return True

    def _is_taken(self, write: Callable[[], None]) -> bool:
        """Whether the store took it; where it did not, nothing more begins."""
        try:
            write()
        except ReconcilerError as failure:
            self._broken = self._broken or failure
            self._ports.stop.gently.set()
            return False
        return True

    def _collect(self, crew: Crew) -> None:
        """Takes all news that are there, commits outcomes together, then tells them in order."""
        found, now = crew.news(), monotonic()
        answers = [news for news in found if isinstance(news, Answer)]
        self._begun.update(news.step.id for news in found)
        is_durable = self._settle(tuple(self._outcomes(answers)))
        for news in found:
            if isinstance(news, Answer):
                self._take(news, is_durable=is_durable)
            else:
                self._pulse.begin(news.step, now)
                self._ports.emit(news)
        for running in self._pulse.due(now):
            self._ports.emit(running)

    def _take(self, answer: Answer, *, is_durable: bool) -> None:
        self._running.pop(answer.step.id)
        self._pulse.end(answer.step.id)
        if is_durable:
            self._tell(answer)
        else:
            self._ended[answer.step.id] = "failed"

    def _outcomes(self, answers: Iterable[Answer]) -> Iterator[Settled]:
        for answer in answers:
            before = self._rows.get(answer.step.address, answer.step.deposed)
            yield from records.outcomes(answer, self._running[answer.step.id].id, before)

    def _tell(self, answer: Answer) -> None:
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
        handle = answer.found.handle if answer.found else ""
        self._ports.emit(StepDone(step, answer.seconds, handle))
        self._end(step.id, "done")

    def _fail(self, step: Step, problems: Sequence[Diagnostic], seconds: float) -> None:
        self._ended[step.id] = "failed"
        self._ports.emit(StepFailed(step, seconds, tuple(problems)))
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
