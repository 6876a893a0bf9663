"""What JSON has to know of blocks agrees with what the blocks are."""

from pathlib import Path

import pytest

from reconciler.config.load import configuration, load
from reconciler.config.shapes import FILE
from reconciler.model.diagnostic import Collector


def problems_of(text, name="x.hcl.json"):
    problems = Collector()
    configuration(Path(), {name: text}, problems)
    return list(problems)


def test_every_sort_of_block_has_its_shape():
    (problem,) = problems_of('{"nothing-like-it": {}}')
    known = problem.detail.partition("The types are: ")[2].rstrip(".").split(", ")
    assert set(known) - {"mail_flow_test"} <= set(FILE.blocks)


@pytest.mark.parametrize("type_", FILE.blocks)
def test_labels_are_as_many_as_the_block_has(type_):
    text = "{}"
    for label in ["a", "b"][: FILE.blocks[type_].labels]:
        text = f'{{"{label}": {text}}}'
    codes = {d.code for d in problems_of(f'{{"{type_}": {text}}}')}
    assert not codes & {"wrong-labels", "unknown-block"}


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ('{"resource": {"r": {"a": {"provisioner": {}}}}}', "unknown-argument", (1, 27)),
        ('{"resource": {"r": {"a": {"depends_on": "r.b"}}}}', "not-a-list", (1, 42)),
        ('{"resource": {"r": {"a": {"depends_on": [1]}}}}', "not-a-reference", (1, 42)),
        ('{"resource": {"r": {"a": {"depends_on": ["f(1)"]}}}}', "not-a-reference", (1, 43)),
        ('{"variable": {"v": {"type": "nope"}}}', "invalid-type", (1, 30)),
        ('{"variable": {"v": {"type": 5}}}', "invalid-type", (1, 29)),
        ('{"variable": {"v": {"nullable": "${true}"}}}', "not-a-literal", (1, 33)),
        ('{"output": {"o": [{"value": 1}, {"value": 2}]}}', "duplicate-name", (1, 33)),
        ('{"outputs": {"o": {}}}', "unknown-block", (1, 2)),
        ('{"output": {"o": {}}}', "missing-argument", (1, 13)),
    ],
)
def test_what_a_block_refuses_has_its_place_in_the_json(text, code, place):
    (problem,) = problems_of(text)
    assert (problem.code, (problem.span.line, problem.span.column)) == (code, place)


def test_files_of_a_module_override_too(tmp_path):
    child = tmp_path / "sub"
    child.mkdir()
    (tmp_path / "main.hcl").write_text('module "m" { source = "./sub" }')
    (child / "main.hcl.json").write_text('{"output": {"o": {"value": 1}}}')
    (child / "override.hcl.json").write_text('{"output": {"o": {"value": 2}}}')
    problems = Collector()
    found = load(tmp_path, problems)
    assert not problems.found
    (inner,) = (one for one in found.whole() if one is not found)
    assert inner.outputs["o"].value.value == 2
