"""`reconciler init`."""

from reconciler.cli.asked import project
from reconciler.cli.flags import Given, Talking
from reconciler.cli.shell import Shell

_READY = """\
This folder is ready: its configuration can be read, and no module needs fetching.

To see what would change, run:
    reconciler plan
"""


def command(shell: Shell, given: Given, _talking: Talking) -> int:
    """Check that this folder is ready for the other commands.

    It is never compulsory: plan and apply work at once where no module needs fetching.
    """
    from reconciler.app import init

    init.run(project(shell, given))
    if not shell.json:
        shell.stdout.write(_READY)
    return 0
