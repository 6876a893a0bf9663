"""`reconciler show`."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from reconciler.cli.asked import project
from reconciler.cli.flags import Talking
from reconciler.cli.report import report
from reconciler.cli.shell import Shell
from reconciler.cli.usage import wrong


def command(
    shell: Shell,
    _talking: Talking,
    *,
    plan_file: Annotated[Path | None, Argument(metavar="PLANFILE")] = None,
    at: Annotated[
        str,
        Option(
            "--at",
            metavar="TIME",
            help="Show the state as it was then: a time, or run:N for a run's end.",
        ),
    ] = "",
) -> int:
    """Show the state, or with PLANFILE a plan saved by plan -out.

    With -json in the formats of Terraform: 1.0 for state, 1.2 for plans.
    """
    if at and plan_file is not None:
        detail = "-at shows the state of a moment, and a plan has none. Leave one of them out."
        raise wrong("contradicting-flags", "Contradicting flags", detail, "show")
    from reconciler.app import inspect, past, saving
    from reconciler.catalog.index import everything
    from reconciler.engine.brakes import notice
    from reconciler.views import json_plan, json_state, plan, state

    where = project(shell)
    if plan_file is None:
        remembered = past.state_at(where, at) if at else inspect.state(where)
        write = json_state.text if shell.json else state.text
        shell.stdout.write(write(remembered, everything()))
        return 0
    made, basis = saving.load(where, plan_file)
    if shell.json:
        shell.stdout.write(json_plan.text(made, everything(), basis))
        return 0
    shell.stdout.write("\n" + plan.text(made, everything(), shell.stdout.look))
    report(shell, (*made.warnings, *notice(made)))
    return 0
