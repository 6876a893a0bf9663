"""`reconciler taint`."""

from typing import Annotated

from typer import Argument

from reconciler.cli.amending import wish
from reconciler.cli.asked import project
from reconciler.cli.flags import Amending, Talking
from reconciler.cli.shell import Shell
from reconciler.views.text import clean


def command(
    shell: Shell,
    amending: Amending,
    _talking: Talking,
    *,
    address: Annotated[str, Argument(metavar="ADDRESS")],
) -> int:
    """Mark an object as damaged, so that the next plan replaces it.

    plan and apply with -replace=ADDRESS do the same, and show it before anything is recorded.
    """
    from reconciler.app.amend import amend
    from reconciler.engine import edits

    asked = wish(amending, "taint")
    amend(project(shell), asked, lambda state: edits.tainted(state, address))
    said = "would be marked as tainted" if amending.dry_run else "has been marked as tainted"
    if not shell.json:
        shell.stdout.write(f"{clean(address)} {said}.\n")
    return 0
