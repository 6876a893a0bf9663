"""`reconciler graph`."""

from reconciler.cli.asked import project
from reconciler.cli.flags import Talking
from reconciler.cli.shell import Shell
from reconciler.views import graph


def command(shell: Shell, _talking: Talking) -> int:
    """Draw who uses whom, in the DOT language of Graphviz.

    For example: reconciler graph | dot -Tsvg > graph.svg
    """
    from reconciler.app import inspect

    nodes, edges = inspect.graph(project(shell))
    names = [str(node) for node in nodes]
    shell.stdout.write(graph.dot(names, [(str(user), str(used)) for user, used in edges]))
    return 0
