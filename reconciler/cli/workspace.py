"""What the commands about workspaces have in common."""

from reconciler.app.project import Project
from reconciler.cli import asked
from reconciler.cli.shell import Shell
from reconciler.cli.usage import wrong

MADE = """\
Created and switched to workspace "{name}".

It is new and empty: plan sees nothing of what other workspaces manage.
"""


def selecting(shell: Shell, name: str, command: str) -> Project:
    """The project, where `name` may be selected in it. Raises ReconcilerError."""
    asked.workspace(name, "The name of a workspace")
    if shell.environment.get("RECONCILER_WORKSPACE"):
        detail = (
            "RECONCILER_WORKSPACE says which workspace is used, whatever is selected. Unset it, or"
            " give it that name."
        )
        raise wrong("workspace-overridden", "Workspace is set by the environment", detail, command)
    return asked.project(shell)
