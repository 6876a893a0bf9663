"""Names are data: hostile ones arrive byte for byte or are refused, and no control byte reaches a
terminal.
"""

import json
import re
import sys
import unicodedata

import pytest
from fault_bench import APPLY, DESTROY, PLAN, Bench, Line

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

NAMES = {
    "quotes": "a'b\"c`d\u2018e\u2019f\u201cg\u201d",
    "powershell": "$(Remove-Item *); $env:PATH | & cmd.exe /c {x} @('y')",
    "interpolation": "${var.x} %{ if true }yes%{ endif } $${ %%{",
    "backslashes": "a\\b\\\\c\\n\\",
    "emoji": "\U0001f469\u200d\U0001f4bb" * 21,
    "right to left": "abc\u202egpj.exe\u2066x\u2069",
    "accents": "Zu\u0308rich Z\u00fcrich",
    "sql": "'; DROP TABLE entry; --",
    "path": "../../etc/passwd",
    "wildcards": "* ? [a-z] %_",
    "spaces": "a  b\u00a0c\u3000d",
    "option": "-WhatIf:$true",
    "json": '{"a": [1, null], "b": "\\u0000"}',
    "mark": "\ufeffbom",
    "equals": "a=b,CN=c+d<e>;#f",
    "astral": "\U000e0041\U0001d54f",
    "escape": "a\x1b[2Jb",
    "newline": "a\nb",
    "return": "a\rb",
    "bell": "a\x07b",
    "c1": "a\x9b31mb",
    "delete": "a\x7fb",
}
REFUSED = {"nul": "a\0b", "long": "x" * 65, "empty": ""}
# What may reach a terminal: no control but the line break, and nothing that turns text around.
FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def spelt(text: str) -> str:
    """A string of the language: every character that could mean something escaped."""
    escaped = (c if c.isalnum() and c.isascii() else _escaped(ord(c)) for c in text)
    return '"' + "".join(escaped) + '"'


def _escaped(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def write(bench: Bench, name: str) -> None:
    bench.write(
        f'resource "send_connector" "a" {{\n  name = {spelt(name)}\n'
        f'  address_spaces = ["a.example"]\n}}\noutput "n" {{\n  value = send_connector.a.name\n}}\n'
    )


def shown(bench: Bench, *lines: Line) -> str:
    """What a user sees of some commands, of which every one does its work or says why not."""
    ended = bench.run(*lines)
    assert "Unexpected" not in ended.err, ended.err
    assert not FORBIDDEN.search(ended.out + ended.err), repr(ended.out + ended.err)
    return ended.out


LOOKS: tuple[Line, ...] = (
    PLAN,
    ("show",),
    ("state", "list"),
    ("state", "show", "send_connector.a"),
    ("sim", "Get-SendConnector"),
    ("output",),
)


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_hostile_name_arrives_byte_for_byte(bench, name):
    write(bench, name)
    assert "n = " in shown(bench, ("plan",), APPLY, *LOOKS)
    # Strings of the language are NFC.
    normal = unicodedata.normalize("NFC", name)
    assert [each.encode() for each in bench.names()] == [normal.encode()]
    assert json.loads(shown(bench, ("output", "-json")))["n"]["value"] == normal
    shown(bench, DESTROY)
    assert bench.names() == []


@pytest.mark.parametrize("name", REFUSED.values(), ids=REFUSED)
def test_an_impossible_name_is_refused_before_anything_is_sent(bench, name):
    write(bench, name)
    shown(bench, APPLY)
    assert bench.run(APPLY).code == 1
    assert bench.world() == []


@pytest.mark.parametrize("kind", ["quotes", "right to left", "emoji", "escape", "newline", "c1"])
def test_a_hostile_name_that_somebody_else_gave_does_no_harm(bench, kind):
    """It exists in Exchange already, and comes back in a refusal."""
    write(bench, "Plain")
    assert bench.run(APPLY).code == 0
    guid = str(bench.world()[0]["Guid"])
    bench.ask("Set-SendConnector", Identity=guid, Name=NAMES[kind])
    shown(bench, ("sim", "Get-SendConnector"), ("plan",), APPLY)
    assert bench.names() == ["Plain"]


def test_hostile_keys_of_instances_do_no_harm(bench):
    keys = ", ".join(spelt(name) for name in NAMES.values())
    bench.write(
        'resource "send_connector" "a" {\n'
        f"  for_each = toset([{keys}])\n"
        '  name = "C ${index(sort([' + keys + ']), each.key)}"\n'
        '  address_spaces = ["a${index(sort([' + keys + ']), each.key)}.example"]\n}\n'
    )
    shown(bench, APPLY)
    assert len(bench.names()) == len(NAMES)
    assert bench.run(PLAN).code == 0
    assert len(shown(bench, ("state", "list")).splitlines()) == len(NAMES)


def test_hostile_values_in_the_environment_and_flags_do_no_harm(bench):
    bench.write('variable "x" {}\noutput "x" {\n  value = var.x\n}\n')
    for value in ("\x1b[2J", "\u202eabc", "a\rb", "\x9b"):
        shown(bench, (*APPLY, f"-var=x={value}"), ("output",))
        for line in ((f"x{value}",), ("plan", f"-target={value}"), ("apply", value)):
            shown(bench, line)
