"""Where a value is written."""

from pathlib import Path

import pytest

from reconciler.config.load import configuration
from reconciler.config.origin import origin
from reconciler.model.diagnostic import Collector


def found(expr, more="", each=""):
    text = f'resource "send_connector" "a" {{\n{each}\n  port = {expr}\n}}\n{more}'
    project = configuration(Path(), {"main.hcl": text}, Collector())
    (block,) = project.resources
    return origin(project, block, block.arguments["port"].expr)


@pytest.mark.parametrize(
    ("expr", "more", "what", "line", "uses"),
    [
        ("local.a", "locals {\n  a = 1\n}\n", "local.a", 6, 1),
        ("local.a", "locals {\n  a = local.b\n  b = 1\n}\n", "local.b", 7, 1),
        ("(local.a)", "locals {\n  a = 1\n  b = local.a + local.a\n}\n", "local.a", 6, 2),
        ("local.a", "locals {\n  a = local.b\n  b = local.a\n}\n", "local.", None, 1),
        ("var.a", 'variable "a" {\n  default = 1\n}\n', "its default", 6, 1),
        ("var.a", 'variable "a" {\n}\n', "its declaration", 5, 1),
        ("local.nothing", "", "works it out", 3, 0),
        ("1 + 1", "", "works it out", 3, 0),
        ("each.value", "", "works it out", 3, 0),
    ],
)
def test_the_place_to_edit_is_found(expr, more, what, line, uses):
    at = found(expr, more)
    assert what in at.what
    assert line in (None, at.span.line)
    assert at.uses == uses


def test_each_value_leads_to_for_each():
    at = found("each.value.port", each="for_each = {}")
    assert (at.what, at.span.line) == ("for_each", 2)
