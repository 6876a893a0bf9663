from textwrap import dedent

import pytest

from reconciler.engine.freezing import frozen
from reconciler.lang.types import NUMBER, STRING
from reconciler.lang.value import SENSITIVE, from_plain, mark, set_of_strings, unknown
from reconciler.model.anything import Anything
from reconciler.views import json_text, nested, tree

SECRET = mark("s3same", SENSITIVE)


def kept(data):
    """Plain data remembered; a set stands for one of strings, a tuple for values of the language."""
    match data:
        case set():
            return frozen(set_of_strings(data))
        case tuple() | dict() if any(not isinstance(i, str | int) for i in data):
            return frozen(data)
        case _:
            return frozen(from_plain(data))


def lines(text):
    return tuple(dedent(text).strip("\n").splitlines())


def test_a_whole_value_is_told_part_by_part():
    value = frozen({"a": SECRET, "b": (1, unknown(STRING)), "c": {}, "d d": None, "e": ()})
    assert nested.standing(value, "+") == lines("""
        {
          + a     = (sensitive value)
          + b     = [
              + 1,
              + (known after apply),
            ]
          + c     = {}
          + "d d" = null
          + e     = []
        }
    """)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a", "b", '"a" -> "b"'),
        (1, "1", '1 -> "1"'),
        ([], [1], "[\n  + 1,\n]"),
        ([1, 2, 3], [1, 3], "[\n  - 2,\n    # (2 unchanged elements hidden)\n]"),
        ([1, 2, 3], [1, 4, 3], "[\n  ~ 2 -> 4,\n    # (2 unchanged elements hidden)\n]"),
        ([1], [2, 1], "[\n  + 2,\n    # (1 unchanged element hidden)\n]"),
        ([{"a": 1}], [{"a": 2}], "[\n  ~ {\n      ~ a = 1 -> 2\n    },\n]"),
        ({"a": 1}, {"b": 1}, "{\n  - a = 1 -> null\n  + b = 1\n}"),
        (
            {"a": 1, "b": 2},
            {"a": 1},
            "{\n  - b = 2 -> null\n    # (1 unchanged attribute hidden)\n}",
        ),
        ({"a": {"b": 1}}, {"a": 1}, "{\n  ~ a = {\n      - b = 1\n    } -> 1\n}"),
        ({"x", "y"}, {"y", "z"}, '[\n  - "x",\n  + "z",\n    # (1 unchanged element hidden)\n]'),
        ([1], None, "[\n  - 1,\n] -> null"),
    ],
)
def test_only_what_changes_is_told(before, after, told):
    assert nested.becoming(kept(before), kept(after)) == tuple(told.splitlines())


@pytest.mark.parametrize(("one", "other"), [(SECRET, "s3same"), ("s3same", SECRET)])
def test_what_is_sensitive_on_one_side_is_masked_on_both(one, other):
    before, after = frozen({"a": one, "b": 1}), frozen({"a": other, "b": 2})
    assert nested.becoming(before, after) == lines("""
        {
          ~ b = 1 -> 2
            # (1 unchanged attribute hidden)
        }
    """)
    assert "s3same" not in str(nested.becoming(frozen((one,)), frozen((mark("x", SENSITIVE),))))


def test_a_change_of_what_is_sensitive_is_told_without_it():
    before, after = frozen({"a": SECRET}), frozen({"a": mark("other", SENSITIVE)})
    assert nested.becoming(before, after) == ("{", "  ~ a = (sensitive value)", "}")


def test_what_becomes_known_later_is_told_with_what_it_was():
    before = frozen(from_plain([1]))
    assert nested.becoming(before, before.later) == ("[", "  - 1,", "] -> (known after apply)")


def test_long_lists_are_told_without_comparing_every_pair():
    before, after = frozen(tuple(range(600))), frozen(tuple(range(1, 601)))
    assert len(nested.becoming(before, after)) == 602


def test_names_and_texts_cannot_steer_a_terminal():
    told = "\n".join(nested.standing(frozen({"\x1b[2J": "\x1b[31m\u202e"})))
    assert "\x1b" not in told
    assert "\u202e" not in told


def test_json_has_every_digit():
    value = Anything('["tuple",["number","number"]]', "[0.1,0.12345678901234567890123]")
    assert json_text.line(tree.known(value)) == "[0.1,0.12345678901234567890123]\n"


def test_a_text_is_never_taken_for_digits():
    texts = ["1", json_text.Digits("0.12345678901234567890123"), '"0"']
    assert json_text.line(texts) == '["1",0.12345678901234567890123,"\\"0\\""]\n'


@pytest.mark.parametrize(
    ("value", "places"),
    [
        ("x", False),
        (unknown(NUMBER), True),
        ({}, {}),
        ({"a": 1}, {}),
        (
            {"a": unknown(NUMBER), "b": (1, unknown(NUMBER)), "c": {}},
            {"a": True, "b": [False, True], "c": {}},
        ),
    ],
)
def test_what_is_unknown_is_told_in_the_shape_of_the_value(value, places):
    found = frozen(value)
    assert tree.places(found, found.unknown) == places
