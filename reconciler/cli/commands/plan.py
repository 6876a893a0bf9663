"""`reconciler plan`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from reconciler.app.project import Project
from reconciler.cli.asked import options, project
from reconciler.cli.flags import Given, Planning, Talking
from reconciler.cli.shell import Shell
from reconciler.model.plan import Plan

if TYPE_CHECKING:
    from reconciler.app.planning import Options

CHANGES = 2

_UNSAVED = """
This plan was not saved with -out, so "reconciler apply" makes a plan of its own.
"""


def command(
    shell: Shell,
    planning: Planning,
    given: Given,
    _talking: Talking,
    *,
    out: Annotated[
        Path | None, Option("--out", metavar="FILE", help="Save the plan, for apply.")
    ] = None,
    detailed_exitcode: Annotated[
        bool,
        Option(
            "--detailed-exitcode/--plain-exitcode",
            help="Exit with 2 where there are changes, 0 where there are none, 1 on errors.",
        ),
    ] = False,
) -> int:
    """Show what would change, and change nothing.

    Compares the configuration with Exchange and with the state of the last apply.
    """
    where, wanted = project(shell, given), options(planning, "plan")
    made = _shown(shell, where, wanted) if out is None else _saved(shell, where, wanted, out)
    return CHANGES if detailed_exitcode and not made.is_empty else 0


def _shown(shell: Shell, where: Project, wanted: "Options") -> Plan:
    from reconciler.app import planning
    from reconciler.cli.narrate import Narrator

    narrator = Narrator(shell)
    made = planning.make(where, wanted, narrator)
    narrator.planned(made)
    if not shell.json and not made.is_empty:
        shell.stdout.write(_UNSAVED)
    return made


def _saved(shell: Shell, where: Project, wanted: "Options", out: Path) -> Plan:
    from reconciler.cli.save_plan import save_plan

    return save_plan(shell, where, wanted, out)
