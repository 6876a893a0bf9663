"""`reconciler import`."""

from typing import Annotated

from typer import Argument

from reconciler.cli.asked import project
from reconciler.cli.duration import seconds
from reconciler.cli.flags import Given, Locking, Talking
from reconciler.cli.shell import Shell


def command(
    shell: Shell,
    locking: Locking,
    given: Given,
    _talking: Talking,
    *,
    address: Annotated[str, Argument(metavar="ADDRESS")],
    name: Annotated[str, Argument(metavar="ID")],
) -> int:
    r"""Take over an object that exists already.

    ADDRESS is a resource of the configuration, ID the object's name as Exchange shows it
    (SERVER\NAME for a receive connector) or its GUID. State remembers the object as it is;
    Exchange is not changed. The next plan shows what would change in it.
    """
    where, wait = project(shell, given), seconds(locking.lock_timeout, "lock-timeout", "import")
    from reconciler.app import taking
    from reconciler.app.planning import Options
    from reconciler.cli.narrate import Narrator

    narrator = Narrator(shell)
    wanted = Options(lock_timeout=wait, message=locking.message)
    taking.run(where, address, name, wanted, narrator)
    narrator.closing()
    return 0
