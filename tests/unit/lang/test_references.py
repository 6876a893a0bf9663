import pytest

from reconciler.lang.parse import parse_expression
from reconciler.lang.references import references
from reconciler.model.diagnostic import Collector


def found(text):
    expr = parse_expression(text, "main.hcl", Collector())
    return [(each.root, *each.steps) for each in references(expr)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1", []),
        ('"text"', []),
        ("a", [("a",)]),
        ("var.x", [("var", "x")]),
        ('a.b[0]["k"].c', [("a", "b", 0, "k", "c")]),
        ("a.0.b", [("a", 0, "b")]),
        ("a.b[count.index].c", [("a", "b", None), ("count", "index")]),
        ("a.b[*].c", [("a", "b", None)]),
        ("a.b.*.c[0]", [("a", "b", None)]),
        ("a[*][var.i]", [("a", None), ("var", "i")]),
        ("a[true]", [("a", None)]),
        ('a["${b.c}"]', [("a", None), ("b", "c")]),
        ("(a.b).c", [("a", "b")]),
        ("f(a.b, c).d", [("a", "b"), ("c",)]),
        ('"${a.b}%{ if c }${d}%{ endif }"', [("a", "b"), ("c",), ("d",)]),
        ("{(a) = b, c = d}", [("a",), ("b",), ("d",)]),
        ("a ? b : -c.d", [("a",), ("b",), ("c", "d")]),
    ],
)
def test_references_are_found_in_source_order(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[for x in x.y : x.z]", [("x", "y")]),
        ("{for k, v in m : k => [v, w] if k != o}", [("m",), ("w",), ("o",)]),
        ('"%{ for x in y }${x}${z}%{ endfor }${x}"', [("y",), ("z",), ("x",)]),
        ("[for x in y : [for z in x : [x, z, q]]]", [("y",), ("q",)]),
    ],
)
def test_variables_of_a_for_are_no_references(text, expected):
    assert found(text) == expected


def test_a_reference_spans_its_fixed_steps():
    expr = parse_expression("  ab.cd[x]", "main.hcl", Collector())
    first, second = references(expr)
    assert (first.span.column, first.span.end_column) == (3, 8)
    assert (second.span.column, second.span.end_column) == (9, 10)


def test_a_long_chain_is_walked_without_recursion():
    assert found("1 + " * 5000 + "a" + ".b" * 5000) == [("a", *["b"] * 5000)]
