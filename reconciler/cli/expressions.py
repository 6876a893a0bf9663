"""The console's ways of talking: with a person, with a pipe, with a program that speaks JSON."""

import io
import json
from collections.abc import Callable, Iterator
from typing import Protocol

from reconciler.app import console
from reconciler.app.console import Desk
from reconciler.cli.shell import Shell
from reconciler.lang.types import of, show
from reconciler.lang.value import Value
from reconciler.model.diagnostic import ReconcilerError
from reconciler.views import console as view
from reconciler.views import diagnostics

_PROMPT, _MORE = "> ", "  "
_HELP = """\
Type an expression, and its value is shown. It may refer to variables, locals and resources and
call functions; type(…) tells the type of a value. Where brackets are open, it goes on on the next
line. The tab key completes names.

To leave, type exit, or press Ctrl-C at an empty line, or Ctrl-D.
"""
_NOT_JSON = '{"error":"Each line must hold an expression as a JSON string.","stage":"parse"}\n'

Keep = Callable[[str, Value], None]
"""Told of each expression that was evaluated, with its value."""


class Reader(Protocol):
    def read(self, prompt: str) -> str: ...


def talk(shell: Shell, desk: Desk, reader: Reader, keep: Keep) -> int:
    """Until the person has enough."""
    while True:
        try:
            text = _typed(reader)
        except (EOFError, KeyboardInterrupt):
            shell.stdout.write("\n")
            return 0
        match text.strip():
            case "":
                continue
            case "exit":
                return 0
            case "help":
                shell.stdout.write(_HELP)
            case _:
                _answer(shell, desk, text, keep)


def _typed(reader: Reader) -> str:
    """All lines of one expression; none where Ctrl-C came in its middle."""
    text = reader.read(_PROMPT)
    try:
        while _goes_on(text):
            text += "\n" + reader.read(_MORE)
    except KeyboardInterrupt:
        return ""
    return text


def _goes_on(text: str) -> bool:
    try:
        console.parsed(text)
    except ReconcilerError as problem:
        return console.is_unfinished(problem)
    return False


def _answer(shell: Shell, desk: Desk, text: str, keep: Keep) -> None:
    try:
        keep(text, _printed(shell, desk, text))
    except ReconcilerError as problem:
        _explain(shell, problem, text)
    except KeyboardInterrupt:
        shell.stderr.write("\nInterrupted.\n")


def _printed(shell: Shell, desk: Desk, text: str) -> Value:
    expr = console.parsed(text)
    inner = console.typed(expr)
    value = desk.value(inner or expr)
    shell.stdout.write(f"{view.text(value) if inner is None else show(of(value))}\n")
    return value


def _explain(shell: Shell, problem: ReconcilerError, text: str) -> None:
    files = shell.reader()
    look = shell.stderr.look
    found = diagnostics.text(
        problem.diagnostics, lambda path: text if path == console.INPUT else files(path), look
    )
    shell.stderr.write(found)


def follow(shell: Shell, desk: Desk) -> int:
    """One expression a line, up to the first that has no value."""
    for text in _lines(shell):
        if text == "exit":
            break
        try:
            _printed(shell, desk, text)
        except ReconcilerError as problem:
            _explain(shell, problem, text)
            return 1
    return 0


def serve(shell: Shell, desk: Desk) -> int:
    """One JSON string a line, one JSON object for each."""
    for line in _lines(shell):
        shell.stdout.write(_served(desk, line))
    return 0


def _served(desk: Desk, line: str) -> str:
    try:
        text = json.loads(line)
    except (ValueError, RecursionError):
        return _NOT_JSON
    if not isinstance(text, str):
        return _NOT_JSON
    stage = "parse"
    try:
        expr = console.parsed(text)
        stage = "evaluate"
        return view.json_answer(desk.value(expr))
    except ReconcilerError as problem:
        return view.json_refusal(problem.diagnostics, stage)


def _lines(shell: Shell) -> Iterator[str]:
    """Each line as soon as it is there."""
    if isinstance(shell.stdin, io.TextIOWrapper):
        shell.stdin.reconfigure(encoding="utf-8", errors="replace")
    stripped = (line.strip() for line in iter(shell.stdin.readline, ""))
    return (line for line in stripped if line)
