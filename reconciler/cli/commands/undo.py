"""`reconciler undo`."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from reconciler.cli.asked import must_be_able_to_ask, project, undoing
from reconciler.cli.consent import approval
from reconciler.cli.flags import Consent, Given, Talking, Undoing
from reconciler.cli.shell import Shell


def command(
    shell: Shell,
    consent: Consent,
    given: Given,
    wishes: Undoing,
    _talking: Talking,
    *,
    run: Annotated[str, Argument(metavar="RUN")],
    out: Annotated[
        Path | None, Option("--out", metavar="FILE", help="Save the plan, for apply.")
    ] = None,
) -> int:
    """Bring back what a run changed, as it was before.

    RUN is a number that history shows. Makes a plan from what the history remembers, shows it,
    asks, and carries it out; with -out the plan is saved instead, for apply. What later runs have
    changed since stays as it is. The files are not asked and not changed, so that the next plan
    shows the difference to them. An undo is a run as well, and can be undone.
    """
    approved = approval(consent, "undo")
    if out is None:
        must_be_able_to_ask(shell, "undo", approved=approved.is_given)
    where, wanted = project(shell, given), undoing(run, wishes)
    if out is not None:
        from reconciler.cli.save_plan import save_plan

        save_plan(shell, where, wanted, out)
        return 0
    from reconciler.cli.carry_out import carry_out

    return carry_out(shell, where, wanted, approved=approved, may_ask=given.input)
