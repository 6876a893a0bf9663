"""What refers to what, in the words of Terraform 1.11.4 for the same expressions."""

from pathlib import Path

import pytest

from reconciler.catalog.index import types
from reconciler.config.load import configuration
from reconciler.config.outline import formula, outlines
from reconciler.lang.parse import parse_expression
from reconciler.model.diagnostic import Collector


def of(text):
    return formula(parse_expression(text, "x", Collector()))


def drawn(text):
    problems = Collector()
    found = configuration(Path(), {"main.hcl": text}, problems)
    assert not problems.found
    return outlines(found, types())[0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("var.o.a.b", ["var.o.a.b", "var.o.a", "var.o"]),
        ('"${local.l.x}-${local.l}"', ["local.l.x", "local.l", "local.l"]),
        ("t.n[1].output", ["t.n[1].output", "t.n[1]", "t.n"]),
        ('t.a.output["name"]', ['t.a.output["name"]', "t.a.output", "t.a"]),
        ('t.c["u"].id', ['t.c["u"].id', 't.c["u"]', "t.c"]),
        ("t.n[*].id", ["t.n"]),
        ("t.b[var.i - 1].id", ["t.b", "var.i"]),
        ("[for k in t.c : k.id]", ["t.c"]),
        ('upper("x")', []),
        ("5", []),
        ("module.m[0].o", ["module.m[0].o", "module.m[0]"]),
        ("data.t.x.guid", ["data.t.x.guid", "data.t.x"]),
        ("module.k.o", ["module.k.o", "module.k"]),
        ("module.m[*].o", ["module.m"]),
    ],
)
def test_a_reference_is_followed_by_what_it_goes_through(text, names):
    assert list(of(text).references) == names


@pytest.mark.parametrize(
    ("text", "constant"),
    [
        ("5", "5"),
        ('{ a = 1 + 2, c = [true, "x${1}"] }', '{"a": 3, "c": [true, "x1"]}'),
        ("null", "null"),
        ('upper("x")', ""),
        ("var.a", ""),
        ('1 + "x"', ""),
    ],
)
def test_what_hangs_on_nothing_has_its_value(text, constant):
    assert of(text).constant == constant


SECRETS = """
variable "p" {
  sensitive = true
  default   = "hunter2"
}
variable "plain" {
  type        = number
  default     = "25"
  description = "The port."
}
resource "send_connector" "a" {
  name                      = "A"
  authentication_credential = { username = "u", password = "hunter2" }
}
output "o" {
  value     = "hunter2"
  sensitive = true
}
"""


def test_no_secret_is_spelt_out():
    found = drawn(SECRETS)
    assert "hunter2" not in repr(found)
    assert found.variables["plain"].default == "25"
    assert found.resources[0].arguments["name"].constant == '"A"'


def test_a_block_tells_how_it_repeats_and_what_it_waits_for():
    text = """
    backend "simulated" {}
    backend "simulated" { alias = "lab" }
    resource "send_connector" "a" {
      count      = 2
      backend    = simulated.lab
      depends_on = [send_connector.b]
      lifecycle {
        precondition {
          condition     = true
          error_message = "No."
        }
      }
    }
    resource "send_connector" "b" { for_each = toset(["x"]) }
    """
    a, b = drawn(text).resources
    assert (a.count.constant, a.backend, a.depends_on, a.checked) == (
        "2", "lab", ("send_connector.b",), True,
    )  # fmt: skip
    assert (b.count, b.for_each.references, b.for_each.constant, b.checked) == (
        None,
        (),
        "",
        False,
    )
