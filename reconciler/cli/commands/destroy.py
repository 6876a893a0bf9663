"""`reconciler destroy`."""

from dataclasses import replace

from reconciler.cli.asked import must_be_able_to_ask, options, project
from reconciler.cli.commands.apply import AutoApprove
from reconciler.cli.flags import Given, Planning, Talking
from reconciler.cli.shell import Shell


def command(
    shell: Shell,
    planning: Planning,
    given: Given,
    _talking: Talking,
    *,
    auto_approve: AutoApprove = False,
) -> int:
    """Remove everything that the state knows of, and nothing else.

    The same as apply -destroy.
    """
    must_be_able_to_ask(shell, "destroy", approved=auto_approve)
    where = project(shell, given)
    wanted = options(replace(planning, destroy=True), "destroy")
    from reconciler.cli.carry_out import carry_out

    return carry_out(shell, where, wanted, approved=auto_approve, may_ask=given.input)
