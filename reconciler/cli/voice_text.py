"""A run told to people: a line an event, and on a terminal a status that is written over."""

from collections.abc import Mapping

from reconciler.catalog.index import everything
from reconciler.cli.console import Console
from reconciler.model.event import Event, StepDone, StepFailed, StepSkipped, StepStarted, Tally
from reconciler.model.plan import Mode, Plan, Verb
from reconciler.model.state import Output
from reconciler.views import outputs, plan, progress

_CLEAR = "\r\x1b[2K"


class TextVoice:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = ""
        self._done = self._running = self._total = 0

    def event(self, event: Event) -> None:
        self._count(event)
        text = progress.line(event)
        if text:
            live = self._status(event)
            self._console.write(f"{_CLEAR if self._live else ''}{text}\n{live}")
            self._live = live

    def expect(self, made: Plan) -> None:
        """How many steps the status counts against."""
        self._total = sum(step.verb is not Verb.JOIN for step in made.steps)

    def plan(self, made: Plan) -> None:
        self._console.write("\n" + plan.text(made, everything(), self._console.look))

    def reviewed(self, made: Plan) -> None:
        """Whoever reviewed it need not see it again."""

    def quiet(self) -> None:
        """Wipes the status: what comes next is no event."""
        if self._live:
            self._console.write(_CLEAR)
            self._live = ""

    def closing(self, tally: Tally, mode: Mode, *, broken: bool) -> None:
        text = progress.closing(tally, mode, self._console.look, broken=broken)
        self._console.write(f"\n{text}")

    def outputs(self, values: Mapping[str, Output]) -> None:
        if values:
            self._console.write(f"\nOutputs:\n\n{outputs.values(values)}")

    def _count(self, event: Event) -> None:
        if isinstance(event, StepStarted):
            self._running += 1
        elif isinstance(event, StepDone | StepFailed):
            self._running -= 1
            self._done += isinstance(event, StepDone)

    def _status(self, event: Event) -> str:
        about_steps = isinstance(event, StepStarted | StepDone | StepFailed | StepSkipped)
        if not (about_steps and self._console.look.color and self._total):
            return ""
        return progress.status(self._done, max(0, self._running), self._total)
