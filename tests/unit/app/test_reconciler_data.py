"""reconciler_data in whole sessions; what it does was read off terraform_data of Terraform 1.11.4."""

import json

import pytest
from app_bench import Run

from reconciler.app import inspect, planning
from reconciler.app.planning import Options
from reconciler.catalog.index import types
from reconciler.views import json_plan
from reconciler.views import plan as plan_text
from reconciler.views.palette import PLAIN

A = "reconciler_data.a"
B = "reconciler_data.b"


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def data(name="a", *arguments):
    return f'resource "reconciler_data" "{name}" {{\n' + "\n".join(arguments) + "\n}\n"


def out(expr, more=""):
    return f'output "o" {{\n  value = {expr}\n  {more}\n}}\n'


def made(run):
    return planning.make(run.project, Options(), lambda _event: None)


def change(run, address=A):
    found = json.loads(json_plan.text(made(run), types()))["resource_changes"]
    return next(c["change"] for c in found if c["address"] == address)


def stored(run, address=A):
    (found,) = (r for r in inspect.state(run.project).instances if str(r.address) == address)
    return found


VALUES = [
    '"text"',
    "1 / 3",
    "12345678901234567890123456789012345678901",
    "true",
    "[]",
    "{}",
    '[1, "1", null, [true]]',
    'toset(["b", "a"])',
    'tolist(["b", "a"])',
    "tomap({ a = 1 })",
    '{ "not a word" = [{ b = "<&>" }], n = null }',
    'toset([{ a = ["x"] }])',
]


@pytest.mark.parametrize("value", VALUES)
def test_output_is_input_with_its_type_and_every_digit(run, value):
    text = data("a", f"input = {value}") + out(f"{A}.output == {value}")
    run.apply(text)
    assert run.outputs == {"o": True}
    assert run.plan() == ({}, {})


@pytest.mark.parametrize("value", ["null", "tostring(null)"])
def test_null_is_nothing_at_once(run, value):
    run.write(data("a", f"input = {value}") + out(f'{A}.output == null ? "known" : "?"'))
    assert change(run)["after"] == {"input": None, "output": None, "triggers_replace": None}
    run.apply()
    assert run.outputs == {"o": "known"}
    assert run.plan() == ({}, {})


def test_another_input_is_an_update_that_keeps_the_id(run):
    run.apply(data("a", "input = 1"))
    before = stored(run)
    assert run.plan(data("a", "input = [1]")) == ({A: "update"}, {})
    run.apply()
    assert stored(run).handle == before.handle == stored(run).values["id"]
    assert run.plan() == ({}, {})


@pytest.mark.parametrize(("was", "will"), [("1", '"1"'), ("[1]", "tolist([1])"), ("{}", "null")])
def test_another_type_is_another_value(run, was, will):
    run.apply(data("a", f"input = {was}"))
    assert run.plan(data("a", f"input = {will}")) == ({A: "update"}, {})


def test_another_trigger_makes_a_new_object(run):
    run.apply(data("a", "input = 1", "triggers_replace = [1]"))
    before = stored(run).handle
    run.write(data("a", "input = 1", "triggers_replace = { n = 1 }"))
    planned = change(run)
    assert (planned["actions"], planned["replace_paths"]) == (
        ["delete", "create"],
        [["triggers_replace"]],
    )
    assert planned["after_unknown"]["output"] is True
    run.apply()
    assert stored(run).handle != before
    assert run.plan() == ({}, {})


def test_parts_that_are_not_known_are_filled_in_by_apply(run):
    text = data("a") + data("b", f"input = {{ known = [1], later = {A}.id }}")
    run.write(text + out(f"{B}.output.later == {A}.id"))
    assert change(run, B)["after"]["input"] == {"known": [1]}
    assert change(run, B)["after_unknown"]["input"] == {"known": [False], "later": True}
    run.apply()
    assert (run.outputs["o"], run.plan()) == (True, ({}, {}))


def test_how_often_may_hang_on_the_length_of_what_is_partly_unknown(run):
    users = 'resource "reconciler_data" "c" {\n  count = length(' + B + ".input)\n}\n"
    run.apply(data("a") + data("b", f"input = [{A}.id, 1]") + users)
    assert run.state == [A, B, "reconciler_data.c[0]", "reconciler_data.c[1]"]


def test_nothing_of_it_is_asked_of_exchange(run):
    run.apply(data("a", "input = 1"))
    assert not (run.root / ".reconciler" / "exchange.db").exists()


def test_it_stands_beside_connectors_and_is_destroyed_like_them(run):
    connector = (
        'resource "send_connector" "c" {\n  name = "C"\n  address_spaces = ["c.example"]\n'
        f"  comment = {A}.output\n}}\n"
    )
    run.apply(data("a", 'input = "seen"') + connector)
    assert run.done == [(A, "create"), ("send_connector.c", "create")]
    run.apply("")
    assert run.done == [("send_connector.c", "delete"), (A, "delete")]


def test_it_takes_no_backend(run):
    assert run.refused(data("a", "backend = simulated")) == ["has-no-backend"]


def test_it_needs_no_default_backend(run):
    run.apply('backend "simulated" {\n  alias = "x"\n}\n' + data())
    assert run.state == [A]


def test_an_infinite_number_is_refused(run):
    assert run.refused(data("a", "input = [1 / 0]")) == ["infinite-number"]


# import


def imported(name="a", identifier="any text"):
    return f'import {{\n  to = reconciler_data.{name}\n  id = "{identifier}"\n}}\n'


def test_any_id_can_be_taken_over(run):
    run.apply(data("a", "input = 1") + imported() + out(f"{A}.id"))
    assert run.done == [(A, "update")]
    assert run.outputs == {"o": "any text"}
    assert run.plan() == ({}, {})


def test_taken_over_as_it_is_it_needs_no_call(run):
    run.write(data() + imported())
    assert change(run)["importing"] == {"id": "any text"}
    run.apply()
    assert (run.done, stored(run).values["id"]) == ([], "any text")


# ignore_changes


def ignoring(what, value):
    return data("a", f"input = {value}", f"lifecycle {{\n  ignore_changes = [{what}]\n}}")


@pytest.mark.parametrize(
    ("what", "was", "will", "then"),
    [
        ("input", "1", "2", "1"),
        ("input.x", "{ x = 1, y = 1 }", "{ x = 2, y = 2 }", "{ x = 1, y = 2 }"),
        ('input["x"]', "{ x = 1, y = 1 }", "{ x = 2, y = 2 }", "{ x = 1, y = 2 }"),
        ("input.x.z", "{ x = { z = 1 } }", "{ x = { z = 2, w = 3 } }", "{ x = { z = 1, w = 3 } }"),
        ('input["x"]', "tomap({ x = 1 })", "tomap({ y = 2 })", "tomap({ x = 1, y = 2 })"),
        ('input["x"]', "tomap({ y = 1 })", "tomap({ x = 2, y = 1 })", "tomap({ y = 1 })"),
        ("input[0]", "[1, 1]", "[2, 2]", "[1, 2]"),
        ("input[0].a", "tolist([{ a = 1 }])", "tolist([{ a = 2 }])", "tolist([{ a = 1 }])"),
        ("input[5]", "[1]", "[2]", "[2]"),
        ("input.x", "{ y = 1 }", "{ x = 2 }", "{ x = 2 }"),
        ("input.x", "[1]", "{ x = 2 }", "{ x = 2 }"),
        ("input.x", "null", "{ x = 2 }", "{ x = 2 }"),
    ],
)
def test_what_is_ignored_stays_as_it_was(run, what, was, will, then):
    run.apply(ignoring(what, was))
    run.apply(ignoring(what, will) + out(f"{A}.output == {then}"))
    assert run.outputs == {"o": True}
    assert run.plan() == ({}, {})


# replace_triggered_by


@pytest.mark.parametrize(
    ("watched", "is_replaced"),
    [
        (A, True),
        (f"{A}.input", True),
        (f"{A}.input.x", True),
        (f'{A}.input["x"]', True),
        (f"{A}.output", True),
        (f"{A}.output.y", True),
        (f"{A}.input.y", False),
        (f"{A}.input.y[0]", False),
        (f"{A}.triggers_replace", False),
        (f"{A}.id", False),
    ],
)
def test_a_part_may_be_watched(run, watched, is_replaced):
    user = data("b", f"lifecycle {{\n  replace_triggered_by = [{watched}]\n}}")
    run.apply(data("a", "input = { x = 1, y = [1] }") + user)
    changed, _ = run.plan(data("a", "input = { x = 2, y = [1] }") + user)
    assert changed == {A: "update", **({B: "replace"} if is_replaced else {})}


# secrets

HIDING = 'variable "v" {\n  default = "s3same"\n  sensitive = true\n}\n'
MIXED = HIDING + data("a", "input = { hidden = var.v, shown = 1 }")


def test_what_is_sensitive_in_input_is_so_in_output(run):
    run.apply(MIXED)
    assert run.refused(MIXED + out(f"{A}.output.hidden")) == ["sensitive-output"]
    assert run.refused(MIXED + out(f"{A}.output")) == ["sensitive-output"]
    run.apply(MIXED + out(f"{A}.output.shown"))
    assert run.outputs == {"o": 1}


def test_what_is_not_sensitive_may_be_used_before_it_is_made(run):
    run.apply(MIXED + out(f"{A}.output.shown"))
    assert run.outputs == {"o": 1}


def test_marks_stand_where_they_belong(run):
    run.write(MIXED)
    assert change(run)["after_sensitive"] == {"input": {"hidden": True}, "output": True}
    run.apply()
    assert change(run)["before_sensitive"] == {
        "input": {"hidden": True},
        "output": {"hidden": True},
    }


def test_nothing_sensitive_is_stored_or_shown_in_the_clear(run):
    run.apply(MIXED)
    run.apply(MIXED.replace("s3same", "s3cond").replace("shown = 1", "shown = 2"))
    for path in (run.root / ".reconciler").iterdir():
        assert b"s3same" not in path.read_bytes()
        assert b"s3cond" not in path.read_bytes()
    run.write(MIXED.replace("s3same", "th1rd"))
    shown = plan_text.text(made(run), types(), PLAIN)
    assert "hidden = (sensitive value)" in shown
    assert not any(word in shown for word in ("s3same", "s3cond", "th1rd"))


@pytest.mark.parametrize("name", ["input", "triggers_replace"])
def test_only_secrecy_that_changes_is_an_update_without_news(run, name):
    plain = HIDING.replace("sensitive = true", "sensitive = false")
    run.apply(plain + data("a", f"{name} = [var.v]"))
    assert run.plan(HIDING + data("a", f"{name} = [var.v]")) == ({A: "update"}, {})
    assert change(run)["after_unknown"].get("output") is not True
    run.apply()
    assert name in stored(run).sensitive
    assert run.plan() == ({}, {})


def test_a_sensitive_null_stays_sensitive(run):
    null = HIDING.replace('"s3same"', "null") + data("a", "input = var.v")
    assert run.refused(null + out(f"{A}.input")) == ["sensitive-output"]


def test_what_is_ignored_stays_as_secret_as_it_was(run):
    kept = "lifecycle {\n  ignore_changes = [input.x]\n}"
    run.apply(HIDING + data("a", "input = { x = var.v, y = 1 }", kept))
    run.apply(HIDING + data("a", 'input = { x = "plain", y = 2 }', kept))
    assert stored(run).values["input"].sensitive == (("x",),)
    for path in (run.root / ".reconciler").iterdir():
        assert b"s3same" not in path.read_bytes()
