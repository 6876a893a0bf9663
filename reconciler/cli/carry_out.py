"""Planning and applying in one go, with the question in between: `apply` and `destroy`."""

from pathlib import Path

from reconciler.app import apply
from reconciler.app.planning import Options
from reconciler.app.project import Project
from reconciler.cli import prompt
from reconciler.cli.consent import Approval, unapproved
from reconciler.cli.narrate import Narrator
from reconciler.cli.shell import Shell
from reconciler.engine.brakes import refusal
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.plan import Plan

DONE, FAILED, PARTIAL, HELD = 0, 1, 4, 6


def carry_out(
    shell: Shell,
    project: Project,
    options: Options,
    *,
    approved: Approval,
    plan_file: Path | None = None,
    may_ask: bool = True,
) -> int:
    """The exit code. `approved` is what nobody is asked about."""
    narrator = Narrator(shell, quiet_plan=plan_file is not None)

    def approve(made: Plan) -> bool:
        narrator.planned(made)
        held = refusal(made, approved.destroy)
        if held is not None:
            raise ReconcilerError(held, exit_code=HELD)
        if plan_file is not None and not approved.is_partial:
            return True
        why = unapproved(approved, made)
        return (not why and approved.is_given) or prompt.approve(
            shell, made.mode, wanted=may_ask, why=why
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
