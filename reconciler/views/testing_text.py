"""Tests for people: a line for each run, in the shape of `terraform test`."""

from reconciler.model.plan import Plan
from reconciler.model.state import State
from reconciler.model.testing import (
    AllDone,
    Clearing,
    Event,
    FileBegun,
    FileDone,
    Interrupted,
    LeftOver,
    RunDone,
    Status,
)
from reconciler.views import plan, state
from reconciler.views.hcl import Types
from reconciler.views.palette import Look, Style
from reconciler.views.text import clean

_WORDS = {
    Status.PASS: ("pass", Style.NEW),
    Status.FAIL: ("fail", Style.ERROR),
    Status.ERROR: ("fail", Style.ERROR),
    Status.SKIP: ("skip", Style.FAINT),
}


def event(happened: Event, look: Look) -> str:
    """What is printed when it happens, findings and pictures aside; "" for nothing."""
    match happened:
        case FileBegun():
            return _file(happened.path, look.paint("in progress", Style.FAINT))
        case RunDone():
            return f'  run "{clean(happened.name)}"... {_word(happened.status, look)}\n'
        case Clearing(run=""):
            return _file(happened.file, look.paint("tearing down", Style.FAINT))
        case FileDone():
            return _file(happened.path, _word(happened.status, look))
        case LeftOver():
            return left_over(happened)
        case Interrupted():
            return _interrupted(happened)
        case AllDone():
            return f"\n{summary(happened, look)}\n"
        case _:
            return ""


def _file(path: str, word: str) -> str:
    return f"{clean(path)}... {word}\n"


def _word(status: Status, look: Look) -> str:
    word, style = _WORDS[status]
    return look.paint(word, style)


def left_over(left: LeftOver) -> str:
    """What could not be destroyed."""
    listed = "".join(f"  - {clean(address)}\n" for address in left.addresses)
    return (
        f"\nThese objects could not be destroyed after {clean(left.file)}/{clean(left.run)}:\n"
        f"{listed}\nThey are gone with the simulated Exchange they were in; a real one would keep"
        " them.\n\n"
    )


def _interrupted(happened: Interrupted) -> str:
    return (
        f"\nStopping ({clean(happened.signal)}): no further run begins, and what was made is"
        " destroyed. Interrupt again to stop at once.\n\n"
    )


def summary(done: AllDone, look: Look) -> str:
    """`Success! 3 passed, 0 failed.`, with those skipped where there are any."""
    passed, skipped = done.count(Status.PASS), done.count(Status.SKIP)
    failed = done.count(Status.FAIL) + done.count(Status.ERROR)
    good = done.status in (Status.PASS, Status.SKIP)
    word = look.paint("Success!", Style.NEW) if good else look.paint("Failure!", Style.ERROR)
    more = f", {skipped} skipped" if skipped else ""
    return f"{word} {passed} passed, {failed} failed{more}."


def picture(seen: Plan | State | None, types: Types, look: Look) -> str:
    """With -verbose: the plan, or the state, between empty lines."""
    match seen:
        case None:
            return ""
        case Plan():
            return f"\n{plan.text(seen, types, look)}\n"
        case State():
            return f"\n{state.text(seen, types)}\n"
