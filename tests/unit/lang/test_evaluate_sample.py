"""A sample of expressions with the values and types that Terraform 1.11.4 gives them."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from reconciler.lang.evaluate import evaluate
from reconciler.lang.parse import parse_expression
from reconciler.lang.scope import Scope
from reconciler.lang.types import of, show
from reconciler.lang.value import json_text, marks
from reconciler.model.diagnostic import Collector, ReconcilerError

FILE = Path(__file__).parents[2] / "cases" / "expressions_sample.jsonl"


def loads(text):
    return json.loads(text, parse_int=Decimal, parse_float=Decimal)


CASES = [loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def evaluated(text):
    problems = Collector()
    expr = parse_expression(text, "main.hcl", problems)
    problems.stop_on_errors()
    return evaluate(expr, Scope())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expr"][:60])
def test_an_expression_gives_what_terraform_gives(case):
    if case.get("error"):
        with pytest.raises(ReconcilerError):
            evaluated(case["expr"])
        return
    value = evaluated(case["expr"])
    assert loads(json_text(value)) == case["json"]
    assert "".join(show(of(value)).split()) == case["type"]
    assert bool(marks(value)) is case.get("sensitive", False)
