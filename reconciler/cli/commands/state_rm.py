"""`reconciler state rm`."""

from typing import Annotated

from typer import Argument

from reconciler.cli.amending import tell, wish
from reconciler.cli.asked import project
from reconciler.cli.flags import Amending, Talking
from reconciler.cli.shell import Shell


def command(
    shell: Shell,
    amending: Amending,
    _talking: Talking,
    *,
    addresses: Annotated[list[str], Argument(metavar="ADDRESS")],
) -> int:
    """Forget objects; they stay in Exchange as they are, and nobody manages them.

    ADDRESS is an instance, a resource or a module with all that is in it, or a pattern with *. What
    the configuration still declares would be created again: take it out there, too.
    """
    from reconciler.app.amend import amend
    from reconciler.engine import edits

    asked = wish(amending, "state rm")
    done = amend(project(shell), asked, lambda state: edits.forgotten(state, addresses))
    words, end = ("Would remove", "Removed"), "Successfully removed {count} resource instance(s)."
    return tell(shell, done, amending, words, end=end)
