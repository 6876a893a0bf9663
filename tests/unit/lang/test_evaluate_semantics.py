"""Evaluation: names, operators, choices, loops, templates; unknowns and marks through all."""

import pytest

from reconciler.lang.evaluate import compile as compile_expression
from reconciler.lang.parse import parse_expression
from reconciler.lang.scope import Namespace, Scope
from reconciler.lang.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListType,
    TupleType,
    of,
)
from reconciler.lang.value import (
    from_plain,
    is_known,
    mark,
    plain,
    set_of_strings,
    unknown,
)
from reconciler.model.diagnostic import Collector, ReconcilerError

NAMES = {
    "x": 1,
    "list": ("a", "b"),
    "strings": set_of_strings(["a", "b"]),
    "map": {"a": 1, "b": 2},
    "later": unknown(STRING),
    "laters": unknown(ListType(STRING)),
    "maybe": unknown(BOOL),
    "secret": mark("hunter2", "sensitive"),
    "secrets": mark(("hunter2",), "sensitive"),
    "hidden_no": mark(value=False, name="sensitive"),
}


def program(text):
    problems = Collector()
    expr = parse_expression(text, "main.hcl", problems)
    assert not problems.found
    return compile_expression(expr)


def run(text, **names):
    return program(text)(Scope({**NAMES, **{k: from_plain(v) for k, v in names.items()}}))


def failure(text, names=NAMES):
    with pytest.raises(ReconcilerError) as caught:
        program(text)(Scope(names))
    return caught.value.diagnostics[0]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nope", "unknown-name"),
        ("map.c", "unsupported-attribute"),
        ("list[2]", "invalid-index"),
        ("list[null]", "invalid-index"),
        ('1 + "x"', "invalid-operand"),
        ("!null", "invalid-operand"),
        ("0 / 0", "number-out-of-range"),
        ("nope(1)", "unknown-function"),
        ("upper()", "not-enough-arguments"),
        ('upper("a", "b")', "too-many-arguments"),
        ("upper([])", "invalid-function-argument"),
        ("one([1, 2])", "invalid-function-argument"),
        ("x == 1 ? true : {}", "inconsistent-types"),
        ("null ? 1 : 2", "null-condition"),
        ('"yes" ? 1 : 2', "invalid-condition"),
        ("[for i in null: i]", "null-value"),
        ("[for i in x: i]", "not-iterable"),
        ('{for i in ["a", "a"]: i => 1}', "duplicate-key"),
        ("{(null) = 1}", "invalid-key"),
        ('"a${[]}"', "invalid-template-value"),
        ('"a${null}"', "null-value"),
        ("null.a", "null-value"),
        ("try(list[7], map.z)", "function-failed"),
    ],
)
def test_each_mistake_has_a_code_a_place_and_a_cure(text, code):
    found = failure(text)
    assert found.code == code
    assert found.span is not None
    assert found.summary
    assert not found.summary.endswith(".")
    assert found.detail.endswith((".", "?"))


def test_an_error_is_placed_at_the_culprit():
    span = failure("1 + (2 * [])").span
    assert (span.column, span.end_column) == (10, 12)


@pytest.mark.parametrize(
    ("text", "names"),
    [("lst[0]", NAMES), ("map.aa", {"map": {"aaa": 1}}), ('uper("a")', NAMES)],
)
def test_a_misspelt_name_comes_with_a_suggestion(text, names):
    assert "Did you mean" in failure(text, names).detail


def test_an_error_shows_the_values_that_the_culprit_refers_to():
    assert failure("map.a + list[0]").used == (("map.a", "1"), ("list[0]", '"a"'))


def test_an_error_never_shows_a_sensitive_value():
    found = failure("parseint(secret, 10) + x")
    assert found.used == (("secret", "(sensitive)"),)
    assert "hunter2" not in repr(found)


@pytest.mark.parametrize(
    "text",
    ['secrets["hunter"]', "secrets.hunter", "map[secret]", "{for i in [secret, secret]: i => 1}"],
)
def test_nothing_of_a_sensitive_value_slips_into_a_message(text):
    assert "hunter2" not in failure(text).detail


def test_names_of_a_root_are_computed_only_when_asked_for():
    asked = []
    space = Namespace(lambda name: asked.append(name) or 5, lambda: ["a", "b"], "local value")
    assert program("local.a + 1")(Scope({"local": space})) == 6
    assert asked == ["a"]


def test_a_root_used_as_a_whole_is_the_object_of_all_its_names():
    inner = Namespace({"c": 3}.__getitem__, lambda: ["c"])
    space = Namespace({"a": 1, "b": inner}.__getitem__, lambda: ["b", "a"])
    assert plain(program("local")(Scope({"local": space}))) == {"a": 1, "b": {"c": 3}}


def test_a_missing_name_of_a_root_says_what_it_is_a_name_of():
    space = Namespace({"port": 1}.__getitem__, lambda: ["port"], "variable")
    found = failure("var.prot", {"var": space})
    assert (found.code, found.summary) == ("unknown-name", "Unknown variable")
    assert 'Did you mean "port"?' in found.detail


def test_a_mapping_may_compute_its_names():
    class Computing(dict):
        def __missing__(self, name):
            return f"<{name}>"

    assert program('"${anything}!"')(Scope(Computing())) == "<anything>!"


def test_try_does_not_hide_a_name_that_does_not_exist():
    assert failure("try(nope, 1)").code == "unknown-name"
    assert failure("true ? 1 : nope").code == "unknown-name"


@pytest.mark.parametrize(("text", "value"), [("false && nope", False), ("true || nope", True)])
def test_logic_stops_where_the_left_side_decides(text, value):
    assert run(text) is value


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ('"a-${later}"', STRING),
        ('later == "a"', BOOL),
        ("maybe ? 1 : 2", NUMBER),
        ('maybe ? 1 : "a"', STRING),
        ("laters[0]", STRING),
        ("laters[*]", ListType(STRING)),
        ("[for i in laters: i]", DYNAMIC),
        ("length(laters)", NUMBER),
        ("upper(later)", STRING),
        ("{(later) = 1}", DYNAMIC),
        ("-tonumber(later)", NUMBER),
    ],
)
def test_an_unknown_makes_an_unknown_of_the_right_type(text, shape):
    found = run(text)
    assert not is_known(found)
    assert of(found) == shape


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("length([later])", 1),
        ("keys({a = later})", ["a"]),
        ("{a = later, b = 2}.b", 2),
        ('merge({a = later}, {b = 2})["b"]', 2),
        ("[later, 1][1]", 1),
        ("maybe && false", False),
        ("later == 1 || true", True),
        ("[later] == [1, 2]", False),
        ('contains(["a", later], "a")', True),
    ],
)
def test_what_does_not_depend_on_the_unknown_is_known(text, expected):
    assert plain(run(text)) == expected


def test_an_expression_is_compiled_once_and_run_in_many_scopes():
    once = program('"${x}-${upper(y)}"')
    results = [once(Scope({"x": i, "y": "a"})) for i in range(3)]
    assert results == ["0-A", "1-A", "2-A"]


def test_inner_names_hide_outer_ones():
    assert plain(run("[for x in list: [for x in [x]: x]]")) == [["a"], ["b"]]


def test_a_splat_keeps_the_element_apart_from_that_of_an_inner_splat():
    value = {"rows": [{"c": [{"d": 1}, {"d": 2}]}]}
    assert plain(run("v.rows[*].c[*].d", v=value)) == [[1, 2]]


def test_both_results_of_a_conditional_decide_on_its_type():
    assert of(run("true ? [1] : [1, 2]")) == ListType(NUMBER)
    assert of(run("true ? [1] : null")) == TupleType((NUMBER,))


def test_an_error_in_the_result_that_is_not_chosen_does_not_count():
    assert run("true ? 1 : list[9]") == 1
    assert failure("maybe ? 1 : list[9]").code == "invalid-index"
