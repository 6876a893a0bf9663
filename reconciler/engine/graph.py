"""Steps and what must precede them, as a graph: the only networkx."""

from collections.abc import Callable, Iterable

import networkx as nx

Edge = tuple[str, str]
"""From what precedes to what follows."""


class Ring(Exception):  # noqa: N818 (it is what was found; the scheduler makes an error of it)
    """The edges run in a ring: `steps` in its order."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        super().__init__(", ".join(steps))
        self.steps = steps


def arranged(
    nodes: Iterable[str],
    edges: Iterable[Edge],
    wishes: Iterable[Edge],
    key: Callable[[str], object],
) -> list[tuple[str, tuple[str, ...]]]:
    """Every node with those that directly precede it, each after them, ties by `key`.

    A wish is an edge that is left out where it would close a ring. Raises Ring.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((earlier, later) for earlier, later in edges if earlier != later)
    _stop_on_ring(graph)
    for earlier, later in wishes:
        if earlier != later and not nx.has_path(graph, later, earlier):
            graph.add_edge(earlier, later)
    order = list(nx.lexicographical_topological_sort(graph, key=key))
    place = {node: number for number, node in enumerate(order)}
    return [(n, tuple(sorted(graph.predecessors(n), key=place.__getitem__))) for n in order]


def _stop_on_ring(graph: "nx.DiGraph[str]") -> None:
    try:
        found = nx.find_cycle(graph)
    except nx.NetworkXNoCycle:
        return
    raise Ring(tuple(edge[0] for edge in found))
