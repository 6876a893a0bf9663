"""Which block refers to which."""

from pathlib import Path

import pytest

from reconciler.catalog.index import types
from reconciler.config.load import configuration
from reconciler.engine.uses import Uses, address_of, in_order
from reconciler.model.diagnostic import Collector, ReconcilerError

A = """
resource "send_connector" "a" {{
  name = "A"
  {}
}}
resource "send_connector" "b" {{ name = "B" }}
resource "send_connector" "c" {{ name = "C" }}
locals {{
  direct  = send_connector.b.guid
  through = "${{local.direct}} ${{send_connector.c.guid}}"
  itself  = local.itself
}}
"""


def read(line):
    problems = Collector()
    found = configuration(Path("project"), {"main.hcl": A.format(line)}, problems)
    assert not problems.errors
    return found, Uses(found, types())


def used(line):
    found, uses = read(line)
    return [use.used.name for use in uses.of_block(found.resources[0])]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("", []),
        ("comment = send_connector.b.guid", ["b"]),
        ("comment = send_connector.c[0].guid", ["c"]),
        ("comment = [for x in send_connector.b : x.guid][0]", ["b"]),
        ('comment = "${send_connector.c.guid} ${send_connector.b.guid}"', ["c", "b"]),
        ("comment = local.through", ["b", "c"]),
        ('comment = local["direct"]', ["b"]),
        ("comment = local[var.x]", ["b", "c"]),
        ("comment = local.itself", []),
        ("comment = local.missing", []),
        ("count = length(send_connector.b)", ["b"]),
        ("for_each = send_connector.b", ["b"]),
        ("depends_on = [send_connector.c]", ["c"]),
        ("lifecycle { replace_triggered_by = [send_connector.b] }", ["b"]),
        ("lifecycle { prevent_destroy = send_connector.b.enabled }", ["b"]),
        ("comment = send_connector.a.guid", []),
        ("comment = var.send_connector.b", []),
    ],
)
def test_a_block_uses(line, names):
    assert used(line) == names


def test_conditions_are_uses():
    block = "lifecycle {{\n{} {{\ncondition = send_connector.b.enabled\nerror_message = {}\n}}\n}}"
    assert used(block.format("precondition", '"no"')) == ["b"]
    assert used(block.format("postcondition", "send_connector.c.name")) == ["b", "c"]


def order(line):
    found, uses = read(line)
    blocks = {address_of(block): block for block in found.resources}
    return [a.name for a in in_order(blocks, {a: uses.of_block(b) for a, b in blocks.items()})]


def test_used_blocks_come_first():
    found = order("comment = send_connector.c.guid")
    assert found.index("c") < found.index("a")


def test_a_ring_names_each_edge_with_its_place():
    text = A.format("comment = send_connector.b.guid").replace(
        'name = "B"', "name = send_connector.a.guid"
    )
    found = configuration(Path("project"), {"main.hcl": text}, Collector())
    uses = Uses(found, types())
    blocks = {address_of(block): block for block in found.resources}
    with pytest.raises(ReconcilerError) as caught:
        in_order(blocks, {a: uses.of_block(b) for a, b in blocks.items()})
    (problem,) = caught.value.diagnostics
    assert "send_connector.a uses send_connector.b (main.hcl line 4)" in problem.detail
    assert "send_connector.b uses send_connector.a (main.hcl line 6)" in problem.detail
