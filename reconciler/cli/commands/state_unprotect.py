"""`reconciler state unprotect`."""

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
    """Lift the protection that prevent_destroy has given to objects.

    The state remembers it, so that taking the block away is not enough to destroy what was
    protected. A block that still says prevent_destroy = true protects it again.
    """
    from reconciler.app.amend import amend
    from reconciler.engine import edits

    asked = wish(amending, "state unprotect")
    done = amend(project(shell), asked, lambda state: edits.unprotected(state, addresses))
    words, end = ("Would unprotect", "Unprotected"), "{count} object(s) may be destroyed now."
    return tell(shell, done, amending, words, end=end)
