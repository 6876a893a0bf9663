"""Circles among names."""

from reconciler.config.cycles import Edge, cycles
from reconciler.model.span import Span


def graph(*pairs):
    names = sorted({name for pair in pairs for name in pair})
    edges = [Edge(a, b, Span("m.hcl", n, 1, n, 2)) for n, (a, b) in enumerate(pairs, 1)]
    return {name: [e for e in edges if e.source == name] for name in names}


def test_without_a_circle_nothing_is_found():
    assert not list(cycles(graph(("a", "b"), ("b", "c"), ("a", "c"))))


def test_each_edge_is_named_with_file_and_line():
    (found,) = cycles(graph(("a", "b"), ("b", "c"), ("c", "a")))
    assert found.code == "cycle"
    assert "a refers to b (m.hcl line 1)" in found.detail
    assert "b refers to c (m.hcl line 2)" in found.detail
    assert "c refers to a (m.hcl line 3)" in found.detail


def test_a_name_that_needs_itself_is_a_circle():
    (found,) = cycles(graph(("a", "a")))
    assert "a refers to a" in found.detail


def test_two_circles_are_two_findings():
    assert (
        len(list(cycles(graph(("a", "b"), ("b", "a"), ("c", "d"), ("d", "c"), ("b", "c"))))) == 2
    )


def test_of_circles_that_hang_together_the_shortest_is_shown():
    (found,) = cycles(graph(("a", "b"), ("b", "c"), ("c", "a"), ("b", "a")))
    assert "refers to c" not in found.detail


def test_what_leads_into_a_circle_is_not_part_of_it():
    (found,) = cycles(graph(("x", "a"), ("a", "b"), ("b", "a")))
    assert "x refers" not in found.detail


def test_a_chain_of_twenty_thousand_names_is_no_trouble():
    chain = [(f"n{n:06}", f"n{n + 1:06}") for n in range(20_000)]
    edges = {a: [Edge(a, b, Span("m", 1, 1, 1, 1))] for a, b in chain}
    last = chain[-1][1]
    assert not list(cycles({**edges, last: []}))
    assert (
        len(list(cycles({**edges, last: [Edge(last, chain[0][0], Span("m", 1, 1, 1, 1))]}))) == 1
    )
