"""The verdicts of HCL's specification suite, and of Terraform on single expressions.

The lines of errors are Terraform's, but where something is left open: there it points at the end
of the file, and we at the beginning of what is open.
"""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from reconciler.lang.evaluate import evaluate
from reconciler.lang.parse import parse, parse_expression
from reconciler.lang.scope import Scope
from reconciler.model.diagnostic import Collector

CASES = Path(__file__).parents[2] / "cases"


def rows(name):
    return json.loads((CASES / name).read_text("utf-8"))


def cases(name):
    return [pytest.param(text, right, id=key) for key, text, right in rows(name)]


VALUES = rows("hcl_specsuite_values.json")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("RECONCILER_CACHE_DIR", str(tmp_path))


@pytest.mark.parametrize(("text", "lines"), cases("hcl_specsuite.json"))
def test_a_file_parses_where_it_is_hcl_and_else_fails_on_the_right_line(text, lines):
    problems = Collector()
    parse(text, "main.hcl", problems)
    found = {each.span.line for each in problems}
    assert not found if lines is True else set(lines) <= found


@pytest.mark.parametrize(("text", "lines"), cases("hcl_specsuite.json"))
def test_every_error_has_a_place_inside_its_file(text, lines):
    problems = Collector()
    parse(text, "main.hcl", problems)
    last = text.count("\n") + 1
    assert all(1 <= each.span.line <= last and each.span.column >= 1 for each in problems)
    assert lines is True or problems.errors


@pytest.mark.parametrize("name", VALUES)
def test_a_file_has_the_values_that_the_suite_expects(name):
    (text,) = (text for key, text, _ in rows("hcl_specsuite.json") if key == name)
    scope = Scope({"bar": "Bar", "space_bar": "  Bar"})
    assert worth(parse(text, "main.hcl", Collector()), scope) == VALUES[name]


def worth(body, scope):
    """The values in a body, numbers as floats; blocks by their types and labels."""
    found = {one.name: loosely(evaluate(one.expr, scope)) for one in body.arguments}
    for block in body.blocks:
        inside = found
        *path, last = (block.type, *block.labels)
        for step in path:
            inside = inside.setdefault(step, {})
        inside[last] = worth(block.body, scope)
    return found


def loosely(value):
    if isinstance(value, dict):
        return {name: loosely(inner) for name, inner in value.items()}
    return float(value) if isinstance(value, Fraction) else value


@pytest.mark.parametrize(("text", "right"), cases("hcl_expressions.json"))
def test_an_expression_parses_where_terraform_reads_it(text, right):
    problems = Collector()
    expr = parse_expression(text, "main.hcl", problems)
    assert (expr is not None) is right
    assert (not problems.found) is right
