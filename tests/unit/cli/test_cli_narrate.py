import io
import json
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from reconciler.cli import prompt
from reconciler.cli.console import Console
from reconciler.cli.narrate import Narrator
from reconciler.cli.shell import Shell
from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError, error, warning
from reconciler.model.event import (
    Finished,
    OutputsKnown,
    Planned,
    StepDone,
    StepFailed,
    StepSkipped,
    StepStarted,
    Stopping,
    Tally,
)
from reconciler.model.plan import Action, Change, Mode, Plan, Step, Verb
from reconciler.model.state import Handle, Output
from reconciler.views.palette import Look

STEP = Step("s1", Address("send_connector", "x"), Verb.CREATE, None, "X", {}, {})
CHANGE = Change(STEP.address, Action.CREATE, None, {"name": "X"})
PLAN = Plan(Mode.NORMAL, "0", "l", 1, {}, "d", changes=(CHANGE,), steps=(STEP,))
REFUSED = error("refused", "Refused", "Port is taken. Choose another.")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def shell(stdin="", *, json=False, color=False, terminal=True, environment=None):
    streams = (Console(io.StringIO(), Look(color=color)) for _ in "oe")
    source = Terminal(stdin) if terminal else io.StringIO(stdin)
    return Shell(Path(), environment or {}, source, *streams, json=json)


def told(*events, **more):
    """(narrator, stdout, stderr) after `events` and the closing lines."""
    at = shell(**more)
    narrator = Narrator(at)
    for event in events:
        narrator(event)
    narrator.closing()
    return narrator, at.stdout.stream.getvalue(), at.stderr.stream.getvalue()


def test_a_run_is_told_line_by_line_and_ends_with_its_counts():
    tally = Tally(1, 0, 0, 0, 1, 0, 0)
    done = StepDone(STEP, 0.1, "g-1")
    _, out, err = told(Planned(PLAN), StepStarted(STEP), done, Finished(tally, "normal"))
    assert out.split("Plan: 1 to add, 0 to change, 0 to destroy.\n")[1] == (
        "send_connector.x: Creating...\n"
        "send_connector.x: Creation complete after 0s [id=g-1]\n"
        "\n"
        "Apply complete! Resources: 1 added, 0 changed, 0 destroyed.\n"
    )
    assert err == ""


def test_the_plan_is_shown_once():
    at = shell()
    narrator = Narrator(at)
    narrator(Planned(PLAN))
    narrator.planned(PLAN)
    assert at.stdout.stream.getvalue().count("will be created") == 1


def test_a_reviewed_plan_is_not_shown_again_but_its_mode_counts():
    at = shell()
    narrator = Narrator(at, quiet_plan=True)
    narrator.planned(Plan(Mode.DESTROY, "0", "l", 1, {}, "d"))
    narrator.closing()
    assert at.stdout.stream.getvalue().startswith("\nDestroy complete!")


def test_what_failed_is_told_before_the_counts_and_once():
    tally = Tally(0, 1, 1, 0, 0, 0, 0)
    at = shell()
    narrator = Narrator(at)
    failed = StepFailed(STEP, 1, (REFUSED,))
    for event in (StepStarted(STEP), failed, StepSkipped(STEP, "s1"), Finished(tally, "normal")):
        narrator(event)
    narrator.closing([REFUSED])
    assert at.stderr.stream.getvalue().count("Error: Refused") == 1
    assert at.stdout.stream.getvalue().endswith(
        "Steps: 0 done, 1 failed, 1 skipped, 0 not started.\n\nTo go on, run:\n    reconciler apply\n"
    )


def test_everything_that_is_wrong_with_a_step_is_told():
    at = shell()
    narrator = Narrator(at)
    narrator(StepFailed(STEP, 1, (REFUSED, error("odd", "Odd", "It is odd. Mend it."))))
    narrator.closing()
    told = at.stderr.stream.getvalue()
    assert [told.count(f"Error: {summary}") for summary in ("Refused", "Odd")] == [1, 1]


def test_warnings_of_a_plan_follow_it():
    odd = Plan(Mode.NORMAL, "0", "l", 1, {}, "d", warnings=(warning("w", "Odd"),))
    _, out, err = told(Planned(odd))
    assert out.index("No changes.") < out.index("Warning: Odd")
    assert err == ""


def test_a_terminal_with_colour_has_a_status_line_that_is_wiped():
    _, out, _ = told(Planned(PLAN), StepStarted(STEP), StepDone(STEP, 0, "g"), color=True)
    assert "Creating...\n0 of 1 step done, 1 running\r\x1b[2K" in out
    assert out.count("\x1b[2K") == 2


def test_a_signal_is_remembered():
    assert told(Stopping("SIGINT"))[0].is_stopped


def test_json_is_one_object_a_line():
    tally = Tally(1, 0, 0, 0, 1, 0, 0)
    events = (Planned(PLAN), StepStarted(STEP), StepDone(STEP, 0, "g"), Finished(tally, "normal"))
    _, out, _ = told(*events, json=True)
    assert [json.loads(line)["type"] for line in out.splitlines()] == [
        "version",
        "planned_change",
        "change_summary",
        "apply_start",
        "apply_complete",
        "change_summary",
    ]


def test_json_failures_go_to_stdout_as_diagnostics():
    _, out, err = told(StepFailed(STEP, 1, (REFUSED,)), json=True)
    (found,) = [json.loads(line) for line in out.splitlines() if '"diagnostic"' in line]
    assert found["diagnostic"]["code"] == "refused"
    assert err == ""


def test_outputs_follow_the_closing_line():
    at = shell()
    narrator = Narrator(at)
    narrator(OutputsKnown({"o": Output(1, "number")}))
    narrator.outputs()
    assert at.stdout.stream.getvalue() == "\nOutputs:\n\no = 1\n"


@pytest.mark.parametrize(
    ("answer", "yes"),
    [("yes\n", True), ("no\n", False), ("y\n", False), ("YES\n", False), ("", False)],
)
def test_only_yes_approves(answer, yes):
    assert prompt.approve(shell(answer), Mode.NORMAL, wanted=True) is yes


@pytest.mark.parametrize(
    "at",
    [
        shell("yes\n", terminal=False),
        shell("yes\n", json=True),
        shell("yes\n", environment={"RECONCILER_INPUT": "0"}),
        shell("yes\n", environment={"RECONCILER_INPUT": "false"}),
    ],
)
def test_without_anybody_to_ask_nothing_is_approved(at):
    with pytest.raises(ReconcilerError) as caught:
        prompt.approve(at, Mode.NORMAL, wanted=True)
    assert caught.value.diagnostics[0].code == "approval-needs-terminal"
    assert prompt.asker(at, wanted=True) is None


def test_input_false_asks_nobody():
    assert prompt.asker(shell(), wanted=False) is None


def test_a_question_is_asked_on_the_terminal():
    at = shell("25\r\n")
    ask = prompt.asker(at, wanted=True)
    assert ask is not None
    assert ask("var.port\n\x1b[2J", False) == "25"  # noqa: FBT003 - the port's own shape
    assert at.stdout.stream.getvalue() == "var.port\\u000a\\u001b[2J\n  Enter a value: "


def test_each_mode_has_its_question():
    shown = []
    for mode in Mode:
        at = shell("no\n")
        prompt.approve(at, mode, wanted=True)
        shown.append(at.stdout.stream.getvalue())
    assert len(set(shown)) == len(Mode)


def test_a_handle_is_shown_while_an_object_is_changed():
    step = Step("s", STEP.address, Verb.UPDATE, Handle("g-9"), "X", {}, {})
    assert "Modifying... [id=g-9]" in told(StepStarted(step))[1]


@pytest.mark.parametrize(("typed", "end"), [("", "\n\n"), ("no\n", "\n")])
def test_what_follows_a_question_begins_on_a_line_of_its_own(typed, end):
    at = replace(shell(), stdin=Terminal(typed))
    assert not prompt.approve(at, Mode.NORMAL, wanted=True)
    assert at.stdout.stream.getvalue().endswith(f"Enter a value: {end}")


class Interrupted(Terminal):
    """Somebody presses Ctrl-C at the question."""

    def readline(self, _=-1):
        signal.raise_signal(signal.SIGINT)
        return "yes\n"


def test_an_interruption_at_the_question_ends_it_even_while_a_run_heeds_signals():
    heeded = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        at = replace(shell(), stdin=Interrupted())
        with pytest.raises(KeyboardInterrupt):
            prompt.approve(at, Mode.NORMAL, wanted=True)
        assert at.stdout.stream.getvalue().endswith("Enter a value: \n\n")
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, heeded)
