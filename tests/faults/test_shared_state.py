"""A team's state on a server: a sensitive value needs a key, and is refused before any call."""

import sys

import pytest
from fault_bench import APPLY, PLAN, Bench

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

HIDDEN = """
variable "note" {
  type      = string
  default   = "hush"
  sensitive = true
}
resource "send_connector" "a" {
  name           = "A"
  address_spaces = ["a.example"]
  comment        = var.note
}
"""
OUTPUT = 'output "note" {\n  value     = var.note\n  sensitive = true\n}\n'


@pytest.fixture
def shared(bench: Bench, postgres_url: str) -> Bench:
    return Bench(bench.root, {"RECONCILER_STATE_URL": postgres_url})


@pytest.mark.parametrize("text", [HIDDEN, HIDDEN[: HIDDEN.index("resource")] + OUTPUT])
def test_without_a_key_nothing_is_done(shared, text):
    shared.write(text)
    ended = shared.run(APPLY)
    assert ended.code == 1
    assert "RECONCILER_STATE_KEY" in ended.err
    assert shared.calls() == []
    assert list(shared.state().instances) == []


def test_with_a_key_everybody_who_has_it_can_go_on(shared):
    shared.write(HIDDEN + OUTPUT)
    horse, donkey = ({"RECONCILER_STATE_PASSPHRASE": word} for word in ("horse", "donkey"))
    assert shared.run(APPLY, **horse).code == 0
    assert shared.run(PLAN, **horse).code == 0
    shown = shared.run(("output", "-raw", "note"), **horse)
    assert shown.out.strip() == "hush", shown.err
    assert "another key" in shared.run(PLAN, **donkey).err


def test_the_key_may_come_from_the_state_block(shared):
    block = 'reconciler {\n  state {\n    url        = "sqlite:///x.db"\n    passphrase = var.phrase\n  }\n}\n'
    shared.write(HIDDEN + block + 'variable "phrase" {\n  sensitive = true\n}\n')
    given = {"RECONCILER_VAR_phrase": "horse"}
    done = shared.run(APPLY, PLAN, ("state", "show", "send_connector.a"), **given)
    assert done.code == 0, done.err
    assert "hush" not in done.out
