"""`reconciler init`."""

from reconciler.cli.asked import project
from reconciler.cli.flags import Fetching, Given, Talking
from reconciler.cli.shell import Shell

_READY = """\
This folder is ready: its configuration can be read, and its modules are here.

To see what would change, run:
    reconciler plan
"""

_MISTAKES = """\
Its modules are here, but the configuration has mistakes. To see them, run:
    reconciler validate
"""


def command(shell: Shell, given: Given, fetching: Fetching, _talking: Talking) -> int:
    """Fetch modules, and check that this folder is ready for the other commands.

    It is never compulsory: plan and apply work at once where no module needs fetching. Modules
    from git are kept at the commit that .reconciler.lock.hcl pins; keep that file in git.
    """
    from reconciler.app import init

    ready = init.run(project(shell, given), upgrade=fetching.upgrade)
    if not shell.json:
        for one in ready.fetched:
            shell.stdout.write(f"Fetched {one.name} at {one.commit[:12]}\n")
        if ready.fetched:
            shell.stdout.write("\n")
        shell.stdout.write(_MISTAKES if ready.mistakes else _READY)
    return 0
