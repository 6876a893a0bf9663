"""Data sources that turn out during apply not to be there."""

import pytest
from app_bench import Run, block

from reconciler.app import apply
from reconciler.app.planning import Options
from reconciler.model.event import Noticed, StepFailed

DATA = 'data "send_connector" "d" {\n  guid = send_connector.a.comment\n}\n'
ASSERT = """
  assert {
    condition     = data.send_connector.d.port == 25
    error_message = "port"
  }
"""
# Known after apply only, and of no object.
UNREADABLE = block("b") + block("a", 'comment = replace(send_connector.b.guid, "-", "0")')


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def applied(run, text):
    events = []
    run.write(text)
    tally = apply.run(
        run.project, Options(), events.append, plan_file=None, approve=lambda _: True
    )
    return tally, events


@pytest.mark.parametrize("asserts", [ASSERT, ASSERT.replace("data.send_connector.d.port", "25")])
def test_a_check_whose_source_cannot_be_read_during_apply_says_so(run, asserts):
    tally, events = applied(run, UNREADABLE + 'check "c" {\n' + DATA + asserts + "}\n")
    (told,) = [
        found for event in events if isinstance(event, Noticed) for found in event.diagnostics
    ]
    assert (told.severity, told.address) == ("warning", "data.send_connector.d")
    assert (tally.failed, tally.added) == (0, 2)


def test_any_other_source_that_cannot_be_read_fails_the_run(run):
    tally, events = applied(run, UNREADABLE + DATA)
    (failed,) = [event for event in events if isinstance(event, StepFailed)]
    assert (str(failed.step.address), tally.failed) == ("data.send_connector.d", 1)
