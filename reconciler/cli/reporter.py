"""Tests told as they go on: in text, or one JSON object a line."""

from reconciler.catalog.index import everything
from reconciler.cli.report import report
from reconciler.cli.shell import Shell, now
from reconciler.model.testing import Event, LeftOver, RunDone
from reconciler.views import json_lines, json_text, testing_json, testing_text
from reconciler.views.json_lines import Message


class Reporter:
    """Called with each event. `verbose`: with the plan, or the state, of each run."""

    def __init__(self, shell: Shell, *, verbose: bool) -> None:
        self._shell = shell
        self._verbose = verbose
        self._tell = self._program if shell.json else self._person
        if shell.json:
            self._line(json_lines.version(now()))

    def __call__(self, event: Event) -> None:
        self._tell(event)

    def _person(self, event: Event) -> None:
        out = self._shell.stdout
        out.write(testing_text.event(event, out.look))
        if self._verbose and isinstance(event, RunDone):
            out.write(testing_text.picture(event.picture, everything(), out.look))
        if isinstance(event, RunDone | LeftOver):
            report(self._shell, event.diagnostics)

    def _program(self, event: Event) -> None:
        for line in testing_json.event(event, self._shell.reader(), now()):
            self._line(line)
        if self._verbose and isinstance(event, RunDone):
            self._line(testing_json.picture(event, everything(), now()))

    def _line(self, line: Message | None) -> None:
        if line is not None:
            self._shell.stdout.write(json_text.line(line))
