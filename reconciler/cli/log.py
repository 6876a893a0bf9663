"""The log that RECONCILER_LOG asks for: one line an entry, on stderr or in a file of its own.

Loaded only where it is asked for. Knows no values: those who write to it give none.
"""

import json
import os
import platform
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from threading import Lock

from reconciler import __version__
from reconciler.cli.console import Console
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.event import Event, Reading, StepFailed, StepRetried, StepSkipped, Stopping
from reconciler.model.log import Level, Log
from reconciler.views import progress
from reconciler.views.text import clean

_FLAGS = (
    os.O_WRONLY
    | os.O_APPEND
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


def open_log(environment: Mapping[str, str], stderr: Console) -> Log:
    """What is written with at least the level asked for goes to RECONCILER_LOG_PATH, else to
    stderr. An unknown level is the lowest; JSON is all of it, as JSON. Raises ReconcilerError.
    """
    wanted = environment["RECONCILER_LOG"].upper()
    least = Level.__members__.get(wanted, Level.TRACE)
    path = environment.get("RECONCILER_LOG_PATH")
    write = _file(path) if path else stderr.write
    form = _json if wanted == "JSON" else _text
    lock = Lock()

    def log(level: Level, source: str, message: str) -> None:
        if level >= least:
            with lock:
                write(form(level, source, clean(message)) + "\n")

    return log


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _text(level: Level, source: str, message: str) -> str:
    return f"{_now()} {f'[{level.name}]':7} {source}: {message}"


def _json(level: Level, source: str, message: str) -> str:
    entry = {"@level": level.name.lower(), "@module": source, "@timestamp": _now()}
    return json.dumps({**entry, "@message": message}, ensure_ascii=False)


def _file(path: str) -> Callable[[str], None]:
    try:
        handle = os.open(path, _FLAGS, 0o600)
    except OSError as trouble:
        detail = (
            f'RECONCILER_LOG_PATH names "{path}", which cannot be written: {trouble.strerror}. '
            "Name a file in a folder that exists."
        )
        raise ReconcilerError(error("cannot-write-log", "Log cannot be written", detail)) from None

    def write(line: str) -> None:
        # In one call, so that processes which share the file do not cut into each other's lines;
        # and a log on a full disk must not stop a run.
        with suppress(OSError):
            os.write(handle, line.encode("utf-8", "backslashreplace"))

    return write


def begin(log: Log, command: str) -> None:
    """Which program runs on which machine, and what it was asked for, without its arguments."""
    log(Level.INFO, "cli", f"reconciler {__version__}: {command or 'no command'}")
    system = f"{platform.system()} {platform.release()}"
    log(Level.DEBUG, "cli", f"Python {platform.python_version()}, {system}, process {os.getpid()}")


def event(log: Log, happened: Event) -> None:
    """What the run tells anyway, and why a step failed."""
    told = progress.line(happened)
    if told:
        log(_level(happened), "run", told)
    if isinstance(happened, StepFailed):
        for problem in happened.problems:
            log(Level.ERROR, "run", f"{progress.name(happened.step)}: {problem.code}")


def _level(happened: Event) -> Level:
    match happened:
        case StepFailed():
            return Level.ERROR
        case StepRetried() | StepSkipped() | Stopping():
            return Level.WARN
        case Reading():
            return Level.DEBUG
        case _:
            return Level.INFO
