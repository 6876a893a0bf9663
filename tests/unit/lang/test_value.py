"""Values: plain data in and out, marks, numbers."""

from fractions import Fraction

import pytest

from reconciler.lang import number
from reconciler.lang.types import NUMBER, STRING
from reconciler.lang.value import (
    List,
    Map,
    Null,
    Set,
    from_plain,
    is_known,
    is_null,
    json_text,
    mark,
    marks,
    plain,
    set_of_strings,
    to_json,
    unknown,
    unmark,
)


def test_plain_data_survives_the_way_there_and_back():
    data = {"b": [1, "x", None], "a": {"t": True, "f": Fraction(1, 2)}}
    assert plain(from_plain(data)) == data


def test_a_set_of_strings_is_sorted_and_free_of_repetitions():
    assert plain(set_of_strings(["b", "a", "b"])) == ["a", "b"]


def test_strings_that_look_alike_are_one():
    assert from_plain("e\u0301") == "\u00e9"


def test_a_mark_deep_inside_is_found_and_can_be_taken_off():
    value = {"a": (1, mark("secret", "sensitive"))}
    assert marks(value) == {"sensitive"}
    assert marks(unmark(value)) == frozenset()


def test_plain_drops_marks():
    assert plain(mark(("x",), "sensitive")) == ["x"]


def test_what_holds_an_unknown_is_not_known():
    assert not is_known((1, {"a": unknown(STRING)}))
    assert is_known((1, {"a": "x"}))


def test_an_unknown_has_no_plain_form():
    with pytest.raises(ValueError, match="not known"):
        plain((unknown(STRING),))


@pytest.mark.parametrize("value", [None, Null(STRING), mark(Null(STRING), "sensitive")])
def test_null_is_null_whatever_its_type_and_marks(value):
    assert is_null(value)


def test_json_has_sorted_keys_and_every_digit():
    value = from_plain({"b": 123456789012345678901234567890, "a": Fraction(1, 8)})
    assert json_text(value) == '{"a":0.125,"b":123456789012345678901234567890}'


def test_json_data_keeps_digits_that_a_float_would_lose():
    third = number.rounded(Fraction(1, 3))
    assert to_json((Fraction(1, 2), third)) == [0.5, number.write(third)]


def test_json_text_is_safe_inside_a_page():
    assert json_text("</script>&") == '"\\u003c/script\\u003e\\u0026"'


@pytest.mark.parametrize(
    "value",
    [List(NUMBER, (1,)), Set(NUMBER, (1,)), (1,)],
)
def test_sequences_of_all_kinds_are_lists_in_plain_data(value):
    assert plain(value) == [1]


def test_a_map_is_a_mapping_in_plain_data():
    assert plain(Map(NUMBER, {"a": 1})) == {"a": 1}


@pytest.mark.parametrize("text", ["0.3", "1e-100", "12345.6789", "0.1", "5e-324", "1e500"])
def test_a_number_is_written_as_it_was_read(text):
    assert Fraction(number.write(number.parse(text))) == Fraction(text)


def test_numbers_carry_512_bits():
    third = number.rounded(Fraction(1, 3))
    assert third.numerator.bit_length() == 512
    assert number.write(third) == "0." + "3" * 154 + "5"


@pytest.mark.parametrize("text", ["1e9999", "0x10", " 1", "1_000", "", "1e", "٣"])
def test_what_is_no_number_here_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the text is the message
        number.parse(text)
