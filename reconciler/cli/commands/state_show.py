"""`reconciler state show`."""

from typing import Annotated

from typer import Argument

from reconciler.cli.asked import project
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell
from reconciler.cli.usage import suggestion
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.state import Instance
from reconciler.views import exposed, json_text, state


def command(
    shell: Shell,
    _talking: Talking,
    *,
    address: Annotated[str, Argument(metavar="ADDRESS")],
) -> int:
    """Show one object of the state, the way HCL would write it."""
    from reconciler.app import inspect
    from reconciler.catalog.index import types

    instances = inspect.state(project(shell)).instances
    found = [i for i in instances if str(i.address) == address]
    if not found:
        raise missing(address, instances)
    for instance in state.ordered(found):
        if shell.json:
            values = exposed.values(instance.values, instance.address.type, types())
            shell.stdout.write(json_text.pretty(values))
        else:
            shell.stdout.write(state.one(instance, types()))
    return 0


def missing(address: str, instances: tuple[Instance, ...]) -> ReconcilerError:
    """What is said where the state has no object at `address`."""
    hint = suggestion(address, [str(instance.address) for instance in instances])
    detail = f"The state has no object at {address}.{hint} To see all, run: reconciler state list"
    return ReconcilerError(error("no-such-object", "Object not in the state", detail))
