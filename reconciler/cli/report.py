"""Findings on their way out: to stderr where something is wrong, as JSON to stdout if asked."""

from collections.abc import Sequence

from reconciler.cli.shell import Shell, now
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, Severity
from reconciler.views import diagnostics, json_lines, json_text


def report(shell: Shell, findings: Sequence[Diagnostic]) -> None:
    """Prints findings; warnings alone go to stdout, with what they are about."""
    if shell.json:
        read, time = shell.reader(), now()
        for finding in diagnostics.ordered(findings):
            shell.stdout.write(json_text.line(json_lines.diagnostic(finding, read, time)))
        return
    is_error = any(finding.severity is Severity.ERROR for finding in findings)
    console = shell.stderr if is_error else shell.stdout
    text = diagnostics.text(findings, shell.reader(), console.look, compact=shell.compact)
    console.write(text)


def fail(shell: Shell, problem: ReconcilerError) -> int:
    """Prints the problem; the answer is its exit code."""
    report(shell, problem.diagnostics)
    return problem.exit_code
