"""Steps and what must precede them, as a graph: the only networkx."""

from collections.abc import Callable, Collection, Iterable, Iterator

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
    graph = _with_wishes(graph, [(a, b) for a, b in wishes if a != b])
    order = list(nx.lexicographical_topological_sort(graph, key=key))
    place = {node: number for number, node in enumerate(order)}
    return [(n, tuple(sorted(graph.predecessors(n), key=place.__getitem__))) for n in order]


def _with_wishes(graph: "nx.DiGraph[str]", wishes: Collection[Edge]) -> "nx.DiGraph[str]":
    """All at once where none of them closes a ring, else one after the other."""
    every = graph.copy()
    every.add_edges_from(wishes)
    if nx.is_directed_acyclic_graph(every):
        return every
    for earlier, later in wishes:
        if not nx.has_path(graph, later, earlier):
            graph.add_edge(earlier, later)
    return graph


def given_up(firm: Collection[Edge], soft: Iterable[Edge]) -> set[Edge]:
    """Those of the `soft` edges that must go so that none is left in a ring."""
    soft, lost = set(soft).difference(firm), set[Edge]()
    fixed: nx.DiGraph[str] = nx.DiGraph(list(firm))
    graph: nx.DiGraph[str] = nx.DiGraph([*firm, *soft])
    fixed.add_nodes_from(graph)
    while broken := {
        edge for knot in _knots(graph) for edge in _weakest(knot, soft - lost, fixed)
    }:
        graph.remove_edges_from(broken)
        lost |= broken
    return lost


def _knots(graph: "nx.DiGraph[str]") -> Iterator[set[str]]:
    return (knot for knot in nx.strongly_connected_components(graph) if len(knot) > 1)


def _weakest(knot: set[str], soft: Iterable[Edge], fixed: "nx.DiGraph[str]") -> Collection[Edge]:
    """The soft edges against which the fixed ones run; where there are none, the first edge."""
    inside = sorted(edge for edge in soft if knot.issuperset(edge))
    within = fixed.subgraph(knot)
    return [(a, b) for a, b in inside if nx.has_path(within, b, a)] or inside[:1]


def _stop_on_ring(graph: "nx.DiGraph[str]") -> None:
    try:
        found = nx.find_cycle(graph)
    except nx.NetworkXNoCycle:
        return
    raise Ring(tuple(edge[0] for edge in found))
