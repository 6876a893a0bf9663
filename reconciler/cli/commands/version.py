"""`reconciler version`."""

from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell
from reconciler.views import version


def command(shell: Shell, _talking: Talking) -> int:
    """Show the version of reconciler, and of the Python that runs it."""
    shell.stdout.write(version.json_text() if shell.json else version.text())
    return 0
