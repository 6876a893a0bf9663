"""`reconciler workspace delete`."""

from typing import Annotated

from typer import Argument, Option

from reconciler.cli import asked
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell

Force = Annotated[
    bool, Option("--force/--no-force", help="Delete it although it still manages objects.")
]


def command(
    shell: Shell,
    _talking: Talking,
    *,
    name: Annotated[str, Argument(metavar="NAME")],
    force: Force = False,
) -> int:
    """Delete a workspace, its state and its history.

    Neither the default workspace nor the current one can be deleted, and one that still manages
    objects only with -force. A database with all that it held stays in .reconciler/backups.
    """
    from reconciler.app import workspaces

    where = asked.project(shell)
    asked.workspace(name, "The name of a workspace")
    deleted = workspaces.delete(where, name, force=force)
    shell.stdout.write(f'Deleted workspace "{name}".\n')
    if deleted.left:
        shell.stdout.write(
            f"It managed {len(deleted.left)} object(s), which stay in Exchange as they are.\n"
        )
    shell.stdout.write(f"Everything that it held is still in {deleted.backup.as_posix()}\n")
    return 0
