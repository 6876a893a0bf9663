"""Tests told in text and in JUnit's XML."""

from xml.etree import ElementTree as ET

from reconciler.model.diagnostic import error, warning
from reconciler.model.span import Span
from reconciler.model.testing import AllDone, FileDone, LeftOver, RunDone, Status
from reconciler.views import testing_junit, testing_text
from reconciler.views.palette import PLAIN

WRONG = error("assertion-failed", "Test assertion failed", "No <b>.", Span("a", 1, 1, 1, 4))
ODD = "odd\x1b\x00name"


def ran(status, *found, name="one", failed=0):
    began = "" if status is Status.SKIP else "2026-01-01T00:00:00Z"
    return RunDone("a.test.hcl", name, status, found, began, 0.25, 3, failed)


def done(*runs, status=Status.PASS, left=(), interrupted=False):
    return AllDone((FileDone("a.test.hcl", status, runs, left),), interrupted)


def document(whole):
    return ET.fromstring(testing_junit.text(whole, {"a": "1 > 2"}.get))  # noqa: S314 (ours)


def test_the_summary_counts_errors_as_failures_and_names_the_skipped():
    both = done(ran(Status.PASS), ran(Status.FAIL), status=Status.FAIL)
    assert testing_text.summary(both, PLAIN) == "Failure! 1 passed, 1 failed."
    broken = done(ran(Status.ERROR), ran(Status.SKIP), status=Status.ERROR)
    assert testing_text.summary(broken, PLAIN) == "Failure! 0 passed, 1 failed, 1 skipped."
    assert testing_text.summary(AllDone(()), PLAIN) == "Success! 0 passed, 0 failed."


def test_an_interrupted_run_of_tests_is_no_success():
    assert done(ran(Status.PASS), interrupted=True).status is Status.ERROR


def test_no_name_steers_the_terminal():
    assert testing_text.event(ran(Status.PASS, name=ODD), PLAIN).count("\x1b") == 0


def test_junit_counts_and_names():
    runs = (ran(Status.PASS), ran(Status.FAIL, WRONG, failed=1), ran(Status.SKIP, name=ODD))
    (suite,) = document(done(*runs, status=Status.FAIL))
    counts = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "3", "failures": "1", "errors": "0", "skipped": "1"}
    good, bad, skipped = suite
    assert (good.get("time"), good.get("timestamp")) == ("0.250000", "2026-01-01T00:00:00Z")
    assert bad.find("failure").get("message") == "1 of 3 assertions failed"
    assert "No <b>." in bad.find("failure").text
    assert "1 > 2" in bad.find("failure").text
    assert (skipped.get("time"), skipped.find("skipped") is None) == (None, False)


def test_junit_says_why_a_run_was_skipped():
    runs = (ran(Status.ERROR, WRONG, name="first"), ran(Status.SKIP))
    (suite,) = document(done(*runs, status=Status.ERROR))
    broken, skipped = suite
    assert broken.find("error").get("message") == "Encountered an error"
    assert "first" in skipped.find("skipped").text


def test_junit_keeps_warnings_and_what_was_left():
    left = LeftOver("a.test.hcl", "one", ("send_connector.a",), ())
    whole = done(ran(Status.PASS, warning("w", "Look", "Here.")), left=(left,))
    case, told = document(whole)[0]
    assert "Warning: Look" in case.find("system-err").text
    assert "send_connector.a" in told.text
