"""Tells a run as it happens: lines of text, a live status on a terminal, or JSON."""

from collections.abc import Sequence
from threading import Lock

from reconciler.catalog.index import types
from reconciler.cli.report import report
from reconciler.cli.shell import Shell, now
from reconciler.model.diagnostic import Diagnostic
from reconciler.model.event import (
    Event,
    Finished,
    Planned,
    StepDone,
    StepFailed,
    StepSkipped,
    StepStarted,
    Stopping,
    Tally,
)
from reconciler.model.plan import Mode, Plan, Verb
from reconciler.model.state import Output
from reconciler.views import json_lines, json_text, plan, progress
from reconciler.views.json_lines import Message

_CLEAR = "\r\x1b[2K"


class Narrator:
    """Called with each event, from any thread. `quiet_plan`: a reviewed plan is not shown again."""

    def __init__(self, shell: Shell, *, quiet_plan: bool = False) -> None:
        self._shell = shell
        self._lock = Lock()
        self._failures: list[Diagnostic] = []
        self._live = ""
        self._tally = Tally(0, 0, 0, 0, 0, 0, 0)
        self._done = self._running = self._total = 0
        self.mode = Mode.NORMAL
        self.is_planned = quiet_plan
        self.is_stopped = False
        self.is_finished = False
        if shell.json:
            self._tell(json_lines.version(now()))

    def __call__(self, event: Event) -> None:
        with self._lock:
            self._count(event)
            if self._shell.json:
                self._tell(json_lines.event(event, now()))
            else:
                self._line(event)
            if isinstance(event, Planned):
                self._show(event.plan)

    def planned(self, made: Plan) -> None:
        """Shows the plan, unless it has been shown."""
        with self._lock:
            self._show(made)

    def closing(self, problems: Sequence[Diagnostic] = ()) -> Tally:
        """Shows what went wrong, then how the run ended: the counts come last."""
        with self._lock:
            self._erase()
            self._report((*self._failures, *problems))
            if self._shell.json:
                self._tell(json_lines.closing(self._tally, self.mode, now()))
            else:
                closing = progress.closing(self._tally, self.mode, self._shell.stdout.look)
                self._shell.stdout.write("\n" + closing)
            return self._tally

    def outputs(self, text: str, values: dict[str, Output]) -> None:
        with self._lock:
            if self._shell.json:
                self._tell(json_lines.outputs(values, now()))
            elif text:
                self._shell.stdout.write(f"\nOutputs:\n\n{text}")

    def _show(self, made: Plan) -> None:
        self.mode = made.mode
        self._total = sum(step.verb is not Verb.JOIN for step in made.steps)
        if self.is_planned:
            return
        self.is_planned = True
        if self._shell.json:
            for message in json_lines.planned(made, now()):
                self._tell(message)
        else:
            look = self._shell.stdout.look
            self._shell.stdout.write("\n" + plan.text(made, types(), look))
        self._report(made.warnings)

    def _report(self, findings: Sequence[Diagnostic]) -> None:
        if findings:
            report(self._shell, findings)

    def _count(self, event: Event) -> None:
        if isinstance(event, StepStarted):
            self._running += 1
        elif isinstance(event, StepDone | StepFailed):
            self._running -= 1
            self._done += isinstance(event, StepDone)
        if isinstance(event, StepFailed):
            self._failures.append(event.diagnostic)
        if isinstance(event, Finished):
            self._tally, self.is_finished = event.tally, True
        self.is_stopped = self.is_stopped or isinstance(event, Stopping)

    def _tell(self, message: Message | None) -> None:
        if message is not None:
            self._shell.stdout.write(json_text.line(message))

    def _line(self, event: Event) -> None:
        text = progress.line(event)
        if text:
            live = self._status(event)
            self._shell.stdout.write(f"{_CLEAR if self._live else ''}{text}\n{live}")
            self._live = live

    def _status(self, event: Event) -> str:
        about_steps = isinstance(event, StepStarted | StepDone | StepFailed | StepSkipped)
        if not (about_steps and self._shell.stdout.look.color and self._total):
            return ""
        return progress.status(self._done, max(0, self._running), self._total)

    def _erase(self) -> None:
        if self._live:
            self._shell.stdout.write(_CLEAR)
            self._live = ""
