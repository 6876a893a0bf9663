"""`reconciler state pull`."""

from reconciler.cli.asked import project
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell


def command(shell: Shell, _talking: Talking) -> int:
    """Print the state as one JSON document, for a backup or for state push.

    Sensitive values stay sealed in it and passwords are digests, so that it opens only with the key
    of this state. Calls under way and the history are not in it. An empty state prints nothing.
    """
    from reconciler.app.inspect import opened

    shell.stdout.write(opened(project(shell)).pull())
    return 0
