"""What blocks mean, and every mistake in them with its place and its cure."""

from pathlib import Path

import pytest

from reconciler.config.load import configuration
from reconciler.lang.types import NUMBER
from reconciler.model.diagnostic import Collector


def decoded(text):
    problems = Collector()
    return configuration(Path(), {"main.hcl": text}, problems), list(problems)


def valid(text):
    found, problems = decoded(text)
    assert not problems
    return found


MISTAKES = [
    # text, code, line and column, context, words of the detail
    ("resorce {}", "unknown-block", (1, 1), "resorce", 'Did you mean "resource"?'),
    ("banana {}", "unknown-block", (1, 1), "banana", "The types are: backend, check"),
    ("terraform {}", "unknown-block", (1, 1), "terraform", "reconciler { … }"),
    ('provider "x" {}', "unknown-block", (1, 1), 'provider "x"', 'backend "exchange"'),
    ('module "m" {}', "missing-argument", (1, 1), 'module "m"', 'source = "./modules/standard"'),
    ('import { id = "x" }', "missing-argument", (1, 1), "import", "to"),
    ('import {\n  to = "x"\n  id = "x"\n}', "invalid-address", (2, 8), "import", "["),
    ('mail_flow_test "t" {}', "not-supported-yet", (1, 1), 'mail_flow_test "t"', "Take it out"),
    ("a = 1", "unknown-argument", (1, 1), None, "locals { a = … }"),
    ('resource "r" {}', "wrong-labels", (1, 1), 'resource "r"', "has 2 labels"),
    ('locals "x" {}', "wrong-labels", (1, 1), 'locals "x"', "has no label"),
    ("variable {}", "wrong-labels", (1, 1), "variable", "has 1 label"),
    ('resource "r" "1a" {}', "invalid-name", (1, 14), 'resource "r" "1a"', "starts with a letter"),
    ('variable "a.b" {}', "invalid-name", (1, 10), 'variable "a.b"', "a.b"),
    ('variable "count" {}', "reserved-name", (1, 1), 'variable "count"', "Choose another"),
    ('variable "v" { typ = string }', "unknown-argument", (1, 16), 'variable "v"', '"type"?'),
    ('variable "v" { type = strin }', "invalid-type", (1, 23), 'variable "v"', "no type"),
    ('variable "v" { sensitive = var.x }', "not-a-literal", (1, 28), 'variable "v"', "true or"),
    ('variable "v" { nullable = "yes" }', "not-a-literal", (1, 27), 'variable "v"', "true or"),
    ('variable "v" { description = 1 }', "not-a-literal", (1, 30), 'variable "v"', "quoted text"),
    ('variable "v" {\n type {}\n}', "unknown-block", (2, 2), 'variable "v"', "type = …"),
    (
        'variable "v" { validation = 1 }',
        "unknown-argument",
        (1, 16),
        'variable "v"',
        "without the equals sign",
    ),
    (
        'variable "v" {\n  validation {\n    condition = var.v\n  }\n}',
        "missing-argument",
        (2, 3),
        'variable "v"',
        '"error_message" is required',
    ),
    ('output "o" {}', "missing-argument", (1, 1), 'output "o"', '"value" is required'),
    ('output "o" {\n value = 1\n lifecycle {}\n}', "unknown-block", (3, 2), 'output "o"', "prec"),
    ('locals {\n dynamic "x" {}\n}', "unknown-block", (2, 2), "locals", "arguments only"),
    (
        'resource "r" "a" {\n count = 1\n for_each = {}\n}',
        "count-and-for-each",
        (3, 2),
        'resource "r" "a"',
        "Take one of them out",
    ),
    ('resource "r" "a" {\n tls {}\n}', "unknown-block", (2, 2), 'resource "r" "a"', "tls = { … }"),
    (
        'resource "r" "a" {\n dynamic "x" {}\n}',
        "unknown-block",
        (2, 2),
        'resource "r" "a"',
        "for expression",
    ),
    (
        'resource "r" "a" {\n provisioner "x" {}\n}',
        "unknown-block",
        (2, 2),
        'resource "r" "a"',
        "no provisioners",
    ),
    (
        'resource "r" "a" {\n connection {}\n}',
        "unknown-block",
        (2, 2),
        'resource "r" "a"',
        "nothing to connect",
    ),
    (
        'resource "r" "a" { provider = x.y }',
        "unknown-argument",
        (1, 20),
        'resource "r" "a"',
        "backend = exchange.NAME",
    ),
    (
        'resource "r" "a" { lifecycle = {} }',
        "unknown-argument",
        (1, 20),
        'resource "r" "a"',
        "It is a block",
    ),
    (
        'resource "r" "a" {\n lifecycle {}\n lifecycle {}\n}',
        "duplicate-block",
        (3, 2),
        'resource "r" "a"',
        "at line 2",
    ),
    (
        'resource "r" "a" {\n lifecycle {\n  nope = true\n }\n}',
        "unknown-argument",
        (3, 3),
        'resource "r" "a"',
        "ignore_changes",
    ),
    (
        'resource "r" "a" { depends_on = r.b }',
        "not-a-list",
        (1, 33),
        'resource "r" "a"',
        "in brackets",
    ),
    (
        'resource "r" "a" { depends_on = [upper("x")] }',
        "not-a-reference",
        (1, 34),
        'resource "r" "a"',
        "references only",
    ),
    (
        'resource "r" "a" { depends_on = ["r.b"] }',
        "not-a-reference",
        (1, 34),
        'resource "r" "a"',
        "without quotes: r.b",
    ),
    ("backend {}", "wrong-labels", (1, 1), "backend", "has 1 label"),
    (
        'variable "v" { description = "${1}" }',
        "not-a-literal",
        (1, 30),
        'variable "v"',
        "quoted text",
    ),
    (
        'variable "v" {\n  validation "x" {\n    condition = 1\n    error_message = 1\n  }\n}',
        "wrong-labels",
        (2, 3),
        'variable "v"',
        "no label",
    ),
    (
        'resource "r" "a" { depends_on = [r[var.x]] }',
        "not-a-reference",
        (1, 34),
        'resource "r" "a"',
        "references only",
    ),
    (
        'output "o" {\n value = 1\n sensitive {}\n}',
        "unknown-block",
        (3, 2),
        'output "o"',
        "sensitive = …",
    ),
    ('backend "a" { alias = var.x }', "not-a-literal", (1, 23), 'backend "a"', "quoted text"),
    ('backend "a" { alias = "1" }', "invalid-name", (1, 1), 'backend "a"', "starts with"),
    (
        'backend "a" { count = 2 }',
        "unknown-argument",
        (1, 15),
        'backend "a"',
        "cannot be repeated",
    ),
    ('reconciler {\n backend "s3" {}\n}', "unknown-block", (2, 2), "reconciler", "state { url"),
    (
        "reconciler {\n required_providers {}\n}",
        "unknown-block",
        (2, 2),
        "reconciler",
        "no providers",
    ),
    ("reconciler {\n brakes {}\n brakes {}\n}", "duplicate-block", (3, 2), "reconciler", "line 2"),
    (
        "reconciler {\n destroy_share = 1\n}",
        "unknown-argument",
        (2, 2),
        "reconciler",
        "brakes { destroy_share",
    ),
    ("reconciler {\n state {}\n}", "missing-argument", (2, 2), "reconciler", '"url" is required'),
]


@pytest.mark.parametrize(("text", "code", "place", "context", "words"), MISTAKES)
def test_a_mistake_has_a_code_a_place_its_block_and_a_cure(text, code, place, context, words):
    _, (found,) = decoded(text + "\n")
    assert (found.code, found.context) == (code, context)
    assert (found.span.line, found.span.column) == place
    assert words in found.detail


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ('variable "a" {}', 'variable "a" {}'),
        ("locals { a = 1 }", "locals { a = 2 }"),
        ('output "a" { value = 1 }', 'output "a" { value = 2 }'),
        ('resource "r" "a" {}', 'resource "r" "a" {}'),
        ('backend "a" {}', 'backend "a" {}'),
        (
            'reconciler {\n state {\n  url = "x"\n }\n}',
            'reconciler {\n state {\n  url = "y"\n }\n}',
        ),
        ("reconciler {\n brakes {}\n}", "reconciler {\n brakes {}\n}"),
    ],
)
def test_what_is_declared_twice_is_reported_with_both_places(first, again):
    _, (found,) = decoded(f"{first}\n{again}\n")
    assert found.code == "duplicate-name"
    assert "main.hcl line " in found.detail
    assert found.span.line > first.count("\n") + 1


def test_names_are_unique_per_type_only():
    found = valid('resource "r" "a" {}\nresource "s" "a" {}\nvariable "a" {}\nlocals { a = 1 }\n')
    assert len(found.resources) == 2


def test_a_variable_is_decoded_whole():
    text = """
variable "v" {
  type        = number
  default     = 1
  description = "How many."
  sensitive   = true
  nullable    = false
  ephemeral   = true
  validation {
    condition     = var.v > 0
    error_message = "More."
  }
}
"""
    found = valid(text).variables["v"]
    assert found.constraint is not None
    assert found.constraint.type == NUMBER
    assert (found.sensitive, found.nullable, found.ephemeral) == (True, False, True)
    assert (found.description, len(found.validations)) == ("How many.", 1)


def test_literals_may_stand_in_parentheses():
    found = valid('variable "v" {\n  sensitive = (true)\n  description = ("d")\n}')
    assert (found.variables["v"].sensitive, found.variables["v"].description) == (True, "d")


def test_an_empty_variable_has_the_usual_properties():
    found = valid('variable "v" {}').variables["v"]
    assert (found.constraint, found.default) == (None, None)
    assert (found.sensitive, found.nullable, found.ephemeral) == (False, True, False)


def test_a_description_may_be_a_heredoc():
    found = valid('variable "v" {\n  description = <<-EOT\n    Two\n    lines.\n  EOT\n}\n')
    assert found.variables["v"].description == "Two\nlines.\n"


def test_meta_arguments_are_taken_out_of_the_arguments():
    text = """
resource "r" "a" {
  count      = 2
  depends_on = [r.b, r.c["x"]]
  backend    = exchange.lab
  name       = "x"
  lifecycle {
    create_before_destroy = true
    prevent_destroy       = var.keep
    ignore_changes        = [name, tags["x"]]
    replace_triggered_by  = [r.b]
    enabled               = var.on
    precondition {
      condition     = true
      error_message = "a"
    }
    postcondition {
      condition     = true
      error_message = "b"
    }
  }
}
"""
    (found,) = valid(text).resources
    assert list(found.arguments) == ["name"]
    assert (len(found.depends_on), found.for_each) == (2, None)
    assert found.backend is not None
    life = found.lifecycle
    assert None not in (life.create_before_destroy, life.prevent_destroy, life.enabled)
    assert (len(life.ignore_changes), len(life.replace_triggered_by)) == (2, 1)
    assert (len(life.preconditions), len(life.postconditions)) == (1, 1)


def test_all_changes_can_be_ignored():
    (found,) = valid('resource "r" "a" {\n lifecycle {\n  ignore_changes = all\n }\n}').resources
    assert found.lifecycle.ignore_changes == "all"


def test_backends_are_told_apart_by_their_alias():
    found = valid('backend "exchange" {}\nbackend "exchange" {\n alias = "lab"\n host = "x"\n}')
    assert [(b.kind, b.alias, list(b.arguments)) for b in found.backends] == [
        ("exchange", "", []),
        ("exchange", "lab", ["host"]),
    ]


def test_settings_of_several_blocks_are_put_together():
    found = valid(
        'reconciler {\n required_version = ">= 0.1"\n}\n'
        'reconciler {\n required_version = "< 2"\n state {\n  url = var.url\n }\n}\n'
    ).settings
    assert found.required_version == ">= 0.1, < 2"
    assert found.state is not None


def test_a_variable_with_mistakes_is_still_declared():
    found, problems = decoded('variable "v" {\n  type = nope\n  x = 1\n}')
    assert len(problems) == 2
    assert "v" in found.variables


def test_a_file_full_of_mistakes_stops_after_enough_of_them():
    _, problems = decoded('resource "r" {}\n' * 5000)
    assert 100 < len(problems) < 1000
