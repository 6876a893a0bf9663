"""Types: spelling, conversion, unification, constraints with defaults."""

import pytest

from reconciler.lang.parse import parse_expression
from reconciler.lang.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ConversionError,
    ListType,
    MapType,
    SetType,
    TupleType,
    convert,
    from_json,
    object_type,
    of,
    parse_constraint,
    show,
    to_json,
    unify,
)
from reconciler.lang.value import List, from_plain, mark, marks, plain, unknown
from reconciler.model.diagnostic import Collector

NESTED = object_type({"a": ListType(NUMBER), "b": TupleType((STRING, BOOL))}, {"a"})


def constraint(text):
    problems = Collector()
    expr = parse_expression(text, "main.hcl", problems)
    found = parse_constraint(expr, problems)
    return found, [each.code for each in problems]


def wanted(text):
    found, codes = constraint(text)
    assert not codes
    return found


@pytest.mark.parametrize("shape", [STRING, DYNAMIC, NESTED, MapType(NESTED), SetType(BOOL)])
def test_a_type_survives_json(shape):
    assert from_json(to_json(shape)) == shape


def test_simple_types_are_spelt_as_terraform_spells_them():
    assert to_json(ListType(STRING)) == ["list", "string"]
    assert to_json(object_type({"a": NUMBER})) == ["object", {"a": "number"}]


@pytest.mark.parametrize("spelt", ["text", ["list"], ["bag", "string"], None])
def test_what_spells_no_type_is_refused(spelt):
    with pytest.raises(ValueError):  # noqa: PT011 - the spelling is the message
        from_json(spelt)


def test_structured_types_are_shown_over_several_lines():
    shown = show(ListType(object_type({"port": NUMBER})))
    assert shown == "list(\n    object({\n        port: number,\n    }),\n)"


@pytest.mark.parametrize(
    ("data", "text", "expected"),
    [
        ("25", "number", 25),
        (25, "string", "25"),
        (True, "string", "true"),
        ([3, 1, 3], "set(number)", [1, 3]),
        ([1, "a"], "list(any)", ["1", "a"]),
        ({"a": 1, "extra": 2}, "object({ a = string })", {"a": "1"}),
        (["x", "1"], "tuple([string, number])", ["x", 1]),
        ({"a": 1}, "map(string)", {"a": "1"}),
    ],
)
def test_values_are_converted(data, text, expected):
    assert plain(convert(from_plain(data), wanted(text))) == expected


@pytest.mark.parametrize(
    ("data", "text", "message"),
    [
        ({"port": "x"}, "object({ port = number })", 'attribute "port": a number is required'),
        (
            [{"p": []}],
            "list(object({ p = bool }))",
            'element 0, attribute "p": a bool is required',
        ),
        ({}, "object({ a = string })", 'attribute "a" is required'),
        ("x", "list(string)", "a list of string is required, not string"),
        ([1, [2]], "list(any)", "no type in common"),
    ],
)
def test_a_refusal_names_the_place_inside_the_value(data, text, message):
    with pytest.raises(ConversionError, match=message.replace("(", r"\(")):
        convert(from_plain(data), wanted(text))


def test_a_conversion_keeps_marks_and_unknowns():
    found = convert((mark(1, "sensitive"), unknown(NUMBER)), ListType(STRING))
    assert found == List(STRING, (mark("1", "sensitive"), unknown(STRING)))


def test_the_marks_of_elements_become_those_of_their_set():
    found = convert((mark("a", "sensitive"), "b"), SetType(STRING))
    assert (marks(found), plain(found)) == ({"sensitive"}, ["a", "b"])


@pytest.mark.parametrize(
    ("types", "expected"),
    [
        ((NUMBER, STRING), STRING),
        ((NUMBER, BOOL), None),
        ((TupleType((NUMBER,)), TupleType((STRING,))), TupleType((STRING,))),
        ((TupleType((NUMBER,)), TupleType(())), ListType(NUMBER)),
        ((object_type({"a": NUMBER}), object_type({"b": STRING})), MapType(STRING)),
        ((SetType(STRING), ListType(STRING)), ListType(STRING)),
        ((DYNAMIC, NUMBER), NUMBER),
    ],
)
def test_types_unify_as_terraforms_do(types, expected):
    assert unify(types) == expected


def test_defaults_fill_what_is_left_out_or_null_at_any_depth():
    shape = "list(object({ name = string, tls = optional(object({ on = optional(bool, true) }), {}) }))"
    found = convert(from_plain([{"name": "a"}, {"name": "b", "tls": {"on": None}}]), wanted(shape))
    assert plain(found) == [
        {"name": "a", "tls": {"on": True}},
        {"name": "b", "tls": {"on": True}},
    ]


def test_an_optional_attribute_without_default_is_null():
    found = convert(from_plain({}), wanted("object({ a = optional(string) })"))
    assert plain(found) == {"a": None}
    assert of(found) == object_type({"a": STRING})


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("strin", "invalid-type"),
        ("list(string, number)", "invalid-type"),
        ("optional(string)", "invalid-type"),
        ('object({ a = optional(number, "x") })', "invalid-default"),
        ("object({ a = optional(number, var.x) })", "unknown-name"),
    ],
)
def test_a_wrong_constraint_is_reported_with_its_place(text, code):
    found, codes = constraint(text)
    assert (found, codes) == (None, [code])


def test_list_alone_means_a_list_of_anything():
    assert wanted("list").type == ListType(DYNAMIC)
