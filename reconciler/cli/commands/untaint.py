"""`reconciler untaint`."""

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
    """Take back the mark that makes the next plan replace an object.

    Such a mark stands after a creation that did not finish, and where taint has set one.
    """
    from reconciler.app.amend import amend
    from reconciler.engine import edits

    asked = wish(amending, "untaint")
    amend(project(shell), asked, lambda state: edits.untainted(state, address))
    said = "would not be tainted any more" if amending.dry_run else "is not tainted any more"
    if not shell.json:
        shell.stdout.write(f"{clean(address)} {said}.\n")
    return 0
