"""Mistakes that people make who come from other languages: each is told with its cure."""

import pytest

from reconciler.lang.parse import parse
from reconciler.model.diagnostic import Collector


def found(text):
    problems = Collector()
    parse(text, "main.hcl", problems)
    return problems.found


@pytest.mark.parametrize(
    ("value", "cure"),
    [
        ("a and b", "Write && for and."),
        ("(a or b)", "Write || for or."),
        ("not a", "Write ! for not."),
        ("a if b else c", "condition ? value : other value"),
        ("35MB", '"35MB"'),
        ("[25MB]", '"25MB"'),
        ("0x10", '"0x10"'),
        ("1_000", '"1_000"'),
        (".5", "write 0.5"),
        ("[*]", '["*"]'),
        ("$true", "true without a dollar sign"),
        ("$Null", "null without a dollar sign"),
        ("'x'", "double quotes"),
        ('"a" "b"', "template"),
        ('"""a"""', "heredoc"),
        ("a.f(1)", "plain name"),
        ("a => b", "for expression"),
    ],
)
def test_a_habit_is_answered_with_what_hcl_has_instead(value, cure):
    (one,) = found(f"locals {{\n  a = {value}\n}}\n")
    assert one.span.line == 2
    assert cure in one.detail


def test_a_colon_after_a_name_is_answered_with_an_equals_sign():
    (one,) = found('resource "a" "b" {\n  name: "x"\n}\n')
    assert "stands =" in one.detail


def test_a_brace_on_a_line_of_its_own_is_one_mistake_for_each_block():
    text = 'a "b"\n{\n  c = 1\n  d\n  {\n    e = 1\n  }\n}\nf = 1\ng\n{\n}\n'
    assert [(one.code, one.span.line) for one in found(text)] == [
        ("invalid-item", 1),
        ("invalid-item", 4),
        ("invalid-item", 10),
    ]


def test_what_is_inside_such_a_block_is_looked_at_too():
    text = "a\n{\n  b = 1 +\n  c = [1 2]\n}\n"
    assert [one.span.line for one in found(text)] == [1, 3, 4]


def test_every_mistake_of_a_file_is_told_and_none_that_follows_from_another():
    text = (
        "a { b = 1, c = 2 }\n"  # 1: one-line block
        "d {\n  e = [1, 2\n  f = 3\n}\n"  # 4: a comma is missing before f
        'g {\n  h = "x\n  i = 1 +\n}\n'  # 7 and 8
        "j {\n  k = ${x}\n}\n"  # 11
        "l = 5 6\n"  # 13
    )
    assert [one.span.line for one in found(text)] == [1, 4, 7, 8, 11, 13]
