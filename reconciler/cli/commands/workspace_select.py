"""`reconciler workspace select`."""

from typing import Annotated

from typer import Argument, Option

from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell
from reconciler.cli.workspace import MADE, selecting

OrCreate = Annotated[
    bool, Option("--or-create/--no-create", help="Make the workspace where there is none.")
]


def command(
    shell: Shell,
    _talking: Talking,
    *,
    name: Annotated[str, Argument(metavar="NAME")],
    or_create: OrCreate = False,
) -> int:
    """Work in another workspace from now on.

    The choice is remembered in .reconciler/workspace; RECONCILER_WORKSPACE goes before it.
    """
    from reconciler.app import workspaces

    where = selecting(shell, name, "workspace select")
    made = workspaces.select(where, name, or_create=or_create)
    said = MADE if made else 'Switched to workspace "{name}".\n'
    shell.stdout.write(said.format(name=name))
    return 0
