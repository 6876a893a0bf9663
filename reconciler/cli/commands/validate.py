"""`reconciler validate`."""

from reconciler.cli.asked import project
from reconciler.cli.flags import Talking
from reconciler.cli.report import report
from reconciler.cli.shell import Shell
from reconciler.model.diagnostic import ReconcilerError, Severity
from reconciler.views import json_diagnostics
from reconciler.views.palette import Style


def command(shell: Shell, _talking: Talking) -> int:
    """Say whether the configuration is valid.

    Reads the files of this folder and nothing else: neither the state nor Exchange. Reports every
    mistake at once, each with its place.
    """
    from reconciler.app import validate

    try:
        findings = validate.run(project(shell))
    except ReconcilerError as problem:
        findings = problem.diagnostics
    valid = all(finding.severity is not Severity.ERROR for finding in findings)
    if shell.json:
        shell.stdout.write(json_diagnostics.validation(findings, shell.reader()))
        return 0 if valid else 1
    report(shell, findings)
    if valid:
        end = ", but look at the warnings above." if findings else "."
        good = shell.stdout.look.paint("Success!", Style.NEW)
        shell.stdout.write(f"{good} The configuration is valid{end}\n")
    return 0 if valid else 1
