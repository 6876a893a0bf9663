"""A run as it goes on, one line an event; and how it ended."""

from collections.abc import Sequence
from typing import TypeAlias, assert_never

from reconciler.model.diagnostic import Diagnostic
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
from reconciler.model.plan import Mode, Step, Verb
from reconciler.views.palette import Look, Style
from reconciler.views.text import clean, count, duration

StepEvent: TypeAlias = (
    StepStarted | StepRunning | StepRetried | StepDone | StepFailed | StepSkipped
)

DOING = {
    Verb.CREATE: "Creating...",
    Verb.UPDATE: "Modifying...",
    Verb.DELETE: "Destroying...",
}
DONE = {
    Verb.CREATE: "Creation complete",
    Verb.UPDATE: "Modifications complete",
    Verb.DELETE: "Destruction complete",
    Verb.MOVE: "Moved",
    Verb.RECORD: "Recorded",
    Verb.FORGET: "Forgotten",
    Verb.READ: "Read",
}
STILL = {
    Verb.CREATE: "Still creating...",
    Verb.UPDATE: "Still modifying...",
    Verb.DELETE: "Still destroying...",
}
FAILED = {
    Verb.CREATE: "Creation failed",
    Verb.UPDATE: "Modifications failed",
    Verb.DELETE: "Destruction failed",
    Verb.MOVE: "Moving failed",
    Verb.RECORD: "Recording failed",
    Verb.FORGET: "Forgetting failed",
    Verb.READ: "Reading failed",
}

_RECOVERED = {"finished": "found done"}


def line(event: Event) -> str:
    """The event as one line without its line break; "" for events that show nothing."""
    match event:
        case Reading():
            return f"{clean(event.type)}: Reading from {clean(event.backend) or 'the backend'}..."
        case Recovered():
            how = _RECOVERED.get(event.how, clean(event.how))
            return f"{clean(event.address)}: An unfinished {event.verb} was {how}"
        case Stopping():
            return _stopping(event)
        case Planned() | Noticed() | Finished() | Refreshing() | Refreshed() | OutputsKnown():
            return ""
        case _:
            return _step(event)


def _step(event: StepEvent) -> str:
    words = "" if event.step.verb is Verb.JOIN else _words(event)
    return f"{name(event.step)}: {words}" if words else ""


def name(step: Step) -> str:
    left_over = f" (left-over {clean(step.deposed)})" if step.deposed else ""
    return f"{clean(str(step.address))}{left_over}"


def _words(event: StepEvent) -> str:
    verb = event.step.verb
    match event:
        case StepStarted():
            return f"{DOING[verb]}{_id(event.step.handle or '')}" if verb in DOING else ""
        case StepRunning():
            return f"{STILL.get(verb, 'Still running...')} [{event.seconds}s elapsed]"
        case StepDone():
            return f"{DONE[verb]} after {duration(event.seconds)}{_id(event.handle)}"
        case StepFailed():
            return f"{FAILED[verb]} after {duration(event.seconds)}: {_why(event.problems)}"
        case StepRetried():
            reason = clean(event.reason)
            return f"Attempt {event.attempt} failed, next in {_wait(event.wait)}: {reason}"
        case StepSkipped():
            return f"Skipped, because {clean(event.because)} did not succeed"
        case _:
            assert_never(event)


def _why(problems: Sequence[Diagnostic]) -> str:
    more = f" (and {count(len(problems) - 1, 'more problem')})" if len(problems) > 1 else ""
    return clean(problems[0].summary) + more


def _id(handle: str) -> str:
    return f" [id={clean(handle)}]" if handle else ""


def _wait(seconds: float) -> str:
    return f"{seconds:.1f}s"


def _stopping(event: Stopping) -> str:
    return (
        f"Stopping ({clean(event.signal)}): no new step starts, running ones finish and are "
        "recorded. Interrupt again to stop at once."
    )


def status(done: int, running: int, total: int) -> str:
    """The one line at the bottom of a terminal while steps run."""
    return f"{done} of {count(total, 'step')} done, {running} running"


_COMPLETE = {
    Mode.NORMAL: "Apply",
    Mode.DESTROY: "Destroy",
    Mode.REFRESH_ONLY: "Refresh",
    Mode.UNDO: "Undo",
}
_COMMAND = {
    Mode.NORMAL: "reconciler apply",
    Mode.DESTROY: "reconciler destroy",
    Mode.REFRESH_ONLY: "reconciler apply -refresh-only",
    Mode.UNDO: "reconciler undo RUN",
}


def closing(tally: Tally, mode: Mode, look: Look, *, broken: bool = False) -> str:
    """The last lines: what was done, and where something is left, or the run is `broken` at its
    very end, the command that goes on.
    """
    counts = "Resources: " + resources(tally, mode)
    if broken or tally.failed or tally.skipped or tally.not_started:
        return _incomplete(tally, mode, counts, look)
    return look.paint(f"{_COMPLETE[mode]} complete! {counts}", Style.NEW) + "\n"


def resources(tally: Tally, mode: Mode) -> str:
    """`1 added, 0 changed, 0 destroyed.`; a destroy names only what it destroyed, and imports are
    named where there are any.
    """
    if mode is Mode.DESTROY and not (tally.added or tally.changed):
        return f"{tally.destroyed} destroyed."
    begin = f"{tally.imported} imported, " if tally.imported else ""
    return f"{begin}{tally.added} added, {tally.changed} changed, {tally.destroyed} destroyed."


def _incomplete(tally: Tally, mode: Mode, counts: str, look: Look) -> str:
    steps = (
        f"Steps: {tally.done} done, {tally.failed} failed, {tally.skipped} skipped, "
        f"{tally.not_started} not started."
    )
    heading = look.paint(f"{_COMPLETE[mode]} incomplete.", Style.ERROR)
    return f"{heading} {counts}\n{steps}\n\nTo go on, run:\n    {_COMMAND[mode]}\n"
