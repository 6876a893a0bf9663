"""What the files alone show to be wrong."""

import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from reconciler.catalog.index import types
from reconciler.config.load import configuration
from reconciler.config.static import check
from reconciler.model.diagnostic import Collector

ROUTE = 'resource "send_connector" "{}" {{\n  name = "a"\n{}}}\n'


def route(name, more=""):
    return ROUTE.format(name, f"  {more}\n" if more else "")


def rule(condition):
    inner = f'condition = {condition}\n error_message = "m"'
    return f'variable "v" {{\n validation {{\n {inner}\n }}\n}}\n'


def checked(*texts):
    problems = Collector()
    found = configuration(Path(), {f"{n}.hcl": t for n, t in enumerate(texts)}, problems)
    assert not problems.found
    return list(check(found, types()))


MISTAKES = [
    # text, code, words of the detail
    ('output "o" { value = foo }', "bare-word", 'Text stands in quotes: "foo"'),
    ('output "o" { value = True }', "bare-word", "Did you mean true?"),
    ('output "o" { value = off }', "bare-word", "Did you mean false?"),
    ('output "o" { value = None }', "bare-word", "Did you mean null?"),
    ('output "o" { value = x }\nvariable "x" {}', "bare-word", "Did you mean var.x?"),
    ('output "o" { value = x }\nlocals { x = 1 }', "bare-word", "Did you mean local.x?"),
    ('output "o" { value = vars.x }', "unknown-reference", 'Did you mean "var"?'),
    ('output "o" { value = sendconnector.x.id }', "unknown-reference", '"send_connector"?'),
    ('output "o" { value = banana.x.id }', "unknown-reference", "Resource types are:"),
    ("locals { a = var.nope }", "undeclared-variable", 'Declare it: variable "nope" {}'),
    (
        'locals { a = var.prot }\nvariable "port" {}',
        "undeclared-variable",
        "Did you mean var.port? Otherwise declare it",
    ),
    ("locals { a = local.nope }", "undeclared-local-value", "locals { nope = … }"),
    ("locals { a = var }", "incomplete-reference", "var.NAME"),
    ('output "o" { value = send_connector }', "incomplete-reference", "send_connector.NAME"),
    (
        'output "o" { value = send_connector.nope.name }',
        "undeclared-resource",
        'resource "send_connector" "nope"',
    ),
    (
        'output "o" { value = send_connector.a.nome }\n' + route("a"),
        "unsupported-attribute",
        'Did you mean "name"?',
    ),
    (
        'output "o" { value = send_connector.a[0].nome }\n' + route("a", "count = 1"),
        "unsupported-attribute",
        'Did you mean "name"?',
    ),
    (
        'output "o" { value = send_connector.a["x"].nome }\n' + route("a", "for_each = {}"),
        "unsupported-attribute",
        'Did you mean "name"?',
    ),
    (
        'output "o" { value = send_connector.a.name }\n' + route("a", "count = 1"),
        "missing-key",
        "send_connector.a[*].name",
    ),
    (
        'output "o" { value = send_connector.a[0].name }\n' + route("a"),
        "unexpected-key",
        "without the index",
    ),
    ('output "o" { value = module.m.x }', "undeclared-module", 'module "m"'),
    ('output "o" { value = data.a.b }', "unknown-reference", "data.a"),
    (
        'output "o" { value = terraform.workspace }',
        "unsupported-reference",
        "reconciler.workspace",
    ),
    ('output "o" { value = path.modul }', "unsupported-attribute", "path.module"),
    ('output "o" { value = reconciler.x }', "unsupported-attribute", "reconciler.workspace"),
    ('output "o" { value = self.name }', "reference-not-allowed", "postcondition"),
    ('output "o" { value = count.index }', "reference-not-allowed", "has count"),
    ('output "o" { value = each.key }', "reference-not-allowed", "has for_each"),
    (route("a", "comment = self.guid"), "reference-not-allowed", "postcondition"),
    (route("a", "comment = each.key"), "reference-not-allowed", "has for_each"),
    (route("a", "count = count.index"), "reference-not-allowed", "not in count itself"),
    (route("a", "for_each = each.value"), "reference-not-allowed", "not in for_each itself"),
    (route("a", "comment = send_connector.a.guid"), "self-reference", "refers to itself"),
    (route("a", "depends_on = [send_connector.a]"), "self-reference", "refers to itself"),
    (route("a", "depends_on = [send_connector.b]"), "undeclared-resource", '"b"'),
    (
        rule("var.v && local.x") + "locals { x = true }",
        "reference-not-allowed",
        "Only variables",
    ),
    (rule("true"), "condition-checks-nothing", "var.v"),
    (
        'output "o" {\n value = 1\n precondition {\n condition = 1 > 0\n error_message = "m"\n }\n}',
        "condition-checks-nothing",
        "take the block out",
    ),
    (
        'backend "simulated" { version = send_connector.a.name }\n' + route("a"),
        "reference-not-allowed",
        "Only variables",
    ),
    (
        "reconciler {\n state {\n url = local.x\n }\n}\nlocals { x = 1 }",
        "reference-not-allowed",
        "Only variables",
    ),
    ('resource "send_conector" "a" {}', "unknown-resource-type", '"send_connector"?'),
    ('resource "banana" "a" {}', "unknown-resource-type", "The types are: "),
    (route("a", "smarthosts = []"), "unsupported-argument", 'Did you mean "smart_hosts"?'),
    (route("a", 'guid = "x"'), "read-only-argument", "Exchange itself assigns it"),
    ('resource "send_connector" "a" {}', "missing-argument", "name = …"),
    (
        route("a", "lifecycle {\n ignore_changes = [nope]\n }"),
        "unsupported-attribute",
        'ignore_changes names "nope"',
    ),
    (
        route("a", "lifecycle {\n enabled = each.key\n }"),
        "reference-not-allowed",
        "has for_each",
    ),
    (
        'output "p" { value = send_connector[*] }',
        "incomplete-reference",
        "send_connector.NAME",
    ),
    (
        route(
            "a",
            "lifecycle {\n postcondition {\n condition = send_connector.a.port > 1\n"
            ' error_message = "m"\n }\n }',
        ),
        "self-reference",
        "Write self",
    ),
    (route("a", "backend = nope"), "no-such-backend", "simulated"),
    (route("a", "backend = simulated.lab"), "no-such-backend", "simulated"),
    (route("a", 'backend = "simulated"'), "no-such-backend", "without quotes"),
    (
        route("a") + 'backend "exchange" { alias = "lab" }',
        "no-default-backend",
        "backend = exchange.lab",
    ),
    ('variable "v" {\n type = number\n default = "x"\n}', "invalid-default", "number is required"),
    ('variable "v" {\n nullable = false\n default = null\n}', "invalid-default", "nullable"),
    ('variable "v" { default = var.x }', "not-a-constant", "cannot refer"),
    ('variable "v" { default = upper("x") }', "not-a-constant", "cannot call functions"),
    ('reconciler { required_version = ">= 99" }', "unsupported-version", ">= 99"),
    ('reconciler { required_version = "new" }', "invalid-version-constraint", "Write for example"),
]


@pytest.mark.parametrize(("text", "code", "words"), MISTAKES)
def test_a_mistake_is_found_once_with_its_place_and_its_cure(text, code, words):
    (found,) = checked(text + "\n")
    assert found.code == code
    assert words in found.detail
    assert found.span is not None


FINE = [
    'output "o" { value = [path.module, path.root, path.cwd, reconciler.workspace] }',
    'output "o" { value = [for x in ["a"] : upper(x)] }',
    'output "o" { value = { for k, v in { a = 1 } : k => v } }',
    'output "o" { value = send_connector.a[*].name }\n' + route("a", "count = 0"),
    'output "o" { value = length(send_connector.a) }\n' + route("a", "count = 0"),
    'output "o" { value = send_connector.a["x"].name }\n' + route("a", "for_each = {}"),
    'output "o" { value = [for c in send_connector.a : c.name] }\n' + route("a", "for_each = {}"),
    'output "o" { value = send_connector.a }\n' + route("a"),
    route("a", "count = 2\n comment = count.index"),
    route("a", 'for_each = { x = 1 }\n comment = "${each.key}${each.value}"'),
    route("a", 'usage = "Internet"\n lifecycle {\n ignore_changes = [comment]\n }'),
    route(
        "a",
        'lifecycle {\n postcondition {\n condition = self.port > 1\n error_message = "m"\n }\n }',
    ),
    route("a", "backend = simulated"),
    route("a", "backend = exchange.lab") + 'backend "exchange" { alias = "lab" }',
    route("a", "depends_on = [send_connector.b]") + route("b"),
    "locals {\n a = 1\n b = local.a + 1\n}\nlocals { c = local.b }",
    'variable "v" {\n type = object({ a = optional(number, 1) })\n default = {}\n}',
    'variable "v" { default = "a${1 + 1}" }',
    'reconciler { required_version = ">= 0.0" }',
]


@pytest.mark.parametrize("text", FINE)
def test_what_is_right_gives_no_finding(text):
    assert checked(text + "\n") == []


def test_a_cycle_of_locals_names_each_edge_with_file_and_line():
    (found,) = checked("locals {\n  a = local.b\n}\n", "locals { b = local.a }\n")
    assert found.code == "cycle"
    assert "local.a refers to local.b (0.hcl line 2)" in found.detail
    assert "local.b refers to local.a (1.hcl line 1)" in found.detail


def test_a_local_that_needs_itself_is_a_cycle():
    (found,) = checked("locals { a = local.a }\n")
    assert found.code == "cycle"


def test_a_cycle_through_resources_and_locals_is_found():
    (found,) = checked(
        route("a", "comment = local.x"), "locals { x = send_connector.b.name }\n",
        route("b", "depends_on = [send_connector.a]"),
    )  # fmt: skip
    assert found.code == "cycle"
    assert found.detail.count(" refers to ") == 3


def test_findings_come_in_the_order_of_the_text_with_their_block():
    text = (
        'output "o" { value = var.x }\n' + route("a", "comment = var.y") + "locals { l = var.z }\n"
    )
    found = checked(text)
    assert [d.span.line for d in found] == [1, 4, 6]
    assert [d.context for d in found] == [
        'output "o"',
        'resource "send_connector" "a"',
        "locals",
    ]


def test_where_a_file_could_not_be_read_nothing_is_called_undeclared():
    problems = Collector()
    texts = {"a.hcl": "locals { a = \n}\n", "b.hcl": 'output "o" { value = local.a }\n'}
    found = configuration(Path(), texts, problems)
    assert problems.errors
    assert list(check(found, types())) == []


def test_a_default_that_is_wrong_does_not_show_a_sensitive_value():
    text = (
        'variable "v" {\n type = map(number)\n sensitive = true\n default = { k = "hunter2" }\n}\n'
    )
    (found,) = checked(text)
    assert "hunter2" not in found.detail
    assert '"k"' not in found.detail
    assert found.secret


def test_every_mistake_in_a_block_is_reported():
    found = checked(route("a", "nope = var.a\n  nada = [local.b, send_connector.c]"))
    assert sorted(d.code for d in found) == [
        "undeclared-local-value",
        "undeclared-resource",
        "undeclared-variable",
        "unsupported-argument",
        "unsupported-argument",
    ]


def test_ten_thousand_blocks_are_checked_in_less_than_a_second():
    text = "".join(
        route(
            f"c{n}",
            'comment = local.domain\n  smart_hosts = ["${local.domain}", "x"]\n  port = 25',
        )
        for n in range(200)
    )
    small = configuration(Path(), {"a.hcl": text + 'locals { domain = "x" }\n'}, Collector())
    many = tuple(
        replace(block, name=f"{block.name}-{n}") for n in range(50) for block in small.resources
    )
    found = replace(small, resources=many)
    traced = sys.gettrace() is not None  # measuring coverage takes its own time
    assert min(seconds(found) for _ in range(2)) < (20 if traced else 1)


def seconds(found):
    started = time.process_time()
    assert list(check(found, types())) == []
    return time.process_time() - started
