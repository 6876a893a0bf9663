"""`reconciler workspace new`."""

from typing import Annotated

from typer import Argument

from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell
from reconciler.cli.workspace import MADE, selecting


def command(
    shell: Shell, _talking: Talking, *, name: Annotated[str, Argument(metavar="NAME")]
) -> int:
    """Make a workspace and select it.

    Each workspace has a state of its own. Values for it alone go into NAME.vars.hcl, which is read
    by itself.
    """
    from reconciler.app import workspaces

    workspaces.create(selecting(shell, name, "workspace new"), name)
    shell.stdout.write(MADE.format(name=name))
    return 0
