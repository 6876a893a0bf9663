"""`reconciler state list`."""

from typing import Annotated

from typer import Argument

from reconciler.cli.asked import project
from reconciler.cli.commands.state_show import within
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell
from reconciler.views import json_text, state


def command(
    shell: Shell,
    _talking: Talking,
    *,
    addresses: Annotated[list[str] | None, Argument(metavar="ADDRESS")] = None,
) -> int:
    """List the addresses of what the state remembers.

    With ADDRESS only that object, or all instances of that block or module.
    """
    from reconciler.app import inspect

    instances = inspect.state(project(shell)).instances
    chosen = [i for i in instances if not addresses or any(within(i, a) for a in addresses)]
    if shell.json:
        names = [str(instance.address) for instance in state.ordered(chosen)]
        shell.stdout.write(json_text.pretty(names))
    else:
        shell.stdout.write(state.listing(chosen))
    return 0
