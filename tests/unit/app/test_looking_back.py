"""The history told: runs, deeds, blame, state as it was. None of it writes or waits."""

import json

import pytest
from app_bench import Run

from reconciler.app import past
from reconciler.app.moments import runs_until
from reconciler.catalog.index import everything
from reconciler.model.diagnostic import ReconcilerError
from reconciler.store import base
from reconciler.store.base import Holder
from reconciler.store.sql import open_store
from reconciler.views import history, json_history

RELAY = """
    resource "send_connector" "relay" {
      name           = "Relay"
      address_spaces = ["relay.example"]
      %s
    }
"""
HIDDEN = """
    variable "secret" {
      sensitive = true
      default   = "hush-%s"
    }
"""


@pytest.fixture
def at(tmp_path):
    return Run(tmp_path)


def told(at, run):
    found = past.account(at.project, run)
    return history.account(found.run, found.deeds, found.outputs, everything())


def run(number, started, finished=""):
    return base.Run(number, "apply", "ann", "host", "", "", started, finished)


def test_runs_are_told_newest_first_with_who_and_why(at):
    at.apply(RELAY % "", message="first\x1b[31m")
    at.apply(RELAY % "port = 26", message="second")
    found = past.runs(at.project)
    assert [one.id for one in found] == [2, 1]
    assert [one.id for one in past.runs(at.project, 1)] == [2]
    head, newest, _ = history.runs(found).splitlines()
    assert head.split() == ["run", "when", "who", "command", "ended", "why"]
    assert newest.split()[0] == "2"
    assert newest.endswith("apply    done   second")
    assert "\x1b" not in history.runs(found)


def test_sensitive_values_are_hidden_wherever_the_history_is_told(at):
    for word in ("one", "two"):
        at.apply(RELAY % "comment = var.secret" + HIDDEN % word)
    found = past.account(at.project, 2)
    (blamed,) = past.blame(at.project)
    texts = [
        told(at, 1),
        told(at, 2),
        json_history.account(found.run, found.deeds, found.outputs, everything()),
        history.blame(blamed.instance, blamed.runs, everything()),
        json_history.blame(blamed.instance, blamed.runs, everything()),
    ]
    assert not [text for text in texts if "hush" in text]
    assert "~ comment = (sensitive value)" in texts[1]


def test_a_replacement_and_a_move_are_told_as_such(at):
    at.apply(RELAY % "")
    at.apply(replace=("send_connector.relay",))
    assert "# send_connector.relay was replaced" in told(at, 2)
    moved = "moved {\n from = send_connector.relay\n to = send_connector.front\n}"
    at.apply((RELAY % "").replace('"relay" {', '"front" {') + moved)
    assert "# (moved from send_connector.relay)" in told(at, 3)
    removed = "removed {\n from = send_connector.front\n lifecycle {\n destroy = false\n }\n}"
    at.apply(removed)
    assert "# send_connector.front was forgotten, but not destroyed" in told(at, 4)


def test_blame_follows_an_object_through_moves_and_replacements(at):
    at.apply(RELAY % "")
    at.apply(RELAY % "port = 26")
    at.apply(replace=("send_connector.relay",))
    moved = "moved {\n from = send_connector.relay\n to = send_connector.front\n}"
    at.apply((RELAY % "port = 26\ncomment = 4").replace('"relay" {', '"front" {') + moved)
    (blamed,) = past.blame(at.project)
    numbers = {name: one.id for name, one in blamed.runs.items()}
    told = [numbers[name] for name in ("name", "port", "guid", "comment")]
    assert told == [1, 2, 3, 4]


def test_state_is_shown_as_the_run_left_it(at):
    at.apply(RELAY % "" + 'output "x" {\n value = 1\n}')
    first = past.state_at(at.project, "run:1")
    at.apply('output "x" {\n value = 2\n}')
    assert past.state_at(at.project, "run:1").instances == first.instances
    assert past.state_at(at.project, "run:1").outputs["x"].value == 1
    assert past.state_at(at.project, "run:2").instances == ()
    assert past.state_at(at.project, "9999-01-01").outputs["x"].value == 2


def test_a_moment_is_a_time_or_a_run():
    runs = (
        run(1, "2026-01-01T00:00:00Z", "2026-01-01T00:00:05Z"),
        run(2, "2026-01-01T00:00:03Z"),
        run(3, "2026-01-02T00:00:00Z", "2026-01-02T00:01:00Z"),
    )
    assert runs_until("2026-01-01T01:00:04+01:00", runs) == {2}
    assert runs_until("2026-01-01T00:00:05", runs) == {1, 2}
    assert runs_until("run:2", runs) == {1, 2}
    for bad, code in (("run:9", "no-such-run"), ("soon", "invalid-moment")):
        with pytest.raises(ReconcilerError) as refusal:
            runs_until(bad, runs)
        assert refusal.value.diagnostics[0].code == code


def test_looking_back_waits_for_nobody_and_writes_nothing(at, tmp_path):
    at.apply(RELAY % "")
    own = tmp_path / ".reconciler"
    store = open_store("sqlite:///.reconciler/state.db", root=tmp_path)
    with store.lease(Holder("bob", "host", 1, "apply", "2026-01-01T00:00:00Z"), 0):
        before = (own / "state.db").read_bytes()
        past.runs(at.project)
        past.account(at.project, 1)
        past.blame(at.project)
        past.state_at(at.project, "run:1")
        found = past.audit(at.project)
        assert (own / "state.db").read_bytes() == before
    assert json.loads(json_history.audit(found))["lines"] == found.lines == 3
