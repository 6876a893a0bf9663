"""Tells a run as it happens, each thing once and in an order that makes sense."""

from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Protocol

from reconciler.cli.shell import Shell
from reconciler.model.diagnostic import Diagnostic
from reconciler.model.event import (
    Event,
    Finished,
    Noticed,
    OutputsKnown,
    Planned,
    StepFailed,
    Stopping,
    Tally,
)
from reconciler.model.plan import Mode, Plan
from reconciler.model.state import Output


class Voice(Protocol):
    """Text or JSON. Never called by two threads at once."""

    def event(self, event: Event) -> None: ...
    def expect(self, made: Plan) -> None: ...
    def plan(self, made: Plan) -> None: ...
    def reviewed(self, made: Plan) -> None: ...
    def quiet(self) -> None: ...
    def closing(self, tally: Tally, mode: Mode, *, broken: bool) -> None: ...
    def outputs(self, values: Mapping[str, Output]) -> None: ...


class Narrator:
    """Called with each event, from any thread. `quiet_plan`: a reviewed plan is not shown again.

    `is_finished` once the run has said its counts, which are in `tally`; `is_stopped` once a signal came.
    """

    def __init__(self, shell: Shell, *, quiet_plan: bool = False) -> None:
        self._shell = shell
        self._voice = _voice(shell)
        self._lock = Lock()
        self._findings: list[Diagnostic] = []
        self.tally = Tally(0, 0, 0, 0, 0, 0, 0)
        self._mode = Mode.NORMAL
        self._outputs: Mapping[str, Output] = {}
        self._is_planned = False
        self._is_reviewed = quiet_plan
        self.is_stopped = False
        self.is_finished = False

    def __call__(self, event: Event) -> None:
        with self._lock:
            self._remember(event)
            self._log(event)
            self._voice.event(event)
            if isinstance(event, Planned):
                self._plan(event.plan)

    def planned(self, made: Plan) -> None:
        """Shows the plan, unless it has been shown."""
        with self._lock:
            self._plan(made)

    def closing(self, problems: Sequence[Diagnostic] = ()) -> None:
        """Shows what went wrong, then how the run ended: the counts come last. `problems` are
        those of the run as a whole, which is not complete then.
        """
        with self._lock:
            self._voice.quiet()
            self._report((*self._findings, *problems))
            self._voice.closing(self.tally, self._mode, broken=bool(problems))

    def outputs(self) -> None:
        """Shows the outputs, as the run last told them."""
        with self._lock:
            self._voice.outputs(self._outputs)

    def _remember(self, event: Event) -> None:
        if isinstance(event, StepFailed):
            self._findings.extend(event.problems)
        if isinstance(event, Noticed):
            self._findings.extend(event.diagnostics)
        if isinstance(event, OutputsKnown):
            self._outputs = event.values
        if isinstance(event, Finished):
            self.tally, self.is_finished = event.tally, True
        self.is_stopped = self.is_stopped or isinstance(event, Stopping)

    def _log(self, event: Event) -> None:
        if self._shell.log is not None:
            from reconciler.cli import log

            log.event(self._shell.log, event)

    def _plan(self, made: Plan) -> None:
        self._mode = made.mode
        self._voice.expect(made)
        if self._is_planned:
            return
        self._is_planned = True
        if self._is_reviewed:
            self._voice.reviewed(made)
            return
        self._voice.plan(made)
        self._report(made.warnings)

    def _report(self, findings: Sequence[Diagnostic]) -> None:
        if findings:
            from reconciler.cli.report import report

            report(self._shell, findings)


def _voice(shell: Shell) -> Voice:
    if shell.json:
        from reconciler.cli.voice_json import JsonVoice

        return JsonVoice(shell.stdout)
    from reconciler.cli.voice_text import TextVoice

    return TextVoice(shell.stdout)
