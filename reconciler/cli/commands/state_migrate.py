"""`reconciler state migrate`."""

from typing import Annotated

from typer import Option

from reconciler.cli.asked import project
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell

To = Annotated[
    str,
    Option(
        "--to",
        metavar="URL",
        help="The other database: sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE.",
    ),
]

_DONE = """\
Copied workspace "{workspace}" from {source} to {target}:
{objects} object(s), {runs} run(s), {lines} line(s) of history. Both read the same.

{source} was left as it is. To work with the copy, change the address of
the state: reconciler {{ state {{ url = "…" }} }} in the configuration, or RECONCILER_STATE_URL.
Other workspaces are copied one by one.
"""


def command(shell: Shell, _talking: Talking, *, to: To) -> int:
    """Copy the current workspace into another database, with its history.

    Between SQLite and PostgreSQL, in either direction. Nobody may work on it meanwhile, and the other
    database must have nothing of that workspace. Lineage and serial stay; the copy is compared with
    the original before it counts.
    """
    from reconciler.app.migrate import migrate

    where = project(shell)
    done = migrate(where, to)
    shell.stdout.write(
        _DONE.format(
            workspace=where.workspace,
            source=done.source,
            target=done.target,
            objects=len(done.copied.state.instances),
            runs=done.copied.runs,
            lines=done.copied.lines,
        )
    )
    return 0
