"""`reconciler history verify`."""

from reconciler.cli.asked import project
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell


def command(shell: Shell, _talking: Talking) -> int:
    """Check that the history is what was written.

    Compares every line with the one before it, every run and every row with what the history says
    of it. What was altered is named, with exit code 1.
    """
    from reconciler.app import past
    from reconciler.views import history, json_history

    found = past.audit(project(shell))
    shell.stdout.write((json_history if shell.json else history).audit(found))
    return 0
