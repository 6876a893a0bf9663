"""The work of evaluation is counted, and ends where it becomes too much."""

import pytest

from reconciler.lang import meter
from reconciler.lang.evaluate import compile as compiled
from reconciler.lang.meter import Meter
from reconciler.lang.parse import parse_expression
from reconciler.lang.scope import EMPTY, Scope
from reconciler.model.diagnostic import Collector, ReconcilerError

ONE, ALL = 20_000, 60_000
BOMB = "[for a in range(999) : [for b in range(999) : 1 if false]]"


@pytest.fixture(autouse=True)
def _little_is_much(monkeypatch):
    monkeypatch.setattr(meter, "MOST_OF_ONE", ONE)


def new():
    return Scope(meter=Meter(ALL))


def run(text, scope):
    return compiled(parse_expression(text, "main.hcl", Collector()))(scope)


def refused(text, scope):
    with pytest.raises(ReconcilerError) as caught:
        run(text, scope)
    (found,) = caught.value.diagnostics
    return found


def test_a_loop_that_is_too_long_ends_at_the_loop():
    found = refused(f"length({BOMB})", new())
    assert found.code == meter.TOO_MUCH
    assert (found.span.line, found.detail.endswith(".")) == (1, True)


def test_after_one_loop_too_many_others_still_find_steps_left():
    scope = new()
    refused(BOMB, scope)
    assert run("length([for a in range(1000) : a])", scope) == 1000


def test_all_together_may_not_take_more_than_a_run_has():
    scope = new()
    for _ in range(ALL // ONE):
        refused(BOMB, scope)
    assert refused("[for a in range(1000) : a]", scope).code == meter.TOO_MUCH


@pytest.mark.parametrize("text", [f"try({BOMB}, 1)", f"can({BOMB})", f"true ? 1 : {BOMB}"])
def test_too_much_is_too_much_inside_try_as_well(text):
    assert refused(text, new()).code == meter.TOO_MUCH


def test_what_shares_no_run_shares_no_steps():
    for _ in range(3):
        refused(BOMB, new())
        assert run("[for a in [1] : a]", new()) == (1,)


def test_constants_have_steps_without_end_but_each_loop_has_not():
    for _ in range(ALL // ONE + 1):
        assert refused(BOMB, EMPTY).code == meter.TOO_MUCH
    assert run("[for a in [1] : a]", EMPTY) == (1,)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("[for a in [1, 2, 3] : a]", 3 + 1),
        ('[for a in [1, 2, 3] : "${a}"]', 3 + 3 + 1),
        ("[for a in [1, 2] : [for b in [1, 2] : b]]", 2 + 2 * (2 + 2) + 3),
        ("[1, 2][*]", 2),
        ("1 + 2 * 3", 0),
        ('"a-${1}"', 0),
    ],
)
def test_turns_and_what_is_made_in_them_is_counted(text, steps):
    scope = new()
    run(text, scope)
    assert scope.meter.used <= steps + 2
    assert scope.meter.used >= min(steps, 2)


def test_a_large_constant_is_not_computed_before_it_is_asked_for():
    scope = new()
    run("length(range(50000))", scope)
    assert scope.meter.used >= ONE


def test_a_meter_says_how_much_was_too_much():
    with pytest.raises(Exception, match="20,000 steps"):
        Meter(10).spend(11)


def test_looking_up_by_key_costs_nothing_however_large_the_map():
    scope = new()
    run('[for n in range(9) : lookup({ for m in range(99) : "k${m}" => m }, "k5", null)]', scope)
    large = {f"k{n}": n for n in range(ALL)}
    inner = Scope({"large": large}, meter=Meter(ALL))
    program = compiled(parse_expression('lookup(large, "k7", null)', "main.hcl", Collector()))
    assert {program(inner) for _ in range(100)} == {7}
    assert inner.meter.used == 0


def test_a_long_text_is_charged_to_light_functions_too():
    scope = Scope({"text": "x" * 32_000}, meter=Meter(ALL))
    run("length(text)", scope)
    assert scope.meter.used >= 1_000


@pytest.mark.parametrize(
    "text", ["regex(p, t)", "regexall(p, t)", 'replace(t, "/${p}/", "")', "can(regex(p, t))"]
)
def test_regular_expressions_share_their_seconds(text):
    scope = Scope({"p": "(a|aa)+$", "t": "a" * 40 + "!"}, meter=Meter(ALL, seconds=0.2))
    assert refused(text, scope).code == meter.TOO_MUCH
    assert scope.meter.seconds < 0.1
    assert refused(f'[{text}, regex("a", "a")]', scope).code == meter.TOO_MUCH
