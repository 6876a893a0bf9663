"""`reconciler workspace show`."""

from reconciler.cli.asked import project
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell


def command(shell: Shell, _talking: Talking) -> int:
    """Show the name of the current workspace."""
    shell.stdout.write(f"{project(shell).workspace}\n")
    return 0
