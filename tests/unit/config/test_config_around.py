"""The block that a mistake in the syntax stands in."""

import pytest

from reconciler.config.around import with_context
from reconciler.model.diagnostic import error
from reconciler.model.span import Span

TEXT = """\
a = 1
locals { b = 1 }
resource "r" "x" {
  c {
    d = 1
  }
}

variable "v" {
  e = 1
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (1, None),
        (2, "locals"),
        (3, 'resource "r" "x"'),
        (5, 'resource "r" "x"'),
        (7, 'resource "r" "x"'),
        (8, None),
        (10, 'variable "v"'),
    ],
)
def test_the_block_is_told_by_its_header_at_the_margin(line, expected):
    problem = error("x", "X", span=Span("main.hcl", line, 1, line, 2))
    (found,) = with_context([problem], TEXT)
    assert found.context == expected


def test_a_problem_without_a_place_has_no_block():
    (found,) = with_context([error("x", "X")], TEXT)
    assert found.context is None
