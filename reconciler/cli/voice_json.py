"""A run told to programs: one JSON object a line."""

from collections.abc import Mapping

from reconciler.cli.console import Console
from reconciler.cli.shell import now
from reconciler.model.event import Event, Refreshed, Refreshing, Tally
from reconciler.model.plan import Mode, Plan
from reconciler.model.state import Output
from reconciler.views import json_lines, json_text
from reconciler.views.json_lines import Message


class JsonVoice:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._tell(json_lines.version(now()))

    def event(self, event: Event) -> None:
        if isinstance(event, Refreshing | Refreshed):
            for message in json_lines.refreshing(event, now()):
                self._tell(message)
        self._tell(json_lines.event(event, now()))

    def expect(self, made: Plan) -> None:
        """Programs count for themselves."""

    def plan(self, made: Plan) -> None:
        for message in json_lines.planned(made, now()):
            self._tell(message)

    def reviewed(self, made: Plan) -> None:
        for message in json_lines.changes(made, now()):
            self._tell(message)

    def quiet(self) -> None:
        """Lines never overlap."""

    def closing(self, tally: Tally, mode: Mode, *, broken: bool) -> None:
        self._tell(json_lines.closing(tally, mode, now(), broken=broken))

    def outputs(self, values: Mapping[str, Output]) -> None:
        self._tell(json_lines.outputs(values, now()))

    def _tell(self, message: Message | None) -> None:
        if message is not None:
            self._console.write(json_text.line(message))
