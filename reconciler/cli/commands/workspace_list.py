"""`reconciler workspace list`."""

from reconciler.cli.asked import project
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell
from reconciler.views import json_text


def command(shell: Shell, _talking: Talking) -> int:
    """List the workspaces; a star stands before the current one."""
    from reconciler.app import workspaces

    where = project(shell)
    names = workspaces.names(where)
    if shell.json:
        shell.stdout.write(json_text.pretty({"current": where.workspace, "workspaces": names}))
        return 0
    for name in names:
        shell.stdout.write(f"{'*' if name == where.workspace else ' '} {name}\n")
    return 0
