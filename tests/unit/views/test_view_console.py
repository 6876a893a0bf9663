"""How the console prints values; the forms were read off Terraform's own."""

import json
import math

import pytest

from reconciler.lang.shape import BOOL, DYNAMIC, NUMBER, STRING, ListType, MapType, ObjectType
from reconciler.lang.value import (
    EPHEMERAL,
    SENSITIVE,
    List,
    Null,
    Unknown,
    make_map,
    mark,
    set_of_strings,
)
from reconciler.model.diagnostic import error
from reconciler.views import console


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('a"\\é${x}\t', '"a\\"\\\\é${x}\\t"'),
        (1, "1"),
        (10**30, "1" + "0" * 30),
        (True, "true"),
        (None, "null"),
        (Null(STRING), "tostring(null)"),
        (Null(NUMBER), "tonumber(null)"),
        (Null(BOOL), "tobool(null)"),
        (Null(ListType(DYNAMIC)), "tolist(null) /* of dynamic */"),
        (Null(MapType(STRING)), "tomap(null) /* of string */"),
        (Null(ObjectType(())), "null /* object */"),
        (Unknown(STRING), "(known after apply)"),
        (mark("x", SENSITIVE), "(sensitive value)"),
        (mark("x", EPHEMERAL), "(ephemeral value)"),
        ((), "[]"),
        ({}, "{}"),
        (List(STRING, ()), "tolist([])"),
        ((1, "a"), '[\n  1,\n  "a",\n]'),
        ({"a": (1,), "b c": {}}, '{\n  "a" = [\n    1,\n  ]\n  "b c" = {}\n}'),
        (make_map(STRING, {"a": "b"}), 'tomap({\n  "a" = "b"\n})'),
        (set_of_strings(["a"]), 'toset([\n  "a",\n])'),
        ({"a": mark(1, SENSITIVE)}, '{\n  "a" = (sensitive value)\n}'),
        ("a\nb\n", "<<EOT\na\nb\n\nEOT"),
        ("EOT\n EOT_ ", "<<EOT__\nEOT\n EOT_ \nEOT__"),
        (("a\nb",), "[\n  <<-EOT\n  a\n  b\n  EOT,\n]"),
    ],
)
def test_values_print_as_terraform_prints_them(value, expected):
    assert console.text(value) == expected


@pytest.mark.parametrize("value", ["\x1b[2J", "\x1b[2J\nx", ("\u202e",), {"\x1b": 1}])
def test_no_value_steers_the_terminal(value):
    assert console.text(value).replace("\n", "").isprintable()


@pytest.mark.parametrize("value", ["\x7f\u202e", {"é\x9b": "\U0001f600"}])
def test_json_is_ascii_and_means_the_same(value):
    line = console.json_answer(value)
    assert line.isascii()
    assert line[:-1].isprintable()
    assert json.loads(line)["value"] == value


def test_json_tells_value_and_type():
    assert console.json_answer((1,)) == '{"value":[1],"type":"tuple([\\n    number,\\n])"}\n'


def test_json_gives_sensitive_values_and_says_so():
    answer = json.loads(console.json_answer({"a": mark("x", SENSITIVE)}))
    assert answer == {
        "value": {"a": "x"},
        "type": "object({\n    a: string,\n})",
        "sensitive": True,
    }


@pytest.mark.parametrize("value", [Unknown(STRING), (Unknown(STRING),), math.inf])
def test_what_json_cannot_say_is_an_error(value):
    assert json.loads(console.json_answer(value))["stage"] == "evaluate"


def test_a_refusal_tells_the_stage_and_the_reason():
    found = error("code", "Bad", "It is bad.")
    assert json.loads(console.json_refusal([found], "parse")) == {
        "error": "Bad: It is bad.",
        "stage": "parse",
    }
