"""Where statements lead an address."""

import pytest

from reconciler.config.movement import Guide, Pattern, Statement, Whole, shown, steps_of
from reconciler.model.address import parse
from reconciler.model.span import Span

ANY = Whole.KEYS
HERE = Span("main.hcl", 1, 1, 1, 1)


def a(name, key=ANY):
    return ("send_connector", name, key)


def m(name, key=ANY):
    return ("module", name, key)


def led(address, *pairs, within=()):
    """Where each of the pairs in turn leads, as long as one fits."""
    guide = Guide(Statement(within, tuple(old), tuple(new), HERE) for old, new in pairs)
    steps = steps_of(parse(address))
    while (found := guide.step(steps)) is not None:
        steps = found[1]
    return shown(steps)


S = "send_connector."
CASES = [
    (S + "a", [a("a")], [a("b")], S + "b"),
    (S + "c", [a("a")], [a("b")], S + "c"),
    (S + "a[3]", [a("a")], [a("b")], S + "b[3]"),
    (S + 'a["k"]', [a("a", None)], [a("b", None)], S + 'a["k"]'),
    (S + "a[0]", [a("a", 0)], [a("a", "x")], S + 'a["x"]'),
    (S + 'a["0"]', [a("a", 0)], [a("a", "x")], S + 'a["0"]'),
    (S + 'a["eu-1"]', [a("a", Pattern("eu-*"))], [a("b", Pattern("*"))], S + 'b["1"]'),
    (S + 'a["us-1"]', [a("a", Pattern("eu-*"))], [a("b", Pattern("*"))], S + 'a["us-1"]'),
    (S + 'a["x-y"]', [a("a", Pattern("*-*"))], [a("b", Pattern("*.*"))], S + 'b["x.y"]'),
    (S + 'a["x-y-z"]', [a("a", Pattern("*-*"))], [a("b", Pattern("*+*"))], S + 'b["x+y-z"]'),
    (S + "a[7]", [a("a", Pattern("*"))], [a("b", Pattern("*"))], S + "a[7]"),
    (S + "old", [a("*")], [m("n", None), a("*")], "module.n." + S + "old"),
    ("module.x." + S + "a[1]", [m("x")], [m("y")], "module.y." + S + "a[1]"),
    ("module.x[2]." + S + "a", [m("x")], [m("y")], "module.y[2]." + S + "a"),
    ("module.x." + S + "a", [m("x", None)], [m("x", "k")], 'module.x["k"].' + S + "a"),
    ("module.x." + S + "a", [m("x", None), a("a")], [a("b")], S + "b"),
    ("module.x.module.y." + S + "a", [m("x", None), m("y")], [m("z")], "module.z." + S + "a"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "old", "new", "expected"), CASES)
def test_a_statement_leads_what_it_names_and_nothing_else(address, old, new, expected):
    assert led(address, (old, new)) == expected


def test_statements_follow_each_other():
    pairs = ([a("a")], [a("b")]), ([a("b")], [a("c")])
    assert led(S + "a", *pairs) == led(S + "a", *pairs[::-1]) == S + "c"


def test_what_says_most_goes_first():
    pairs = [
        ([m("x")], [m("y")]),
        ([m("x", None), a("a")], [m("x", None), a("b")]),
        ([m("x", None), a("a", "k")], [a("c", None)]),
    ]
    assert led('module.x.send_connector.a["k"]', *pairs) == S + "c"
    assert led('module.x.send_connector.a["l"]', *pairs) == 'module.y.send_connector.b["l"]'


def test_what_a_module_says_is_meant_for_each_instance_of_it():
    inside = ([a("a")], [a("b")])
    assert led('module.x["k"].send_connector.a', inside, within=("x",)) == (
        'module.x["k"].send_connector.b'
    )
    assert led(S + "a", inside, within=("x",)) == S + "a"


def test_many_statements_are_looked_up_and_not_tried():
    pairs = [([a("a", f"k{n}")], [a("b", f"k{n}")]) for n in range(5000)]
    guide = Guide(Statement((), tuple(old), tuple(new), HERE) for old, new in pairs)
    found = [guide.step(steps_of(parse(f'send_connector.a["k{n}"]'))) for n in range(5000)]
    assert all(one is not None for one in found)
