"""`reconciler unmanaged`."""

from typing import Annotated

from typer import Argument, Option

from reconciler.cli.asked import project
from reconciler.cli.flags import Given, Talking
from reconciler.cli.shell import Shell

SOME = 2


def command(
    shell: Shell,
    given: Given,
    _talking: Talking,
    *,
    patterns: Annotated[list[str] | None, Argument(metavar="PATTERN")] = None,
    system: Annotated[
        bool, Option("--system/--no-system", help="List what Exchange and its setup made, too.")
    ] = False,
    detailed_exitcode: Annotated[
        bool,
        Option(
            "--detailed-exitcode/--plain-exitcode",
            help="Exit with 2 where something is listed, 0 where nothing is, 1 on errors.",
        ),
    ] = False,
) -> int:
    """List what Exchange has and nobody manages.

    Looks at every type in every backend of the configuration. With PATTERN only at what it means: a
    type, or a type and a name, such as 'receive_connector.MBX1*'.
    """
    where = project(shell, given)
    from reconciler.app import unmanaged as use_case
    from reconciler.views import json_text, unmanaged

    found = use_case.run(where, patterns or (), lambda _event: None)
    if shell.json:
        shell.stdout.write(json_text.pretty(unmanaged.document(found, system=system)))
    else:
        shell.stdout.write(unmanaged.table(found, system=system))
    listed = any(system or not one.system for one in found)
    return SOME if detailed_exitcode and listed else 0
