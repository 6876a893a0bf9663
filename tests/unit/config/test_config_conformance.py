"""Whole configurations that Terraform 1.11.4 accepts or refuses, in our names."""

import json
from pathlib import Path

import pytest

from reconciler.config.expand import instances
from reconciler.config.load import load
from reconciler.config.static import check
from reconciler.config.values_files import Sources
from reconciler.config.variables import values
from reconciler.lang.evaluate import evaluate
from reconciler.lang.scope import Scope
from reconciler.model.diagnostic import Collector
from reconciler.schema.attribute import Attribute, Presence
from reconciler.schema.kinds.text import text
from reconciler.schema.resource_type import ResourceType

TABLE = Path(__file__).parents[2] / "cases" / "config_conformance.json"
CASES = json.loads(TABLE.read_text(encoding="utf-8"))
PRESENCE = {
    "input": Presence.OPTIONAL,
    "triggers_replace": Presence.OPTIONAL,
    "output": Presence.COMPUTED,
    "id": Presence.COMPUTED,
}
TYPE = ResourceType(
    name="reconciler_data",
    noun="",
    summary="",
    attributes=tuple(Attribute(name, text, "", there) for name, there in PRESENCE.items()),
)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_what_terraform_refuses_is_refused_and_nothing_else(tmp_path, case):
    for name, content in case["files"].items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode())
    problems = Collector()
    found = load(tmp_path, problems)
    problems.extend(check(found, {TYPE.name: TYPE}))
    given = tuple((sort, spelt) for sort, spelt in case.get("given", ()))
    known = values(found, Sources(case.get("environment", {}), given=given), None, problems)
    if not problems.errors:
        scope = Scope({"var": dict(known)})
        for block in found.resources:
            instances(block, evaluate, scope, problems)
    assert bool(problems.errors) is case["refused"]
    assert all(found.span and found.detail for found in problems.errors)
