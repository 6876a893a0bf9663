"""`-json`: one object a line, in the shape of Terraform's machine-readable UI."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from reconciler import __version__
from reconciler.model.diagnostic import Diagnostic, Severity
from reconciler.model.event import (
    Event,
    Finished,
    Noticed,
    Planned,
    Reading,
    Recovered,
    StepDone,
    StepFailed,
    StepRetried,
    StepSkipped,
    StepStarted,
    Stopping,
    Tally,
)
from reconciler.model.plan import Action, Change, Drift, Mode, Plan, Step, Verb
from reconciler.model.state import Output
from reconciler.views import exact, json_diagnostics, plan, progress
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
    for change in sorted(made.changes, key=lambda c: c.address.sort_key):
        if change.action is not Action.NO_OP:
            yield _change(change, now)
    yield _counts(plan.summary(made), made.counts, "plan", now)
    changed = {
        o.name: {"sensitive": _is_sensitive(o.before, o.after), "action": WORDS[o.action]}
        for o in sorted(made.outputs, key=lambda o: o.name)
    }
    if changed:
        yield message(f"Outputs: {len(changed)}", "outputs", now, outputs=changed)


def _drift(drift: Drift, now: str) -> Message:
    action = "delete" if drift.after is None else "update"
    change = {"resource": hook(drift.address), "action": action}
    text = f"{drift.address}: Drift detected ({action})"
    return message(text, "resource_drift", now, change=change)


def _change(change: Change, now: str) -> Message:
    word = WORDS[change.action]
    reason = {"reason": ui_reason(change.reason)} if change.reason else {}
    about = {"resource": hook(change.address), "action": word, **reason}
    return message(f"{change.address}: Plan to {word}", "planned_change", now, change=about)


def _is_sensitive(*sides: Output | None) -> bool:
    return any(side.sensitive for side in sides if side)


def _counts(text: str, counts: tuple[int, int, int], operation: str, now: str) -> Message:
    add, change, remove = counts
    changes = {"add": add, "change": change, "import": 0, "remove": remove}
    return message(text, "change_summary", now, changes={**changes, "operation": operation})


def closing(tally: Tally, mode: Mode, now: str) -> Message:
    """The counts of a run; our four closing counts stand beside Terraform's."""
    operation = "destroy" if mode is Mode.DESTROY else "apply"
    failed = tally.failed or tally.skipped or tally.not_started
    text = f"{operation.title()} {'incomplete.' if failed else 'complete!'} Resources: "
    counts = (tally.added, tally.changed, tally.destroyed)
    line = _counts(text + progress.resources(tally, Mode.NORMAL), counts, operation, now)
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
        case Planned() | Noticed() | Finished():
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


def _step(
    happened: StepStarted | StepRetried | StepDone | StepFailed | StepSkipped, text: str, now: str
) -> Message:
    about: Message = {
        "resource": hook(happened.step.address),
        "action": VERBS[happened.step.verb],
    }
    match happened:
        case StepStarted():
            about |= _id(happened.step)
            return message(text, "apply_start", now, hook=about)
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
