import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.views.text import clean, columns, count, duration, wrap


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("\x1b[2J", "\\u001b[2J"),
        ("a\nb\rc", "a\\u000ab\\u000dc"),
        ("\x9b31m", "\\u009b31m"),
        ("abc\u202etxt.exe", "abc\\u202etxt.exe"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("\x00\x7f", "\\u0000\\u007f"),
        ("\ud800", "\\ud800"),
        ("tag\U000e0041", "tag\\U000e0041"),
    ],
)
def test_what_could_steer_a_terminal_is_written_out(hostile, shown):
    assert clean(hostile) == shown


def test_words_of_every_script_stay_as_they_are():
    assert clean("Größe 連接器 коннектор 🙂") == "Größe 連接器 коннектор 🙂"


@given(st.text())
def test_nothing_unprintable_is_left_of_any_text(text):
    assert clean(text).isprintable()
    assert clean(clean(text)) == clean(text)


@given(st.text(alphabet="ab \n", max_size=80), st.integers(8, 40))
def test_wrapping_loses_no_word(text, width):
    assert wrap(text, width).split() == text.split()


def test_paragraphs_break_at_the_width_and_examples_do_not():
    text = "one two three four\n    one two three four"
    assert wrap(text, 9) == "one two\nthree\nfour\n    one two three four"


def test_wide_letters_take_two_columns():
    assert (columns("ab"), columns("連接"), columns("e\u0301")) == (2, 4, 1)


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0.9, "0s"), (59, "59s"), (125, "2m5s"), (3609, "1h0m9s")]
)
def test_durations_are_short(seconds, shown):
    assert duration(seconds) == shown


def test_nouns_follow_their_number():
    assert (count(1, "step"), count(2, "step"), count(0, "step")) == (
        "1 step",
        "2 steps",
        "0 steps",
    )
