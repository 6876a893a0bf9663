"""`reconciler drift accept`."""

from typing import Annotated

from typer import Argument, Option

from reconciler.cli.asked import project
from reconciler.cli.duration import seconds
from reconciler.cli.flags import Given, Talking
from reconciler.cli.report import report
from reconciler.cli.shell import Shell
from reconciler.views import accepted


def command(
    shell: Shell,
    given: Given,
    _talking: Talking,
    *,
    target: Annotated[str, Argument(metavar="ADDRESS[.ARGUMENT]")],
    dry_run: Annotated[
        bool,
        Option("--dry-run/--no-dry-run", help="Show what would be written, and write nothing."),
    ] = False,
    lock_timeout: Annotated[
        str,
        Option(
            "--lock-timeout",
            metavar="DURATION",
            help="How long to wait for a locked state, such as 10s or 1m30s.",
        ),
    ] = "0s",
) -> int:
    """Take what others changed in Exchange into the configuration.

    Writes into the resource block what Exchange has, for one argument or for all that have drifted.
    Comments, layout and every other line stay as they are, and the next plan has nothing to do
    there. A value that comes from somewhere else (a variable, a local value, for_each) is not
    written; the message says where it does come from.
    """
    wait = seconds(lock_timeout, "lock-timeout", "drift accept")
    from reconciler.app import accept

    done = accept.run(project(shell, given), target, dry=dry_run, wait=wait)
    if shell.json:
        shell.stdout.write(accepted.json_text(done, dry=dry_run))
        return 0
    report(shell, done.warnings)
    shell.stdout.write(accepted.text(done, dry=dry_run))
    return 0
