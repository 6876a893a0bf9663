"""The workers that carry out steps, several at once. They talk to backends and nothing else."""

from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from traceback import extract_tb

from reconciler.backends.base import Found
from reconciler.engine.carry import Dropped, Patience, StepError, carry_out
from reconciler.engine.errand import Errand, problem
from reconciler.engine.ports import Stop
from reconciler.engine.together import GLANCE
from reconciler.model.event import StepRetried, StepStarted
from reconciler.model.plan import Step
from reconciler.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """A step's end. `dropped`: the run is stopping, and nothing happened."""

    step: Step
    seconds: float
    found: Found | None = None
    failure: StepError | None = None
    dropped: bool = False


News = Answer | StepStarted | StepRetried


class Crew:
    """`size` workers, who begin nothing once `stop` is set."""

    def __init__(self, size: int, stop: Stop) -> None:
        self._stop = stop
        self._work: SimpleQueue[Errand | None] = SimpleQueue()
        self._news: SimpleQueue[News] = SimpleQueue()
        # Daemons, so that one that hangs cannot keep the program from ending.
        self._workers = [Thread(target=self._labour, daemon=True) for _ in range(size)]
        for worker in self._workers:
            worker.start()

    def give(self, errand: Errand) -> None:
        self._work.put(errand)

    def news(self) -> list[News]:
        """Everything there is; waits a moment for the first."""
        try:
            found = [self._news.get(timeout=GLANCE)]
        except Empty:
            return []
        while not self._news.empty():
            found.append(self._news.get())
        return found

    def dismiss(self) -> None:
        for _ in self._workers:
            self._work.put(None)

    def _labour(self) -> None:
        while (errand := self._work.get()) is not None:
            self._news.put(self._attempt(errand))

    def _attempt(self, errand: Errand) -> Answer:
        step, began = errand.step, monotonic()
        if self._stop.gently.is_set():
            return Answer(step, 0.0, dropped=True)
        self._news.put(StepStarted(step))
        patience = Patience(
            lambda seconds: not self._stop.gently.wait(seconds),
            lambda *news: self._news.put(StepRetried(step, *news)),
        )
        try:
            found = carry_out(errand, patience)
        except Dropped:
            return Answer(step, monotonic() - began, dropped=True)
        except StepError as failure:
            return Answer(step, monotonic() - began, failure.found, failure)
        except Exception as bug:  # noqa: BLE001 (a worker's boundary: the other steps go on)
            return Answer(step, monotonic() - began, failure=_crashed(errand, bug))
        return Answer(step, monotonic() - began, found)


def _crashed(errand: Errand, bug: Exception) -> StepError:
    """Where it happened, without the exception's own words: they may hold a secret."""
    frame = extract_tb(bug.__traceback__)[-1]
    detail = (
        f"{type(bug).__name__} in {frame.name}, line {frame.lineno} of {frame.filename}. Whether "
        "the call took effect is not known; the journal keeps it, and the next run looks before "
        "it does anything. This is a bug in reconciler."
    )
    return StepError(
        problem(errand, "step-crashed", "A step ended unexpectedly", detail), settled=False
    )
