"""`reconciler plan`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from reconciler.cli.asked import options, project
from reconciler.cli.flags import Given, Planning, Talking
from reconciler.cli.shell import Shell
from reconciler.views.text import clean

if TYPE_CHECKING:
    from reconciler.app.planning import Prepare
    from reconciler.cli.narrate import Narrator

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
    from reconciler.app import planning as use_case
    from reconciler.cli.narrate import Narrator
    from reconciler.cli.report import report
    from reconciler.engine.brakes import notice

    narrator = Narrator(shell)
    prepare = [_writing(generate_config_out, narrator)] if generate_config_out else []
    if out is None:
        made = use_case.make(where, wanted, narrator, *prepare)
        narrator.planned(made)
    else:
        from reconciler.app import saving

        made, basis = saving.make(where, wanted, narrator, *prepare)
        narrator.planned(made)
        saving.save(where, made, out, basis)
    report(shell, tuple(notice(made)))
    if not shell.json and (out is not None or not made.is_empty):
        shell.stdout.write(_UNSAVED if out is None else _saved(out))
    return CHANGES if detailed_exitcode and not made.is_empty else 0


def _writing(path: Path, narrator: "Narrator") -> "Prepare":
    from reconciler.app import generating
    from reconciler.views import written

    return generating.into(path, written.blocks, narrator)


def _saved(out: Path) -> str:
    name = clean(str(out))
    return f'\nThe plan is saved. To do exactly this, run:\n    reconciler apply "{name}"\n'
