"""The verdicts of HCL's specification suite, and of Terraform on single expressions."""

import json
from pathlib import Path

import pytest

from reconciler.lang.parse import parse, parse_expression
from reconciler.model.diagnostic import Collector

CASES = Path(__file__).parents[2] / "cases"


def cases(name):
    rows = json.loads((CASES / name).read_text("utf-8"))
    return [pytest.param(text, right, id=key) for key, text, right in rows]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("RECONCILER_CACHE_DIR", str(tmp_path))


@pytest.mark.parametrize(("text", "right"), cases("hcl_specsuite.json"))
def test_a_file_parses_where_it_is_hcl(text, right):
    problems = Collector()
    parse(text, "main.hcl", problems)
    assert (not problems.found) is right


@pytest.mark.parametrize(("text", "right"), cases("hcl_specsuite.json"))
def test_every_error_has_a_place_inside_its_file(text, right):
    problems = Collector()
    parse(text, "main.hcl", problems)
    last = text.count("\n") + 1
    assert all(1 <= each.span.line <= last and each.span.column >= 1 for each in problems)
    assert right or problems.errors


@pytest.mark.parametrize(("text", "right"), cases("hcl_expressions.json"))
def test_an_expression_parses_where_terraform_reads_it(text, right):
    problems = Collector()
    expr = parse_expression(text, "main.hcl", problems)
    assert (expr is not None) is right
    assert (not problems.found) is right
