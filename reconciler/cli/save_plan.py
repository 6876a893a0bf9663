"""A plan that is shown and kept in a file: `plan -out` and `undo -out`."""

from pathlib import Path

from reconciler.app import saving
from reconciler.app.planning import Options
from reconciler.app.project import Project
from reconciler.cli.narrate import Narrator
from reconciler.cli.shell import Shell
from reconciler.model.plan import Plan
from reconciler.views.text import clean


def save_plan(shell: Shell, project: Project, options: Options, out: Path) -> Plan:
    narrator = Narrator(shell)
    made, basis = saving.make(project, options, narrator)
    narrator.planned(made)
    saving.save(project, made, out, basis)
    if not shell.json:
        name = clean(str(out))
        shell.stdout.write(
            f'\nThe plan is saved. To do exactly this, run:\n    reconciler apply "{name}"\n'
        )
    return made
