"""Planning and applying in one go, with the question in between: `apply` and `destroy`."""

from pathlib import Path

from reconciler.app import apply
from reconciler.app.planning import Options
from reconciler.app.project import Project
from reconciler.cli import prompt
from reconciler.cli.narrate import Narrator
from reconciler.cli.shell import Shell
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.plan import Plan

DONE, FAILED, PARTIAL = 0, 1, 4


def carry_out(
    shell: Shell,
    project: Project,
    options: Options,
    *,
    plan_file: Path | None = None,
    approved: bool = False,
    may_ask: bool = True,
) -> int:
    """The exit code. `approved`: nobody is asked."""
    narrator = Narrator(shell, quiet_plan=plan_file is not None)

    def approve(made: Plan) -> bool:
        narrator.planned(made)
        return (
            approved
            or plan_file is not None
            or prompt.approve(shell, options.mode, wanted=may_ask)
        )

    try:
        apply.run(project, options, narrator, plan_file=plan_file, approve=approve)
    except ReconcilerError as problem:
        if not narrator.is_finished:
            raise
        narrator.closing(problem.diagnostics)
        return problem.exit_code
    narrator.closing()
    code = _code(narrator)
    if code == DONE:
        narrator.outputs()
    return code


def _code(narrator: Narrator) -> int:
    tally = narrator.tally
    if narrator.is_stopped:
        return FAILED
    if tally.failed or tally.skipped:
        return PARTIAL
    return FAILED if tally.not_started else DONE
