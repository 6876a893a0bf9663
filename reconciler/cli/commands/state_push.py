"""`reconciler state push`."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from reconciler.cli.amending import wish
from reconciler.cli.asked import project
from reconciler.cli.flags import Amending, Talking
from reconciler.cli.shell import Shell
from reconciler.model.diagnostic import ReconcilerError, error

Force = Annotated[
    bool,
    Option("--force/--no-force", help="Push a document of another lineage, or an older one."),
]


def command(
    shell: Shell,
    amending: Amending,
    _talking: Talking,
    *,
    file: Annotated[str, Argument(metavar="FILE")],
    force: Force = False,
) -> int:
    """Make the state what a document that state pull printed says; - reads standard input.

    Nothing changes in Exchange. The whole document is checked first: one that was cut off, altered,
    or sealed with another key is refused, and so is one of another lineage or one that is older
    than the state, unless -force is given.
    """
    from reconciler.app.push import push
    from reconciler.views import edits

    done = push(project(shell), wish(amending, "state push"), _content(shell, file), force=force)
    write = edits.as_json if shell.json else edits.text
    shell.stdout.write(write(done.outcomes, done.outputs, dry_run=amending.dry_run))
    return 0


def _content(shell: Shell, file: str) -> bytes:
    from reconciler.store.document import LIMIT

    if file == "-":
        return shell.everything_given(LIMIT)
    try:
        return Path(file).read_bytes()
    except OSError as failure:
        detail = f"{file} cannot be read: {failure.strerror}. Name a file that state pull wrote."
        raise ReconcilerError(error("unreadable-file", "File cannot be read", detail)) from failure
