import pytest
from views_samples import address, step

from reconciler.model.diagnostic import error
from reconciler.model.event import (
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
from reconciler.model.plan import Mode, Verb
from reconciler.views.palette import PLAIN
from reconciler.views.progress import closing, line, status

NAME = "send_connector.internet"


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        (Reading("send_connector", "simulated"), "send_connector: Reading from simulated..."),
        (StepStarted(step()), f"{NAME}: Creating..."),
        (StepStarted(step(Verb.UPDATE, "g-1")), f"{NAME}: Modifying... [id=g-1]"),
        (StepDone(step(), 0.2, "g-1"), f"{NAME}: Creation complete after 0s [id=g-1]"),
        (StepDone(step(Verb.DELETE, "g-1"), 61), f"{NAME}: Destruction complete after 1m1s"),
        (StepDone(step(Verb.RECORD), 0, "g-1"), f"{NAME}: Recorded after 0s [id=g-1]"),
        (StepStarted(step(Verb.RECORD)), ""),
        (StepStarted(step(Verb.JOIN)), ""),
        (StepDone(step(Verb.JOIN), 0), ""),
        (
            StepFailed(step(), 3, (error("x", "Refused", "Port is taken.\nMore."),)),
            f"{NAME}: Creation failed after 3s: Refused",
        ),
        (
            StepFailed(step(), 3, (error("x", "Refused"), error("y", "Odd"), error("z", "No"))),
            f"{NAME}: Creation failed after 3s: Refused (and 2 more problems)",
        ),
        (
            StepRetried(step(), 1, 0.5, "busy"),
            f"{NAME}: Attempt 1 failed, next in 0.5s: busy",
        ),
        (
            StepSkipped(step(), "create a.b"),
            f"{NAME}: Skipped, because create a.b did not succeed",
        ),
        (
            StepStarted(step(Verb.DELETE, "g-1", deposed="1a")),
            f"{NAME} (left-over 1a): Destroying... [id=g-1]",
        ),
        (Recovered(NAME, "create", "adopted"), f"{NAME}: An unfinished create was adopted"),
        (Recovered(NAME, "update", "dropped"), f"{NAME}: An unfinished update was dropped"),
        (Recovered(NAME, "update", "finished"), f"{NAME}: An unfinished update was found done"),
    ],
)
def test_every_event_is_one_line(event, shown):
    assert line(event) == shown


def test_an_interruption_says_what_happens_and_how_to_stop_at_once():
    assert "Interrupt again to stop at once." in line(Stopping("SIGINT"))


@pytest.mark.parametrize(
    "event",
    [
        StepStarted(step(at=address(key="\x1b[2J\n"))),
        StepDone(step(), 0, "\x1b[2J"),
        StepRetried(step(), 1, 1, "\x1b]0;evil\x07"),
        StepFailed(step(), 0, (error("x", "Refused", "\x1b[2J\u202e"),)),
    ],
)
def test_hostile_names_and_answers_stay_on_their_line(event):
    assert line(event).isprintable()


def test_a_run_that_went_well_ends_in_one_line():
    tally = Tally(3, 0, 0, 0, added=1, changed=2, destroyed=0)
    assert closing(tally, Mode.NORMAL, PLAIN) == (
        "Apply complete! Resources: 1 added, 2 changed, 0 destroyed.\n"
    )


def test_what_was_imported_is_counted_first():
    tally = Tally(1, 0, 0, 0, added=0, changed=1, destroyed=0, imported=2)
    assert closing(tally, Mode.NORMAL, PLAIN) == (
        "Apply complete! Resources: 2 imported, 0 added, 1 changed, 0 destroyed.\n"
    )


def test_a_destroy_names_only_what_it_destroyed():
    tally = Tally(4, 0, 0, 0, added=0, changed=0, destroyed=4)
    assert closing(tally, Mode.DESTROY, PLAIN) == "Destroy complete! Resources: 4 destroyed.\n"


@pytest.mark.parametrize(
    ("mode", "command"),
    [
        (Mode.NORMAL, "reconciler apply"),
        (Mode.DESTROY, "reconciler destroy"),
        (Mode.REFRESH_ONLY, "reconciler apply -refresh-only"),
    ],
)
def test_a_run_that_failed_ends_with_four_counts_and_the_command_that_goes_on(mode, command):
    shown = closing(Tally(3, 1, 2, 4, added=3, changed=0, destroyed=0), mode, PLAIN)
    assert shown.endswith(
        "incomplete. Resources: 3 added, 0 changed, 0 destroyed.\n"
        "Steps: 3 done, 1 failed, 2 skipped, 4 not started.\n"
        f"\nTo go on, run:\n    {command}\n"
    )


def test_the_status_line_counts_steps():
    assert status(1, 2, 10) == "1 of 10 steps done, 2 running"


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb is not Verb.JOIN])
def test_whatever_can_fail_has_words(verb):
    failed = StepFailed(step(verb), 0, (error("x", "Refused"),))
    assert line(failed).endswith("failed after 0s: Refused")
    assert line(StepDone(step(verb), 0)).endswith(" after 0s")
