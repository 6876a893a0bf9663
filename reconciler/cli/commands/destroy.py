"""`reconciler destroy`."""

from dataclasses import replace

from reconciler.cli.asked import must_be_able_to_ask, options, project
from reconciler.cli.consent import approval
from reconciler.cli.flags import Consent, Given, Planning, Talking
from reconciler.cli.shell import Shell


def command(
    shell: Shell,
    consent: Consent,
    planning: Planning,
    given: Given,
    _talking: Talking,
) -> int:
    """Remove everything that the state knows of, and nothing else.

    The same as apply -destroy.
    """
    approved = approval(consent, "destroy")
    must_be_able_to_ask(shell, "destroy", approved=approved.is_given)
    where = project(shell, given)
    wanted = options(replace(planning, destroy=True), "destroy")
    from reconciler.cli.carry_out import carry_out

    return carry_out(
        shell,
        where,
        wanted,
        approved=approved,
        may_ask=given.input,
    )
