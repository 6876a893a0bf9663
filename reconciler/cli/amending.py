"""What the commands that change the record alone have in common."""

from typing import TYPE_CHECKING

from reconciler.cli.duration import seconds
from reconciler.cli.flags import Amending
from reconciler.cli.shell import Shell
from reconciler.views import json_text
from reconciler.views.text import clean

if TYPE_CHECKING:
    from reconciler.app.amend import Wish
    from reconciler.engine.edits import Edit


def wish(flags: Amending, command: str) -> "Wish":
    from reconciler.app.amend import Wish

    wait = seconds(flags.lock_timeout, "lock-timeout", command)
    return Wish(command, flags.dry_run, wait, flags.message)


def tell(shell: Shell, done: "Edit", flags: Amending, words: tuple[str, str], *, end: str) -> int:
    """A line for each object that was meant; `words` are what would be and what was done to it,
    `end` what comes last ("{count}" is their number). The exit code.
    """
    pairs = sorted(done.told, key=lambda pair: pair[0].sort_key)
    if shell.json:
        told = [{"address": str(old), "to": str(new)} for old, new in pairs]
        shell.stdout.write(json_text.pretty({"dry_run": flags.dry_run, "objects": told}))
        return 0
    verb = words[0] if flags.dry_run else words[1]
    for old, new in pairs:
        way = f" to {clean(str(new))}" if new != old else ""
        shell.stdout.write(f"{verb} {clean(str(old))}{way}\n")
    if not flags.dry_run:
        shell.stdout.write(end.format(count=len(pairs)) + "\n")
    return 0
