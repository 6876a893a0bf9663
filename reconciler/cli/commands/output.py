"""`reconciler output`."""

from collections.abc import Mapping
from typing import Annotated

from typer import Argument, Option

from reconciler.cli.asked import project
from reconciler.cli.flags import Talking
from reconciler.cli.report import report
from reconciler.cli.shell import Shell
from reconciler.cli.usage import wrong
from reconciler.model.diagnostic import warning
from reconciler.model.state import Output
from reconciler.views import output, outputs
from reconciler.views.text import clean_lines


def command(
    shell: Shell,
    _talking: Talking,
    *,
    name: Annotated[str | None, Argument(metavar="NAME")] = None,
    raw: Annotated[
        bool,
        Option("--raw/--not-raw", help="Print the value of NAME as it is, for use in scripts."),
    ] = False,
) -> int:
    """Show the outputs of the last apply, or the one called NAME.

    Sensitive values are masked in the list, and shown when asked for by name or with -json.
    """
    if raw and (shell.json or name is None):
        detail = "-raw prints one output for a script: name it, and leave -json out."
        raise wrong("contradicting-flags", "Contradicting flags", detail, "output")
    from reconciler.app import inspect

    values = inspect.outputs(project(shell))
    if name is not None:
        shell.stdout.write(_one(shell, name, values, raw=raw))
    elif shell.json:
        shell.stdout.write(output.all_json(values))
    elif values:
        shell.stdout.write(outputs.values(values))
    else:
        detail = "The state holds no outputs: apply a configuration that has output blocks."
        report(shell, [warning("no-outputs", "No outputs found", detail)])
    return 0


def _one(shell: Shell, name: str, values: Mapping[str, Output], *, raw: bool) -> str:
    if name not in values:
        raise output.missing(name)
    if not raw:
        return (output.one_json if shell.json else output.one)(values[name])
    text = output.raw(name, values[name])
    # A script gets every byte as it is; a terminal gets none that could steer it.
    return "\n".join(clean_lines(text)) if shell.stdout.is_terminal else text
