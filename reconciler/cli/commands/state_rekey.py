"""`reconciler state rekey`."""

from typing import Annotated

from typer import Option

from reconciler.cli.asked import project
from reconciler.cli.duration import seconds
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell
from reconciler.views import json_text


def command(
    shell: Shell,
    _talking: Talking,
    *,
    key_file: Annotated[
        str | None,
        Option("--key-file", metavar="FILE", help="The new key: 32 bytes, or their digits."),
    ] = None,
    lock_timeout: Annotated[
        str,
        Option("--lock-timeout", metavar="TIME", help="How long to wait for another run: 30s."),
    ] = "0s",
    message: Annotated[
        str, Option("-m", "--message", metavar="TEXT", help="Why; kept with the run.")
    ] = "",
) -> int:
    """Seal the sensitive values in state, and in its history, with another key.

    A key that lies beside the database is made anew. One that is given from outside is
    replaced by RECONCILER_STATE_NEW_KEY, RECONCILER_STATE_NEW_PASSPHRASE or the file of -key-file.
    Saved plans that were sealed with the old key do not open any more.
    """
    from reconciler.app import rekey

    wait = seconds(lock_timeout, "lock-timeout", "state rekey")
    path = None if key_file is None else shell.root / key_file
    done = rekey.run(project(shell), rekey.Asked(path, wait, message))
    if shell.json:
        shell.stdout.write(json_text.pretty({"format": 1, "sealed": done.sealed, "key": done.key}))
        return 0
    rows = "1 row is" if done.sealed == 1 else f"{done.sealed} rows are"
    shell.stdout.write(f"{rows} sealed with the key from {done.key}.\n")
    return 0
