"""Marks: what is sensitive stays so, through everything it touches."""

import pytest

from reconciler.lang.evaluate import evaluate
from reconciler.lang.parse import parse_expression
from reconciler.lang.scope import Scope
from reconciler.lang.types import BOOL
from reconciler.lang.value import mark, marks, unknown
from reconciler.model.diagnostic import Collector

NAMES = {
    "list": ("a", "b"),
    "map": {"a": 1, "b": 2},
    "maybe": unknown(BOOL),
    "secret": mark("hunter2", "sensitive"),
    "secrets": mark(("hunter2",), "sensitive"),
    "hidden_no": mark(value=False, name="sensitive"),
}


def run(text):
    problems = Collector()
    expr = parse_expression(text, "main.hcl", problems)
    assert not problems.found
    return evaluate(expr, Scope(NAMES))


@pytest.mark.parametrize(
    "text",
    [
        "secret",
        '"x${secret}"',
        "upper(secret)",
        "[secret]",
        "{a = secret}.a",
        "{(secret) = 1}",
        "secrets[0]",
        "length(secrets)",
        "hidden_no ? 1 : 2",
        "hidden_no && true",
        "!hidden_no",
        "secret == 1",
        "toset([secret])",
        "[for s in secrets: 1]",
        "[for s in list: s if hidden_no]",
        "{for s in [secret]: s => 1}",
        "secrets[*]",
        "list[hidden_no ? 0 : 1]",
        "jsonencode({a = [secret]})",
        'join(",", [secret])',
        "merge({a = secret}, {})",
        "try(secret)",
        '"%{ if hidden_no }a%{ endif }"',
        "maybe ? secret : 1",
        "keys(sensitive(map))",
        "zipmap([secret], [1])",
        "max(1, sensitive(2))",
        'format("%s", secret)',
    ],
)
def test_nothing_loses_the_mark_of_a_sensitive_value(text):
    assert marks(run(text)) == {"sensitive"}


def test_a_mark_stays_on_its_element():
    assert marks(run("{a = secret, b = 1}.b")) == frozenset()
