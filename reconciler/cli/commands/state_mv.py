"""`reconciler state mv`."""

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
    source: Annotated[str, Argument(metavar="SOURCE")],
    target: Annotated[str, Argument(metavar="TARGET")],
) -> int:
    """Give objects of the state another address; nothing changes in Exchange.

    SOURCE and TARGET are two resources, two instances or two modules. A * in a key of SOURCE
    matches anything, and the * in the same place of TARGET stands for what it has matched. A moved
    block does the same for everybody who applies the configuration.
    """
    from reconciler.app.amend import amend
    from reconciler.engine import edits

    asked = wish(amending, "state mv")
    done = amend(project(shell), asked, lambda state: edits.moved(state, source, target))
    words, end = ("Would move", "Moved"), "Successfully moved {count} object(s)."
    return tell(shell, done, amending, words, end=end)
