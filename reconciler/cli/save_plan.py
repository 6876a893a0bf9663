"""A plan that is shown and kept in a file: `plan -out` and `undo -out`."""

from pathlib import Path

from reconciler.app import saving
from reconciler.app.planning import Options, Prepare
from reconciler.app.project import Project
from reconciler.cli.narrate import Narrator
from reconciler.cli.report import report
from reconciler.cli.shell import Shell
from reconciler.engine.brakes import notice
from reconciler.model.plan import Plan
from reconciler.views.text import clean


def save_plan(
    shell: Shell, project: Project, options: Options, out: Path, *prepare: Prepare
) -> Plan:
    narrator = Narrator(shell)
    made, basis = saving.make(project, options, narrator, *prepare)
    narrator.planned(made)
    saving.save(project, made, out, basis)
    report(shell, tuple(notice(made)))
    if not shell.json:
        name = clean(str(out))
        shell.stdout.write(
            f'\nThe plan is saved. To do exactly this, run:\n    reconciler apply "{name}"\n'
        )
    return made
