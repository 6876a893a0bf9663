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
    from reconciler.app.planning import Options, Prepare

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
    generate_config_out: Annotated[
        Path | None,
        Option(
            "--generate-config-out",
            metavar="FILE",
            help="Write the resources that import blocks lack into FILE, which must be new.",
        ),
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
    prepare = [_writing(shell, generate_config_out)] if generate_config_out else []
    if out is None:
        made = _shown(shell, where, wanted, *prepare)
    else:
        from reconciler.cli.save_plan import save_plan

        made = save_plan(shell, where, wanted, out, *prepare)
    return CHANGES if detailed_exitcode and not made.is_empty else 0


def _shown(shell: Shell, where: Project, wanted: "Options", *prepare: "Prepare") -> Plan:
    from reconciler.app import planning
    from reconciler.cli.narrate import Narrator
    from reconciler.cli.report import report
    from reconciler.engine.brakes import notice

    narrator = Narrator(shell)
    made = planning.make(where, wanted, narrator, *prepare)
    narrator.planned(made)
    report(shell, tuple(notice(made)))
    if not shell.json and not made.is_empty:
        shell.stdout.write(_UNSAVED)
    return made


def _writing(shell: Shell, path: Path) -> "Prepare":
    from reconciler.app import generating
    from reconciler.cli.narrate import Narrator
    from reconciler.views import written

    return generating.into(path, written.blocks, Narrator(shell))
