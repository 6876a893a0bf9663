"""Differences in the form of `diff -u`."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.views.line_diff import unified

HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n")
NO_END = "\\ No newline at end of file\n"


def patched(old, diff):
    """`old` with the diff applied; the lines that it names must be there."""
    left, result = re.findall(r"[^\n]*\n|[^\n]+", old), []
    at = 0
    lines = re.findall(r"[^\n]*\n", diff)[2:]
    for number, line in enumerate(lines):
        ended = lines[number + 1 : number + 2] != [NO_END]
        text = line[1:] if ended else line[1:-1]
        if found := HUNK.fullmatch(line):
            start = int(found[1]) - (found[2] != "0")
            result += left[at:start]
            at = start
        elif line[0] in " -":
            assert left[at] == text
            at += 1
        if line[0] in " +":
            result.append(text)
    return "".join(result + left[at:])


lines = st.lists(st.sampled_from(["a\n", "b\n", " b\n", "\n", "c\u2028\r\n"]), max_size=20)
texts = st.tuples(lines, st.sampled_from(["", "end"])).map(lambda pair: "".join(pair[0]) + pair[1])


@given(texts, texts)
def test_a_diff_leads_from_the_old_text_to_the_new(old, new):
    assert patched(old, unified("x", old, new)) == new


@given(texts)
def test_the_same_text_has_no_difference(text):
    assert unified("x", text, text) == ""


def test_three_lines_stand_around_a_change():
    old = "".join(f"{number}\n" for number in range(1, 11))
    assert unified("x.hcl", old, old.replace("5\n", "five\n")) == (
        "--- old/x.hcl\n+++ new/x.hcl\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n"
    )


@pytest.mark.parametrize(("apart", "hunks"), [(6, 1), (7, 2)])
def test_changes_far_apart_stand_by_themselves(apart, hunks):
    middle = "same\n" * apart
    diff = unified("x", f"a\n{middle}b\n", f"A\n{middle}B\n")
    assert diff.count("@@ -") == hunks


def test_a_large_text_with_lines_added_is_compared_as_a_whole():
    old = "".join(f"{number}\n" for number in range(5_000))
    new = "first\n" + old.replace("\n", " \n") + "last\n"
    assert patched(old, unified("x", old, new)) == new
