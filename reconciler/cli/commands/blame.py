"""`reconciler blame`."""

from typing import Annotated

from typer import Argument

from reconciler.cli.asked import project
from reconciler.cli.commands.state_show import missing
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell


def command(
    shell: Shell,
    _talking: Talking,
    *,
    address: Annotated[str, Argument(metavar="ADDRESS")],
) -> int:
    """Show for each argument of an object which run last changed it, when, and whose that was.

    An object is followed through moves and replacements.
    """
    from reconciler.app import past
    from reconciler.catalog.index import everything
    from reconciler.views import history, json_history

    told = past.blame(project(shell))
    found = [one for one in told if str(one.instance.address) == address]
    if not found:
        raise missing(address, tuple(one.instance for one in told))
    write = json_history.blame if shell.json else history.blame
    shell.stdout.write(write(found[0].instance, found[0].runs, everything()))
    return 0
