from fractions import Fraction

import pytest

from reconciler.lang import write
from reconciler.lang.parse import parse, parse_expression
from reconciler.lang.syntax import Binary, GetAttr, Item, Literal, Name, Splat, Unary
from reconciler.model.diagnostic import Collector
from reconciler.model.span import Span

HERE = Span("", 0, 0, 0, 0)


def read(text):
    problems = Collector()
    expr = parse_expression(text, "main.hcl", problems)
    assert not problems.found
    return expr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", '"a"'),
        ('say "x"\\', '"say \\"x\\"\\\\"'),
        ("${a} %{b} $ %", '"$${a} %%{b} $ %"'),
        ("\n\r\t", '"\\n\\r\\t"'),
        ("\0\x7f\u2028", '"\\u0000\\u007f\\u2028"'),
        ("\U000e0001", '"\\U000e0001"'),
        ("grüße 😀", '"grüße 😀"'),
    ],
)
def test_text_is_quoted_so_that_it_reads_back(text, expected):
    assert write.quote(text) == expected
    assert read(expected).value == text


@pytest.mark.parametrize(
    ("plain", "expected"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (25, "25"),
        (-25, "-25"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(1, 3), "(1 / 3)"),
        (Fraction(4), "4"),
        ("x", '"x"'),
        ([], "[]"),
        (("a", 1), '["a", 1]'),
        ({}, "{}"),
        ({"a": 1, "long-name": [True]}, "{\n  a         = 1\n  long-name = [true]\n}"),
        ({"for": 1, "a b": 2, "1": 3}, '{\n  "for" = 1\n  "a b" = 2\n  "1"   = 3\n}'),
    ],
)
def test_values_of_python_become_hcl(plain, expected):
    assert write.value(plain) == expected
    read(expected)


def test_a_long_list_stands_on_lines_of_its_own():
    text = write.value(["x" * 50, "y" * 50], indent=1)
    assert text == f'[\n    "{"x" * 50}",\n    "{"y" * 50}",\n  ]'


def test_a_body_is_written_with_its_blocks_apart():
    text = 'a {\n  b  = 1\n  cc = [2]\n\n  d "e" {}\n}\n\nf "g" "h" {\n  i = "j"\n}\n'
    assert write.body(parse(text, "main.hcl", Collector())) == text


@pytest.mark.parametrize(
    "text",
    [
        "a.b[0].c",
        "a[*].b[*].c.*.d",
        "a.*.b[0].c",
        "(a.*.b).c",
        "(a[*].b)[0]",
        "a.*.b.0.c",
        "-(1 + 2) * 3 - (4 - 5)",
        "--!a",
        "(a ? b : c) ? d : e ? f : g",
        "f(a, b...)",
        "x::y::f()",
        "{for k, v in a : k => v... if k}",
        "[for v in a : v if !v]",
        '"a${b}$${c}\\u0024${d}${""}"',
        '"${"a"}"',
        '"%{ if a }b%{ else }c%{ endif }%{ for k, v in x }${k}%{ endfor }"',
        '{\n  (a)   = 1\n  "b c" = 2\n  1     = 3\n  d.e   = 4\n}',
    ],
)
def test_what_is_written_as_we_write_it_stays_the_same(text):
    assert write.expression(read(text)) == text


@pytest.mark.parametrize(
    ("expr", "expected"),
    [
        (
            Binary(
                "*", Binary("+", Name("a", HERE), Name("b", HERE), HERE), Name("c", HERE), HERE
            ),
            "(a + b) * c",
        ),
        (
            Binary(
                "-", Name("a", HERE), Binary("-", Name("b", HERE), Name("c", HERE), HERE), HERE
            ),
            "a - (b - c)",
        ),
        (GetAttr(Unary("-", Name("a", HERE), HERE), "b", HERE), "(-a).b"),
        (GetAttr(Literal(-1, HERE), "b", HERE), "(-1).b"),
        (GetAttr(Splat(Name("a", HERE), Item(HERE), full=True, span=HERE), "c", HERE), "(a[*]).c"),
    ],
)
def test_parentheses_keep_the_meaning_of_a_tree_that_has_none(expr, expected):
    assert write.expression(expr) == expected


def test_a_long_chain_is_written_without_recursion():
    assert write.expression(read("1 + " * 5000 + "1")) == "1 + " * 5000 + "1"
