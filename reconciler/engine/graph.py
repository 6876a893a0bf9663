"""Steps and what must precede them, as a graph: the only networkx."""

from collections.abc import Callable, Iterator

import networkx as nx


class StepGraph:
    """Edges run from what precedes to what follows."""

    def __init__(self) -> None:
        self._graph: nx.DiGraph[str] = nx.DiGraph()

    def add(self, node: str) -> None:
        self._graph.add_node(node)

    def precede(self, earlier: str, later: str) -> None:
        if earlier != later:
            self._graph.add_edge(earlier, later)

    def prefer(self, earlier: str, later: str) -> None:
        """An edge that is left out where it would close a cycle."""
        if earlier != later and not nx.has_path(self._graph, later, earlier):
            self._graph.add_edge(earlier, later)

    def cycle(self) -> tuple[str, ...]:
        """The nodes of one cycle, or nothing."""
        try:
            return tuple(edge[0] for edge in nx.find_cycle(self._graph))
        except nx.NetworkXNoCycle:
            return ()

    def ordered(self, key: Callable[[str], object]) -> tuple[str, ...]:
        """All nodes, each after what precedes it, ties by `key`."""
        return tuple(nx.lexicographical_topological_sort(self._graph, key=key))

    def before(self, node: str) -> tuple[str, ...]:
        return tuple(self._graph.predecessors(node))

    def edges(self) -> Iterator[tuple[str, str]]:
        yield from self._graph.edges
