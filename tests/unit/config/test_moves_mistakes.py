"""What the files alone show to be wrong with moved, removed and import blocks."""

from pathlib import Path

import pytest

from reconciler.catalog.index import types
from reconciler.config.load import configuration
from reconciler.config.static import check
from reconciler.model.diagnostic import Collector

A, B, C, M = "send_connector.a", "send_connector.b", "send_connector.c", "module.m"


def checked(*texts):
    """The findings as (code, line)."""
    problems = Collector()
    found = configuration(Path(), {"main.hcl": "".join(texts)}, problems)
    return [(d.code, d.span.line) for d in (*problems, *check(found, types()))]


def moved(origin, to, more=""):
    return f"moved {{\n  from = {origin}\n  to = {to}\n{more}}}\n"


def removed(origin, more=""):
    return f"removed {{\n  from = {origin}\n{more}}}\n"


def imported(to, more=""):
    return f'import {{\n  to = {to}\n  id = "A"\n{more}}}\n'


def resource(label, more=""):
    body = 'name = "x"\naddress_spaces = ["*"]'
    return f'resource "send_connector" "{label}" {{\n{body}\n{more}}}\n'


EACH = 'for_each = toset(["k"])\n'
MISTAKES = {
    "nothing said": ("moved {}\n", [("missing-argument", 1), ("missing-argument", 1)]),
    "text": (moved('"send_connector.a"', B), [("invalid-address", 2)]),
    "an attribute": (moved(f"{A}.name", B), [("invalid-address", 2)]),
    "a type": (moved("send_connector", B), [("invalid-address", 2)]),
    "two keys": (moved(f'{A}["x"]["y"]', B), [("invalid-address", 2)]),
    "a bare module": (moved("module", B), [("invalid-address", 2)]),
    "every module": (moved("module.*", M), [("invalid-address", 2)]),
    "a calculation": (moved(A, f"true ? {A} : {B}"), [("invalid-address", 3)]),
    "a module and a resource": (moved(A, M), [("move-of-unlike", 3)]),
    "another type": (moved(A, "receive_connector.a"), [("move-to-another-type", 3)]),
    "an unknown type": (moved("smtp.a", "smtp.b"), [("unknown-resource-type", 2)]),
    "stars on one side": (moved(f'{A}["*"]', f'{B}["x"]'), [("move-pattern", 3)]),
    "a star as one name": (moved("send_connector.*", B), [("move-pattern", 3)]),
    "each without for_each": (moved(f"{A}[each.key]", f'{B}["x"]'), [("key-not-constant", 2)]),
    "count": (moved(A, B, "count = 2\n"), [("unknown-argument", 4)]),
    "an undeclared variable": (
        moved(f"{A}[each.key]", f"{B}[var.x]", EACH),
        [("undeclared-variable", 3)],
    ),
    "itself": (moved(A, A), [("move-to-itself", 1)]),
    "one to two": (moved(A, B) + moved(A, C), [("ambiguous-move", 5)]),
    "two to one": (moved(A, C) + moved(B, C), [("ambiguous-move", 5)]),
    "a ring": (moved(A, B) + moved(B, C) + moved(C, A), [("move-cycle", 1)]),
    "a ring of keys": (
        moved(f'{A}["x"]', f'{A}["y"]') + moved(f'{A}["y"]', f'{A}["x"]'),
        [("move-cycle", 1)],
    ),
    "a pattern that feeds itself": (moved(f'{A}["*"]', f'{A}["x*"]'), [("move-cycle", 1)]),
    "still declared": (resource("a") + moved(A, B), [("moved-still-declared", 5)]),
    "one of a type still declared": (
        resource("a") + moved("send_connector.*", "module.m.send_connector.*"),
        [("moved-still-declared", 5)],
    ),
    "a removed instance": (removed(f"{A}[0]"), [("removed-with-key", 2)]),
    "a removed module instance": (removed('module.m["x"]'), [("removed-with-key", 2)]),
    "all of a type removed": (removed("send_connector.*"), [("removed-with-key", 2)]),
    "removed and declared": (resource("a") + removed(A), [("removed-still-declared", 6)]),
    "destroy outside": (removed(A, "destroy = false\n"), [("unknown-argument", 3)]),
    "destroy by a variable": (
        removed(A, "lifecycle {\n destroy = var.x\n}\n"),
        [("not-a-literal", 4)],
    ),
    "two lifecycles": (removed(A, "lifecycle {}\nlifecycle {}\n"), [("duplicate-block", 4)]),
    "an import into a module": (imported(M), [("invalid-address", 2)]),
    "an import into all": (imported("send_connector.*"), [("invalid-address", 2)]),
    "an import by identity": (imported(A, "identity = {}\n"), [("unknown-argument", 4)]),
    "an import by each alone": (imported(f"{A}[each.key]"), [("key-not-constant", 2)]),
    "each in an id alone": (
        "import {\n  to = send_connector.a\n  id = each.key\n}\n",
        [("reference-not-allowed", 3)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_found_at_its_place(name):
    text, expected = MISTAKES[name]
    assert checked(text) == expected


FINE = {
    "a chain": moved(A, B) + moved(B, C) + resource("c"),
    "the same twice": moved(A, B) + moved(A, B),
    "one to an instance": resource("a", "for_each = { k = 1 }\n") + moved(A, f'{A}["k"]'),
    "an instance to one": resource("a") + moved(f"{A}[0]", A),
    "by keys": moved(f"{A}[each.key]", f'{B}["${{each.key}}x"]', EACH),
    "patterns to one": moved(f'{A}["*"]', f'{C}["*"]') + moved(f'{B}["*"]', f'{C}["*"]'),
    "modules": moved(M, 'module.n["x"]') + moved(f"{M}.{A}", A),
    "a removed module": removed(M, "lifecycle {\n destroy = false\n}\n"),
    "imports by keys": imported(f"{A}[each.key]", EACH) + resource("a", EACH),
}  # fmt: skip


@pytest.mark.parametrize("name", FINE)
def test_what_makes_sense_is_accepted(name):
    assert checked(FINE[name]) == []


def test_such_blocks_cannot_be_overridden():
    problems = Collector()
    texts = {"a.hcl": moved(A, B), "override.hcl": moved(A, C)}
    configuration(Path(), texts, problems)
    assert [d.code for d in problems] == ["nothing-to-override"]
