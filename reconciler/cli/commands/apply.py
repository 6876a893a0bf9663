"""`reconciler apply`."""

from pathlib import Path
from typing import Annotated

from typer import Argument

from reconciler.cli.asked import must_be_able_to_ask, options, project
from reconciler.cli.consent import approval
from reconciler.cli.flags import Consent, Given, Planning, Talking
from reconciler.cli.shell import Shell
from reconciler.cli.usage import wrong


def command(
    shell: Shell,
    consent: Consent,
    planning: Planning,
    given: Given,
    _talking: Talking,
    *,
    plan_file: Annotated[Path | None, Argument(metavar="PLANFILE")] = None,
) -> int:
    """Make Exchange match the configuration.

    Makes a plan, shows it, asks, and carries it out. With PLANFILE, saved by plan -out, exactly
    that plan is carried out, without a question, unless -auto-approve lists actions and the plan
    does more. After a failure or an interruption the same
    command goes on where it stopped.
    """
    approved = approval(consent, "apply")
    if plan_file is None:
        must_be_able_to_ask(shell, "apply", approved=approved.is_given)
    else:
        _refuse_planning(planning)
    where, wanted = project(shell, given), options(planning, "apply")
    from reconciler.cli.carry_out import carry_out

    return carry_out(
        shell,
        where,
        wanted,
        plan_file=plan_file,
        approved=approved,
        may_ask=given.input,
    )


def _refuse_planning(planning: Planning) -> None:
    """A saved plan is what it is: flags that would alter it must not be passed over."""
    decided = (planning.destroy, planning.refresh_only, not planning.refresh)
    chosen = (planning.target, planning.target_file, planning.exclude, planning.exclude_file)
    if any((*decided, *chosen, planning.replace)):
        detail = "A saved plan cannot be altered. Leave the planning flags out, or plan anew."
        raise wrong("contradicting-flags", "Contradicting flags", detail, "apply")
