"""`reconciler history show`."""

from typing import Annotated

from typer import Argument

from reconciler.cli.asked import project, run_number
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell


def command(
    shell: Shell,
    _talking: Talking,
    *,
    run: Annotated[str, Argument(metavar="RUN")],
) -> int:
    """Show what a run did: each object before and after, all in all.

    RUN is a number that history shows. Sensitive values are hidden, with -json too.
    """
    number = run_number(run, "history show")
    from reconciler.app import past
    from reconciler.catalog.index import everything
    from reconciler.views import history, json_history

    told = past.account(project(shell), number)
    write = json_history.account if shell.json else history.account
    shell.stdout.write(write(told.run, told.deeds, told.outputs, everything()))
    return 0
