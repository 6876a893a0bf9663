"""`reconciler state list`."""

from typing import Annotated

from typer import Argument, Option

from reconciler.cli.asked import project
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell
from reconciler.views import json_text, state

Id = Annotated[
    str, Option("--id", metavar="GUID", help="Only the object that Exchange knows by this GUID.")
]


def command(
    shell: Shell,
    _talking: Talking,
    *,
    addresses: Annotated[list[str] | None, Argument(metavar="ADDRESS")] = None,
    guid: Id = "",
) -> int:
    """List the addresses of what the state remembers.

    With ADDRESS only that object, or all instances of that block or module, or what a pattern with
    * matches.
    """
    from reconciler.app import inspect
    from reconciler.engine.targets import matcher

    means = matcher(addresses or ["*"])
    instances = [i for i in inspect.state(project(shell)).instances if means(i.address)]
    chosen = [i for i in instances if not guid or i.handle.lower() == guid.lower()]
    if shell.json:
        names = [str(instance.address) for instance in state.ordered(chosen)]
        shell.stdout.write(json_text.pretty(names))
    else:
        shell.stdout.write(state.listing(chosen))
    return 0
