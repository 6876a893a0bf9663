"""Tests for build servers: JUnit's XML, as `terraform test -junit-xml` writes it."""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from reconciler.model.diagnostic import Diagnostic, Severity
from reconciler.model.testing import AllDone, FileDone, RunDone, Status
from reconciler.views import diagnostics, testing_text
from reconciler.views.diagnostics import Read
from reconciler.views.palette import PLAIN
from reconciler.views.text import clean, clean_lines


def text(done: AllDone, read: Read) -> str:
    """The whole document."""
    root = Element("testsuites")
    for file in done.files:
        _suite(root, file, read)
    indent(root)
    body = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(root: Element, file: FileDone, read: Read) -> None:
    found = [run.status for run in file.runs]
    suite = SubElement(
        root,
        "testsuite",
        name=clean(file.path),
        tests=str(len(found)),
        skipped=str(found.count(Status.SKIP)),
        failures=str(found.count(Status.FAIL)),
        errors=str(found.count(Status.ERROR)),
    )
    for run in file.runs:
        _case(suite, run, file, read)
    if file.left:
        told = "".join(testing_text.left_over(one) for one in file.left)
        SubElement(suite, "system-err").text = told.strip("\n")


def _case(suite: Element, run: RunDone, file: FileDone, read: Read) -> None:
    case = SubElement(suite, "testcase", name=clean(run.name), classname=clean(run.file))
    if run.began:
        case.set("time", f"{run.seconds:.6f}")
        case.set("timestamp", run.began)
    errors = [d for d in run.diagnostics if d.severity is Severity.ERROR]
    match run.status:
        case Status.FAIL:
            message = f"{run.failed} of {run.asserted} assertions failed"
            _said(case, "failure", message, _report(errors, read))
        case Status.ERROR:
            _said(case, "error", "Encountered an error", _report(errors, read))
        case Status.SKIP:
            _said(case, "skipped", "Skipped", _reason(file))
        case Status.PASS:
            pass
    warnings = [d for d in run.diagnostics if d.severity is Severity.WARNING]
    if warnings:
        SubElement(case, "system-err").text = _report(warnings, read)


def _said(case: Element, kind: str, message: str, said: str) -> None:
    SubElement(case, kind, message=message).text = said


def _report(found: list[Diagnostic], read: Read) -> str:
    return "\n".join(clean_lines(diagnostics.text(found, read, PLAIN)))


def _reason(file: FileDone) -> str:
    broken = next((run for run in file.runs if run.status is Status.ERROR), None)
    if broken is None:
        return "The tests were interrupted before this run."
    return f'The run "{clean(broken.name)}" before it ended in an error.'
