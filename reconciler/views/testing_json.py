"""Tests for programs: one object a line, in the shape of `terraform test -json`."""

from collections.abc import Iterator

from reconciler.model.diagnostic import Diagnostic
from reconciler.model.plan import Plan
from reconciler.model.state import State
from reconciler.model.testing import (
    AllDone,
    Clearing,
    Event,
    FileBegun,
    FileDone,
    Found,
    Interrupted,
    LeftOver,
    RunBegun,
    RunDone,
    Status,
)
from reconciler.views import json_lines, json_plan, json_state, testing_text
from reconciler.views.diagnostics import Read, ordered
from reconciler.views.hcl import Types
from reconciler.views.json_lines import Message
from reconciler.views.palette import PLAIN
from reconciler.views.text import count


def event(happened: Event, read: Read, now: str) -> Iterator[Message]:
    """The lines of one event, findings among them."""
    match happened:
        case Found():
            yield _found(happened, now)
        case FileBegun():
            yield _file(happened.path, "in progress", now, progress="starting")
        case FileDone():
            status = happened.status.value
            yield _file(
                happened.path, _word(happened.status), now, progress="complete", status=status
            )
        case RunBegun():
            yield _run(
                happened.file, happened.name, "in progress", now, progress="starting", elapsed=0
            )
        case RunDone():
            yield from _run_done(happened, read, now)
        case Clearing():
            yield _clearing(happened, now)
        case LeftOver():
            yield from _left_over(happened, read, now)
        case Interrupted() | AllDone():
            yield _end(happened, now)


def _found(found: Found, now: str) -> Message:
    runs = sum(len(names) for _, names in found.files)
    text = f"Found {count(len(found.files), 'file')} and {count(runs, 'run block')}"
    abstract = {path: list(names) for path, names in found.files}
    return json_lines.message(text, "test_abstract", now, test_abstract=abstract)


def _word(status: Status) -> str:
    return Status.FAIL.value if status is Status.ERROR else status.value


def _file(path: str, word: str, now: str, **more: object) -> Message:
    about = {"path": path, **more}
    at = {"@testfile": path}
    return json_lines.message(f"{path}... {word}", "test_file", now, **at, test_file=about)


def _run(path: str, name: str, word: str, now: str, **more: object) -> Message:
    about = {"path": path, "run": name, **more}
    at = {"@testfile": path, "@testrun": name}
    return json_lines.message(f'  "{name}"... {word}', "test_run", now, **at, test_run=about)


def _run_done(done: RunDone, read: Read, now: str) -> Iterator[Message]:
    status = done.status.value
    word = _word(done.status)
    yield _run(done.file, done.name, word, now, progress="complete", status=status)
    yield from _diagnostics(done.diagnostics, done.file, done.name, (read, now))


def _clearing(clearing: Clearing, now: str) -> Message:
    if not clearing.run:
        return _file(clearing.file, "tearing down", now, progress="teardown")
    return _run(clearing.file, clearing.run, "tearing down", now, progress="teardown", elapsed=0)


def _left_over(left: LeftOver, read: Read, now: str) -> Iterator[Message]:
    yield from _diagnostics(left.diagnostics, left.file, left.run, (read, now))
    yield json_lines.message(
        f"Some objects could not be destroyed after {left.file}",
        "test_cleanup",
        now,
        level="error",
        **{"@testfile": left.file, "@testrun": left.run},
        test_cleanup={"failed_resources": [{"instance": one} for one in left.addresses]},
    )


def _diagnostics(
    found: tuple[Diagnostic, ...], path: str, name: str, at: tuple[Read, str]
) -> Iterator[Message]:
    read, now = at
    for one in ordered(found):
        line = json_lines.diagnostic(one, read, now)
        yield {**line, "@testfile": path, "@testrun": name}


def _end(happened: Interrupted | AllDone, now: str) -> Message:
    if isinstance(happened, Interrupted):
        text = f"Stopping ({happened.signal})"
        return json_lines.message(text, "test_interrupt", now, level="warn")
    counts = {
        "status": happened.status.value,
        "passed": happened.count(Status.PASS),
        "failed": happened.count(Status.FAIL),
        "errored": happened.count(Status.ERROR),
        "skipped": happened.count(Status.SKIP),
    }
    text = testing_text.summary(happened, PLAIN)
    return json_lines.message(text, "test_summary", now, test_summary=counts)


def picture(done: RunDone, types: Types, now: str) -> Message | None:
    """With -verbose: the plan, or the state."""
    match done.picture:
        case Plan() as seen:
            about = json_plan.document(seen, types)
            line = json_lines.message("The plan", "test_plan", now, test_plan=about)
        case State() as seen:
            about = json_state.document(seen, types)
            line = json_lines.message("The state", "test_state", now, test_state=about)
        case None:
            return None
    return {**line, "@testfile": done.file, "@testrun": done.name}
