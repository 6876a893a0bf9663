"""Hostile input ends in a diagnostic: no crash, no hang, no memory without bound."""

from contextlib import suppress
from time import process_time

import pytest

from reconciler.lang.evaluate import evaluate
from reconciler.lang.parse import parse_expression
from reconciler.lang.scope import EMPTY, Scope
from reconciler.lang.syntax import Binary, GetAttr, Literal, Name, Parens, Tuple, Unary
from reconciler.model.diagnostic import Collector, ReconcilerError
from reconciler.model.span import Span

HERE = Span("main.hcl", 1, 1, 1, 2)
ONE = Literal(1, HERE)


def code_of(text, scope=EMPTY):
    expr = parse_expression(text, "main.hcl", Collector())
    with pytest.raises(ReconcilerError) as caught:
        evaluate(expr, scope)
    return caught.value.diagnostics[0].code


def nested(wrap, depth):
    expr = ONE
    for _ in range(depth):
        expr = wrap(expr)
    return expr


@pytest.mark.parametrize(
    "wrap", [lambda e: Tuple((e,), HERE), lambda e: Unary("-", e, HERE), lambda e: Parens(e, HERE)]
)
def test_250_levels_of_nesting_are_evaluated(wrap):
    assert evaluate(nested(wrap, 250), EMPTY) is not None


def test_nesting_beyond_all_bounds_is_an_error_with_a_place():
    with pytest.raises(ReconcilerError) as caught:
        evaluate(nested(lambda e: Unary("-", e, HERE), 10_000), EMPTY)
    assert caught.value.diagnostics[0].code == "expression-too-deep"
    assert caught.value.diagnostics[0].span == HERE


def test_a_chain_of_operators_may_be_as_long_as_one_likes():
    expr = ONE
    for _ in range(10_000):
        expr = Binary("+", expr, ONE, HERE)
    assert evaluate(expr, EMPTY) == 10_001


def test_a_chain_of_attributes_may_be_as_long_as_one_likes():
    value = 1
    expr = Name("x", HERE)
    for _ in range(300):
        value = {"a": value}
        expr = GetAttr(expr, "a", HERE)
    assert evaluate(expr, Scope({"x": value})) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[for a in range(1001): range(1000)]",
        "setproduct(range(1001), range(1000))",
        "range(1000001)",
        'join("", [for a in range(1000): format("%0100000d", 1)])',
        'replace(format("%0100000d", 0), "0", format("%010000d", 0))',
    ],
)
def test_a_value_that_would_eat_the_memory_is_refused(text):
    assert code_of(text) in {"value-too-large", "function-failed"}


def test_a_few_lines_cannot_double_a_value_for_ever():
    value = ("x",)
    for _ in range(18):
        value = evaluate(parse_expression("[v, v]", "main.hcl", Collector()), Scope({"v": value}))
    assert code_of("[[v, v], [v, v]]", Scope({"v": value})) == "value-too-large"


@pytest.mark.parametrize("text", ["1e3000 * 1e3000", "pow(10, 400)", 'tonumber("1e99999")'])
def test_a_number_beyond_all_bounds_is_an_error(text):
    assert code_of(text) in {
        "number-out-of-range",
        "function-failed",
        "invalid-function-argument",
    }


@pytest.mark.parametrize(
    "pattern", [r"(a+)+$", r"(a|aa)+$", r"(.*a){20}$", r"^(([a-z])+.)+[A-Z]([a-z])+$"]
)
def test_a_regular_expression_cannot_hang_a_run(pattern):
    started = process_time()
    expr = parse_expression(f"can(regex(p, {'t'}))", "main.hcl", Collector())
    with suppress(ReconcilerError):
        evaluate(expr, Scope({"p": pattern, "t": "a" * 40 + "!"}))
    assert process_time() - started < 10


def test_json_cannot_be_nested_beyond_all_bounds():
    scope = Scope({"t": "[" * 100_000 + "]" * 100_000})
    assert code_of("jsondecode(t)", scope) in {"function-failed", "value-too-large"}
