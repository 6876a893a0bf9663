"""Names that need one another in a circle, found in time linear in the number of references.

Nothing recurses: a chain of ten thousand locals is as good as any other.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.record import dataclass
from reconciler.model.span import Span


@dataclass(frozen=True, slots=True)
class Edge:
    """`source` refers to `target` at `span`."""

    source: str
    target: str
    span: Span


_TOLD = 20
"""References of a circle that are named."""

Graph = Mapping[str, Sequence[Edge]]


def cycles(graph: Graph) -> Iterator[Diagnostic]:
    """One finding for each group of names that need one another. Every target is in `graph`."""
    for group in _groups(graph):
        path = _shortest(graph, group)
        if path:
            yield _finding(path)


def _groups(graph: Graph) -> Iterator[frozenset[str]]:
    """The strongly connected components, by Kosaraju's two passes."""
    reverse: dict[str, list[str]] = {name: [] for name in graph}
    for edges in graph.values():
        for edge in edges:
            reverse[edge.target].append(edge.source)
    forward = {name: [edge.target for edge in edges] for name, edges in graph.items()}
    seen: set[str] = set()
    order = [name for root in graph for name in _finished(forward, root, seen)]
    seen = set()
    for root in reversed(order):
        group = frozenset(_finished(reverse, root, seen))
        if group:
            yield group


def _finished(graph: Mapping[str, Sequence[str]], root: str, seen: set[str]) -> Iterator[str]:
    """What is reached from `root` and not yet `seen`, each name after all that it leads to."""
    if root in seen:
        return
    seen.add(root)
    stack = [(root, iter(graph[root]))]
    while stack:
        name, targets = stack[-1]
        target = next((t for t in targets if t not in seen), None)
        if target is None:
            stack.pop()
            yield name
        else:
            seen.add(target)
            stack.append((target, iter(graph[target])))


def _shortest(graph: Graph, group: frozenset[str]) -> tuple[Edge, ...]:
    """A shortest way round from the first name of `group`; empty where there is none."""
    first = min(group)
    arrived: dict[str, Edge] = {}
    queue = deque([first])
    while queue and first not in arrived:
        for edge in graph[queue.popleft()]:
            if edge.target in group and edge.target not in arrived:
                arrived[edge.target] = edge
                queue.append(edge.target)
    if first not in arrived:
        return ()
    path = [arrived[first]]
    while path[-1].source != first:
        path.append(arrived[path[-1].source])
    return tuple(reversed(path))


def _finding(path: tuple[Edge, ...]) -> Diagnostic:
    told = [
        f"  {e.source} refers to {e.target} ({e.span.path} line {e.span.line})"
        for e in path[:_TOLD]
    ]
    if len(path) > _TOLD:
        told.append(f"  … and so on, {len(path) - _TOLD:,} references more")
    edges = "\n".join(told)
    return error(
        "cycle",
        "Cycle of references",
        f"These need one another in a circle, so none of them can be computed first:\n{edges}\n"
        "Take one of these references out.",
        path[0].span,
    )
