"""Blocks, arguments and expressions in JSON are the syntax that the same in HCL is."""

from dataclasses import fields, is_dataclass, replace

import pytest

from reconciler.config.shapes import FILE
from reconciler.lang import parse as hcl
from reconciler.lang.jsonfile.parse import parse
from reconciler.lang.syntax import Text
from reconciler.model.diagnostic import Collector
from reconciler.model.span import Span

NOWHERE = Span("", 0, 0, 0, 0)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("RECONCILER_CACHE_DIR", str(tmp_path / "cache"))


def placeless(node):
    if isinstance(node, tuple):
        return tuple(placeless(each) for each in node)
    if isinstance(node, Span):
        return NOWHERE
    if not is_dataclass(node):
        return node
    return replace(node, **{f.name: placeless(getattr(node, f.name)) for f in fields(node)})


def read(text):
    problems = Collector()
    return parse(text, "x.hcl.json", FILE, problems), list(problems)


def good(text):
    body, problems = read(text)
    assert not problems
    return body


def from_hcl(text):
    problems = Collector()
    body = hcl.parse(text, "x.hcl", problems)
    assert not problems.found
    return body


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("{}", ""),
        ("[]", ""),
        ('{"//": {"a": 1}, "locals": {"//": 1, "a": 1}}', "locals { a = 1 }"),
        ('[{"locals": {"a": 1}}, {"locals": {"b": 2}}]', "locals { a = 1 }\nlocals { b = 2 }"),
        ('{"locals": null, "output": {"a": null}}', ""),
        ('{"locals": [{"a": 1}, {"b": 2}]}', "locals { a = 1 }\nlocals { b = 2 }"),
        (
            '{"output": {"a": {"value": 1}, "b": {"value": 2}}}',
            'output "a" { value = 1 }\noutput "b" { value = 2 }',
        ),
        (
            '{"output": [{"a": {"value": 1}}, {"b": [{"value": 2}]}]}',
            'output "a" { value = 1 }\noutput "b" { value = 2 }',
        ),
        (
            '{"resource": {"r": {"a": {"lifecycle": {"precondition": [{}, {}]}}}}}',
            'resource "r" "a" {\n lifecycle {\n precondition {}\n precondition {}\n }\n}',
        ),
        (
            (
                '{"resource": {"r": {"a": {"lifecycle": {"ignore_changes": "all"},'
                ' "depends_on": ["r.b[0]", "r.c[\\"x\\"]"], "backend": "exchange.lab"}}}}'
            ),
            (
                'resource "r" "a" {\n depends_on = [r.b[0], r.c["x"]]\n backend = exchange.lab\n'
                "lifecycle {\n ignore_changes = all\n }\n}"
            ),
        ),
        (
            (
                '{"moved": [{"from": "r.a", "to": "module.m.r.a"}], "removed": {"from": "r.z"},'
                ' "import": {"to": "r.b[each.key]", "id": "${each.value}"}}'
            ),
            (
                "moved {\n from = r.a\n to = module.m.r.a\n}\nremoved {\n from = r.z\n}\n"
                "import {\n to = r.b[each.key]\n id = each.value\n}"
            ),
        ),
        (
            (
                '{"variable": {"v": {"type": "object({\\n a = optional(string, \\"x\\")\\n})",'
                ' "default": ["${x}", "%{ if"], "description": "$${x}"}}}'
            ),
            (
                'variable "v" {\n type = object({\n a = optional(string, "x")\n})\n'
                'default = ["$${x}", "%%{ if"]\n description = "$$${x}"\n}'
            ),
        ),
    ],
)
def test_blocks_are_what_they_are_in_hcl(text, same):
    assert placeless(good(text)) == placeless(from_hcl(same))


@pytest.mark.parametrize(
    ("value", "same"),
    [
        ("null", "null"),
        ("-5.5", "-5.5"),
        ('"a${b}c"', '"a${b}c"'),
        ('"${b}"', "b"),
        ('"${b}${c}"', '"${b}${c}"'),
        ('"$${b} %%{c}"', '"$${b} %%{c}"'),
        (r'"\"a\\b\" ${upper(\"x\")}"', r'"\"a\\b\" ${upper("x")}"'),
        ('"%{ if a }b%{ endif }"', '"%{ if a }b%{ endif }"'),
        ('"${a == 1 ? [2] : null}"', "a == 1 ? [2] : null"),
        ('"a \u0301"', '"a \u0301"'),
        ('"e\u0301"', '"é"'),
        ('["${a}", {"b": {"//": 1}}]', '[a, {b = {"//" = 1}}]'),
        ('{"${k}": 1, "x-${k}": 2}', '{"${k}" = 1, "x-${k}" = 2}'),
        ('"${{a = 1}}"', "{a = 1}"),
    ],
)
def test_values_are_what_they_are_in_hcl(value, same):
    assert placeless(good(f'{{"locals": {{"a": {value}}}}}')) == placeless(
        from_hcl(f"locals {{\na = {same}\n}}")
    )


def test_line_breaks_and_strip_markers_work_as_in_a_heredoc():
    found = good(r'{"locals": {"a": "x\n  ${~ b ~}  \n y"}}')
    template = found.blocks[0].body.arguments[0].expr
    assert [part.value for part in template.parts if isinstance(part, Text)] == ["x\n", " y"]


def test_places_are_those_of_the_file():
    text = '{"output": {\n  "o": {\n    "value": "a\\n\\"${foo.bar}"\n  }\n}}'
    (block,) = good(text).blocks
    (argument,) = block.body.arguments
    reference = argument.expr.parts[-1]
    spans = (block.header, block.span, argument.name_span, argument.expr.span, reference.span)
    assert [(s.line, s.column, s.end_line, s.end_column) for s in spans] == [
        (2, 3, 2, 6),
        (2, 3, 4, 4),
        (3, 5, 3, 12),
        (3, 14, 3, 31),
        (3, 22, 3, 29),
    ]


@pytest.mark.parametrize(
    ("text", "code", "place", "context"),
    [
        ('"x"', "object-expected", (1, 1), None),
        ("null", "object-expected", (1, 1), None),
        ("[1]", "object-expected", (1, 2), None),
        ('{"locals": 1}', "object-expected", (1, 12), None),
        ('{"output": {"a": "x"}}', "object-expected", (1, 18), None),
        ('{"output": {"a": [[]]}}', "object-expected", (1, 19), None),
        ('{"output": null}', "wrong-labels", (1, 12), None),
        ('{"resource": {"r": {}}}', "wrong-labels", (1, 20), None),
        ('{"resource": {"r": [1]}}', "object-expected", (1, 21), None),
        ('{"locals": {"a": 1, "a": 2}}', "duplicate-argument", (1, 21), "locals"),
        ('{"locals": {"a": {"b": 1, "b": 2}}}', "duplicate-argument", (1, 27), "locals"),
        ('{"locals": {"a b": 1}}', "invalid-name", (1, 13), "locals"),
        ('{"output": {"o": {"value": "é${1 +}"}}}', "missing-expression", (1, 35), 'output "o"'),
        (r'{"locals": {"a": "\"\n${f(}"}}', "unbalanced-bracket", (1, 27), "locals"),
        (r'{"locals": {"a": "\n%{ if x }"}}', "unbalanced-directive", (1, 21), "locals"),
        ('{"moved": {"from": "${a.b}"}}', "not-a-reference", (1, 20), "moved"),
        ('{"variable": {"v": {"type": "list("}}}', "unclosed-bracket", (1, 34), 'variable "v"'),
        ('{"variable": {"v": {"type": ""}}}', "missing-expression", (1, 30), 'variable "v"'),
    ],
)
def test_a_mistake_has_its_place_and_block(text, code, place, context):
    _, (found,) = read(text)
    assert (found.code, (found.span.line, found.span.column)) == (code, place)
    assert found.context == context


def test_a_block_with_a_mistake_leaves_the_others_alone():
    body, problems = read(
        '{"output": {"a": {"value": "${"}, "b": {"value": 1}, "c": {"value": "${1 +}"}}}'
    )
    assert len(problems) == 2
    assert [block.labels for block in body.blocks] == [("b",)]


def test_a_property_that_is_no_block_is_left_for_others_to_refuse():
    (block,) = good('{"resorce": {"r": {}}}').blocks
    assert (block.type, block.labels, block.header.column) == ("resorce", (), 2)


def test_each_of_several_equal_blocks_has_its_own_place():
    found = good('{"moved": [{"from": "a.b"},\n{"from": "a.c"}]}')
    assert [(b.header.line, b.header.column) for b in found.blocks] == [(1, 12), (2, 1)]


def test_unchanged_files_come_from_the_cache_the_same():
    text = '{"output": {"o": {"value": "${a.b} %{ if c }d%{ endif }"}}}'
    assert good(text) == good(text)
