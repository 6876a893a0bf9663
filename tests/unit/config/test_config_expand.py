"""From count and for_each to instances."""

from fractions import Fraction
from pathlib import Path

import pytest

from reconciler.config.expand import MOST_INSTANCES, count_keys, each_values, instances
from reconciler.config.load import configuration
from reconciler.lang.evaluate import evaluate
from reconciler.lang.scope import Scope
from reconciler.lang.types import DYNAMIC, NUMBER, STRING
from reconciler.lang.value import List, Map, Null, Set, mark, set_of_strings, unknown
from reconciler.model.diagnostic import Collector, Diagnostic
from reconciler.model.span import Span

SPAN = Span("main.hcl", 1, 1, 1, 2)


@pytest.mark.parametrize(
    ("value", "expected"), [(0, 0), (3, 3), ("2", 2), ("2.0", 2), (Fraction(4, 2), 2), ("1e1", 10)]
)
def test_count_gives_keys_from_zero(value, expected):
    assert count_keys(value, SPAN) == range(expected)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "invalid-count"),
        (Null(NUMBER), "invalid-count"),
        (True, "invalid-count"),
        ("x", "invalid-count"),
        ((1,), "invalid-count"),
        (-1, "invalid-count"),
        (Fraction(3, 2), "invalid-count"),
        (float("inf"), "invalid-count"),
        (MOST_INSTANCES + 1, "too-many-instances"),
        (10**30, "too-many-instances"),
        (unknown(NUMBER), "unknown-count"),
        (unknown(DYNAMIC), "unknown-count"),
        (mark(2, "sensitive"), "sensitive-count"),
        (mark(unknown(NUMBER), "sensitive"), "sensitive-count"),
        (mark(2, "ephemeral"), "ephemeral-count"),
    ],
)
def test_what_is_no_count_is_refused(value, code):
    found = count_keys(value, SPAN)
    assert isinstance(found, Diagnostic)
    assert (found.code, found.span) == (code, SPAN)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({}, {}),
        ({"a": 1, "b": None}, {"a": 1, "b": None}),
        ({"a": mark(1, "sensitive")}, {"a": mark(1, "sensitive")}),
        ({"a": unknown(STRING)}, {"a": unknown(STRING)}),
        (Map(NUMBER, {"a": 1}), {"a": 1}),
        (set_of_strings(["b", "a"]), {"a": "a", "b": "b"}),
        (Set(DYNAMIC, ()), {}),
    ],
)
def test_for_each_gives_a_value_for_each_key(value, expected):
    assert each_values(value, SPAN) == expected


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (("a",), "invalid-for-each", "toset("),
        (List(STRING, ("a",)), "invalid-for-each", "toset("),
        ("a", "invalid-for-each", "must be a map"),
        (1, "invalid-for-each", "must be a map"),
        (True, "invalid-for-each", "must be a map"),
        (None, "invalid-for-each", "null"),
        (Null(DYNAMIC), "invalid-for-each", "null"),
        (Set(NUMBER, (1,)), "invalid-for-each", "tostring"),
        (Set(STRING, ("a", Null(STRING))), "invalid-for-each", "null"),
        (unknown(DYNAMIC), "unknown-for-each", "-target"),
        (mark(set_of_strings(["a"]), "sensitive"), "sensitive-for-each", "addresses"),
        (mark({}, "ephemeral"), "ephemeral-for-each", "addresses"),
    ],
)
def test_what_is_no_for_each_is_refused(value, code, words):
    found = each_values(value, SPAN)
    assert isinstance(found, Diagnostic)
    assert (found.code, found.span) == (code, SPAN)
    assert words in found.detail


def test_a_block_has_a_limit_of_instances():
    values = {str(n): n for n in range(MOST_INSTANCES + 1)}
    assert each_values(values, SPAN).code == "too-many-instances"


def expanded(inside, **names):
    problems = Collector()
    text = f'resource "r" "a" {{\n{inside}\n}}\n'
    (block,) = configuration(Path(), {"main.hcl": text}, problems).resources
    assert not problems.found
    scope = Scope(names)
    return instances(block, evaluate, scope, problems), list(problems)


def test_a_for_each_that_is_not_known_says_what_is_not():
    _, (found,) = expanded(
        "for_each = toset([var.a, var.b])", var={"a": unknown(STRING), "b": "x"}
    )
    assert found.used == (("var.a", "(known after apply)"), ("var.b", '"x"'))
    assert "map whose keys" in found.detail


def test_a_plain_block_has_one_instance_without_a_key():
    assert expanded("") == ({None: {}}, [])


def test_count_and_for_each_give_their_names_to_the_instances():
    assert expanded("count = 2")[0] == {
        0: {"count": {"index": 0}},
        1: {"count": {"index": 1}},
    }
    assert expanded("for_each = { x = 1 }")[0] == {"x": {"each": {"key": "x", "value": 1}}}


@pytest.mark.parametrize("value", ["false", '"false"', "on.no"])
def test_what_is_not_enabled_has_no_instances(value):
    inside = f"count = 2\n lifecycle {{\n enabled = {value}\n }}"
    assert expanded(inside, on={"no": False}) == ({}, [])


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("null", "invalid-enabled"),
        ("3", "invalid-enabled"),
        ("x", "unknown-enabled"),
        ("y", "sensitive-enabled"),
    ],
)
def test_enabled_must_be_a_known_truth_value(value, code):
    inside = f"lifecycle {{\n enabled = {value}\n }}"
    found, (problem,) = expanded(inside, x=unknown(DYNAMIC), y=mark("true", "sensitive"))
    assert (found, problem.code) == (None, code)


def test_problems_name_the_block_and_the_expression():
    found, (problem,) = expanded("  count = 1.5")
    assert found is None
    assert (problem.context, problem.span.line) == ('resource "r" "a"', 2)


def test_an_expression_that_fails_is_a_problem_too():
    found, (problem,) = expanded("count = nope.x")
    assert found is None
    assert problem.context == 'resource "r" "a"'
