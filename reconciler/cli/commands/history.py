"""`reconciler history`."""

from typing import Annotated

from typer import Option

from reconciler.cli.asked import project
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell


def command(
    shell: Shell,
    _talking: Talking,
    *,
    limit: Annotated[
        int | None, Option("--limit", metavar="N", min=1, help="Show the newest N runs alone.")
    ] = None,
) -> int:
    """List the runs that changed the state, newest first: who, when, why, and how each ended."""
    from reconciler.app import past
    from reconciler.views import history, json_history

    found = past.runs(project(shell), limit)
    shell.stdout.write((json_history if shell.json else history).runs(found))
    return 0
