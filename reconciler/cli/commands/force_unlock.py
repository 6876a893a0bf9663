"""`reconciler force-unlock`."""

from typing import Annotated

from typer import Argument, Option

from reconciler.cli import prompt
from reconciler.cli.asked import project
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.views.text import clean

Force = Annotated[bool, Option("--force/--no-force", help="Do not ask.")]


def command(
    shell: Shell,
    _talking: Talking,
    *,
    fence: Annotated[int, Argument(metavar="FENCE")],
    force: Force = False,
) -> int:
    """Free the state from a run that is gone.

    FENCE is the number in the message that the state is locked. A run that died frees the state by
    itself, at the latest after 30 seconds. One that lives has its next writes refused.
    """
    from reconciler.app import unlocking

    where = project(shell)
    holder = unlocking.held(where, fence).holder
    who = clean(f"{holder.user} on {holder.host}")
    what = clean(f"{holder.what}, process {holder.process}, since {holder.started}")
    if not force and not _confirmed(shell, f"The lease {fence} is held by {who} with {what}."):
        detail = 'Only "yes" is taken for approval. Nothing was changed.'
        raise ReconcilerError(error("not-approved", "Not unlocked", detail))
    unlocking.unlock(where, fence)
    shell.stdout.write(f"Unlocked: {who} held the lease {fence} with {what}.\n")
    return 0


def _confirmed(shell: Shell, held: str) -> bool:
    if not prompt.is_possible(shell, wanted=True):
        detail = f"{held} There is no terminal to ask on. To take it away unasked, use -force."
        raise ReconcilerError(
            error("approval-needs-terminal", "Nobody to ask for approval", detail)
        )
    note = "If that run still lives, it cannot record what it does from then on."
    return prompt.confirm(shell, f"{held} Take it away?", note)
