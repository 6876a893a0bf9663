"""`-json`: one object a line, in the shape of Terraform's machine-readable UI."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from reconciler import __version__
from reconciler.model.diagnostic import Diagnostic, Severity
from reconciler.model.event import (
    Event,
    Finished,
    Noticed,
    OutputsKnown,
    Planned,
    Reading,
    Recovered,
    Refreshed,
    Refreshing,
    StepDone,
    StepFailed,
    StepRetried,
    StepRunning,
    StepSkipped,
    StepStarted,
    Stopping,
    Tally,
)
from reconciler.model.plan import Action, Change, Drift, Mode, Plan, Step, Verb
from reconciler.model.state import Output
from reconciler.views import exact, json_diagnostics, plan, progress, renames
from reconciler.views.diagnostics import Read
from reconciler.views.json_address import VERBS, WORDS, hook, ui_reason

Message = dict[str, object]


def message(text: str, kind: str, now: str, *, level: str = "info", **more: object) -> Message:
    """One line's object; `now` is the time in UTC, ISO 8601."""
    return {
        "@level": level,
        "@message": text,
        "@module": "reconciler.ui",
        "@timestamp": now,
        **more,
        "type": kind,
    }


def version(now: str) -> Message:
    return message(f"reconciler {__version__}", "version", now, reconciler=__version__, ui="1.2")


def diagnostic(finding: Diagnostic, read: Read, now: str) -> Message:
    is_error = finding.severity is Severity.ERROR
    return message(
        f"{'Error' if is_error else 'Warning'}: {finding.summary}",
        "diagnostic",
        now,
        level="error" if is_error else "warn",
        diagnostic=json_diagnostics.one(finding, read),
    )


def planned(made: Plan, now: str) -> Iterator[Message]:
    """The lines of a plan: drift, changes, the counts, the outputs."""
    for drift in sorted(made.drift, key=lambda d: d.address.sort_key):
        yield _drift(drift, now)
    yield from changes(made, now)
    for rename in renames.documents(made.renames):
        text = f"{rename['from']} looks like {rename['to']}"
        yield message(text, "rename_hint", now, rename=rename)
    taken = sum(bool(change.imported) for change in made.changes)
    yield _counts(plan.summary(made), made.counts, "plan", now, taken)
    changed = {
        o.name: {"sensitive": o.hidden, "action": WORDS[o.action]}
        for o in sorted(made.outputs, key=lambda o: o.name)
    }
    if changed:
        yield message(f"Outputs: {len(changed)}", "outputs", now, outputs=changed)


def changes(made: Plan, now: str) -> Iterator[Message]:
    """What is to be done about each object: also said where a reviewed plan is carried out."""
    for change in sorted(made.changes, key=lambda c: c.address.sort_key):
        if not change.is_silent:
            yield _change(change, now)


def refreshing(happened: Refreshing | Refreshed, now: str) -> Iterator[Message]:
    """A line for each object that is read: all at once in truth, one by one as Terraform says."""
    is_over = isinstance(happened, Refreshed)
    kind, words = ("refresh_complete", "Refresh complete") if is_over else _START
    for row in happened.instances:
        about = {"resource": hook(row.address), "id_key": "guid", "id_value": row.handle}
        yield message(f"{row.address}: {words} [id={row.handle}]", kind, now, hook=about)


_START = ("refresh_start", "Refreshing state...")


def _drift(drift: Drift, now: str) -> Message:
    action = "delete" if drift.after is None else "update"
    change = {"resource": hook(drift.address), "action": action}
    text = f"{drift.address}: Drift detected ({action})"
    return message(text, "resource_drift", now, change=change)


def _change(change: Change, now: str) -> Message:
    word = _word(change)
    about: Message = {"resource": hook(change.address)}
    if change.moved_from is not None:
        about["previous_resource"] = hook(change.moved_from)
    about["action"] = word
    if change.reason:
        about["reason"] = ui_reason(change.reason)
    if change.imported:
        about["importing"] = {"id": change.imported}
    return message(f"{change.address}: Plan to {word}", "planned_change", now, change=about)


def _word(change: Change) -> str:
    if change.action is Action.NO_OP:
        return "import" if change.imported else "move"
    return WORDS[change.action]


def _counts(
    text: str, counts: tuple[int, int, int], operation: str, now: str, taken: int = 0
) -> Message:
    add, change, remove = counts
    tally = {"add": add, "change": change, "import": taken, "remove": remove}
    return message(text, "change_summary", now, changes={**tally, "operation": operation})


def closing(tally: Tally, mode: Mode, now: str, *, broken: bool = False) -> Message:
    """The counts of a run, `broken` at its very end or not; our four stand beside Terraform's."""
    operation = "destroy" if mode is Mode.DESTROY else "apply"
    failed = broken or tally.failed or tally.skipped or tally.not_started
    text = f"{operation.title()} {'incomplete.' if failed else 'complete!'} Resources: "
    counts = (tally.added, tally.changed, tally.destroyed)
    text += progress.resources(tally, Mode.NORMAL)
    line = _counts(text, counts, operation, now, tally.imported)
    steps = {
        "done": tally.done,
        "failed": tally.failed,
        "skipped": tally.skipped,
        "not_started": tally.not_started,
    }
    return {**line, "steps": steps}


def outputs(values: Mapping[str, Output], now: str) -> Message:
    """The outputs after a run; values of sensitive ones are left out."""
    shown = {
        name: {"sensitive": output.sensitive, "type": output.type}
        | ({} if output.sensitive else {"value": exact.value(output)})
        for name, output in sorted(values.items())
    }
    return message(f"Outputs: {len(shown)}", "outputs", now, outputs=shown)


def event(happened: Event, now: str) -> Message | None:
    """The line of one event; None for those whose content other lines carry."""
    text = progress.line(happened)
    match happened:
        case Planned() | Noticed() | Finished() | Refreshing() | Refreshed() | OutputsKnown():
            return None
        case Reading():
            about = {"resource_type": happened.type, "backend": happened.backend}
            return message(text, "reading", now, hook=about)
        case Recovered():
            recovered = {"addr": happened.address, "verb": happened.verb, "how": happened.how}
            return message(text, "recovered", now, hook=recovered)
        case Stopping():
            return message(text, "stopping", now, level="warn")
        case _:
            return _step(happened, text, now) if text else None


def _step(happened: progress.StepEvent, text: str, now: str) -> Message:
    about: Message = {
        "resource": hook(happened.step.address),
        "action": VERBS[happened.step.verb],
    }
    match happened:
        case StepStarted():
            about |= _id(happened.step)
            return message(text, "apply_start", now, hook=about)
        case StepRunning():
            about["elapsed_seconds"] = happened.seconds
            return message(text, "apply_progress", now, hook=about)
        case StepDone():
            about |= {"id_key": "guid", "id_value": happened.handle} if happened.handle else {}
            about["elapsed_seconds"] = int(happened.seconds)
            return message(text, "apply_complete", now, hook=about)
        case StepFailed():
            about["elapsed_seconds"] = int(happened.seconds)
            return message(text, "apply_errored", now, hook=about)
        case StepRetried():
            about |= {"attempt": happened.attempt, "wait_seconds": happened.wait}
            return message(text, "apply_retried", now, level="warn", hook=about)
        case StepSkipped():
            about["because"] = happened.because
            return message(text, "apply_skipped", now, level="warn", hook=about)
        case _:
            assert_never(happened)


def _id(step: Step) -> Message:
    if step.verb is Verb.CREATE or not step.handle:
        return {}
    return {"id_key": "guid", "id_value": step.handle}
