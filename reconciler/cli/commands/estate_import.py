"""`reconciler estate import`."""

from typing import Annotated

from typer import Argument, Option

from reconciler.cli.asked import project
from reconciler.cli.flags import Given, Talking
from reconciler.cli.shell import Shell

DONE, FAILED = 0, 1


def command(
    shell: Shell,
    given: Given,
    _talking: Talking,
    *,
    patterns: Annotated[list[str] | None, Argument(metavar="PATTERN")] = None,
    system: Annotated[
        bool,
        Option("--system/--no-system", help="Take over what Exchange and its setup made, too."),
    ] = False,
) -> int:
    """Write configuration for all that Exchange has, and import it.

    Writes resources for what nobody manages, in a file for each type, and import blocks in
    imports.hcl, and proves with a plan that nothing would change; apply then takes the objects over.
    Objects that are alike on several servers become one resource with for_each. With PATTERN only
    what it means: a type, or a type and a name, such as 'receive_connector.MBX1*'. Files that exist
    are never touched.
    """
    where = project(shell, given)
    from reconciler.app import estate as use_case
    from reconciler.views import estate, json_text, taken

    found = use_case.run(where, patterns or (), estate.draft, lambda _event: None, system=system)
    if shell.json:
        shell.stdout.write(json_text.pretty(taken.document(found)))
    else:
        shell.stdout.write(taken.text(found))
    return FAILED if found.changes else DONE
