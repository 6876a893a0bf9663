"""Time and chance in a configuration: unknown in the plan, settled by the apply, once."""

import pytest
from app_bench import Run, block, out

from reconciler.app import planning, running


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def stop_the_clock(monkeypatch, text):
    monkeypatch.setattr(planning, "now", lambda: text)
    monkeypatch.setattr(running, "now", lambda: text)


def test_a_timestamp_is_known_after_apply(run):
    made = run.plan(out("t", "timestamp()"))
    assert made == ({}, {"t": "create"})
    run.apply()
    assert run.outputs["t"].endswith("Z")


def test_an_output_of_the_time_changes_with_every_apply(run):
    run.apply(out("t", "uuid()"))
    before = run.outputs["t"]
    assert run.plan() == ({}, {"t": "update"})
    run.apply()
    assert run.outputs["t"] != before


def test_a_saved_plan_keeps_its_time(run, monkeypatch):
    stop_the_clock(monkeypatch, "2026-01-01T00:00:00Z")
    run.write(out("both", "[plantimestamp(), timestamp()]"))
    run.save()
    stop_the_clock(monkeypatch, "2026-01-01T01:00:00Z")
    run.apply_saved()
    assert run.outputs["both"] == ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"]


def test_a_local_value_is_drawn_once(run):
    run.apply(
        "locals { both = { id = uuid(), guid = send_connector.a.guid } }\n"
        + block("a")
        + block("b", "comment = local.both.id")
        + out("mine", "local.both.id")
        + out("its", "send_connector.b.comment")
    )
    assert run.outputs["mine"] == run.outputs["its"] != ""


def test_modules_know_the_time_of_the_apply(run):
    (run.root / "inner").mkdir()
    inner = 'variable "v" {}\n' + block("a", "comment = var.v") + out("v", "var.v")
    (run.root / "inner" / "main.hcl").write_text(inner, encoding="utf-8")
    run.apply(
        'module "m" {\nsource = "./inner"\nfor_each = { x = uuid() }\nv = each.value\n}\n'
        + out("v", 'module.m["x"].v')
    )
    assert len(run.outputs["v"]) == 36
    assert run.state == ['module.m["x"].send_connector.a']


def test_each_instance_draws_its_own(run):
    run.apply(
        block("a", "comment = uuid()", repeat="count = 2")
        + out("ids", "send_connector.a[*].comment")
    )
    assert len(set(run.outputs["ids"])) == 2


def test_values_of_for_each_may_be_known_after_apply(run):
    run.write(
        block("a")
        + block("b", "comment = each.value", repeat="for_each = { x = send_connector.a.guid }")
        + out("same", 'send_connector.b["x"].comment == send_connector.a.guid')
    )
    run.save()
    run.apply_saved()
    assert run.outputs["same"] is True
    assert run.plan() == ({}, {})


def test_a_plan_of_one_go_knows_values_of_for_each_in_time(run):
    run.apply(
        block("b", "comment = each.value", repeat="for_each = { x = timestamp(), y = uuid() }")
        + out("all", "[for b in send_connector.b : b.comment]")
    )
    assert len(set(run.outputs["all"])) == 2
