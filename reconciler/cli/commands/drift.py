"""`reconciler drift`."""

from typing import Annotated

from typer import Argument

from reconciler.cli.asked import project
from reconciler.cli.flags import Given, Talking
from reconciler.cli.report import report
from reconciler.cli.shell import Shell
from reconciler.views import drift, json_drift

DRIFT = 2


def command(
    shell: Shell,
    given: Given,
    _talking: Talking,
    *,
    addresses: Annotated[list[str] | None, Argument(metavar="ADDRESS")] = None,
) -> int:
    """Show what others changed since the last apply: which argument of which object, and where
    the backend keeps an audit log also who it was, when, and with which cmdlet.

    With ADDRESS only that object, or all that a pattern with * means. Changes nothing and waits
    for nobody. Exits with 2 where something has changed, 0 where nothing has, 1 on errors.
    """
    from reconciler.app import drift as use_case
    from reconciler.catalog.index import everything

    found = use_case.run(project(shell, given), tuple(addresses or ()), lambda _: None)
    if shell.json:
        shell.stdout.write(json_drift.text(found.drift, found.warnings, everything()))
    else:
        report(shell, found.warnings)
        shell.stdout.write(drift.text(found.drift, everything(), shell.stdout.look))
    return DRIFT if found.drift else 0
