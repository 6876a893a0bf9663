"""Whole sessions whose outcome was read off Terraform 1.11.4 with other resources: what is done at
each step, in which order where that matters, what the outputs are, and what state holds.
"""

import pytest
from app_bench import Run, block, condition, out

from reconciler.app import planning
from reconciler.app.planning import Options
from reconciler.model.plan import Mode

A, B, C = (f"send_connector.{label}" for label in "abc")


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


NOTHING = ({}, {})
CHAIN = (
    block("a", 'comment = "1"')
    + block("b", f"comment = {A}.guid")
    + block("c")
    + out("o", f"{B}.comment")
)


def test_update_in_place(run):
    text = block("a", "port = {}") + out("o", f"{A}.port")
    first, second = (text.replace("{}", port) for port in ("1", "2"))
    assert run.plan(first) == ({A: "create"}, {"o": "create"})
    run.apply()
    assert run.outputs == {"o": 1}
    assert run.plan(second) == ({A: "update"}, {"o": "update"})
    run.apply()
    assert run.outputs == {"o": 2}
    assert run.plan() == NOTHING


def test_count_grows(run):
    run.apply(block("a", repeat="count = 1"))
    assert run.plan(block("a", repeat="count = 2")) == ({f"{A}[1]": "create"}, {})
    run.apply()
    assert run.state == [f"{A}[0]", f"{A}[1]"]
    assert run.plan() == NOTHING


def test_count_shrinks(run):
    run.apply(block("a", "port = count.index", repeat="count = 3"))
    shrunk = block("a", "port = count.index", repeat="count = 1")
    assert run.plan(shrunk) == ({f"{A}[1]": "delete", f"{A}[2]": "delete"}, {})
    run.apply()
    assert run.state == [f"{A}[0]"]
    assert run.plan() == NOTHING


def test_count_of_nothing(run):
    text = block("a", repeat="count = 0") + out("o", f"{A}[*].guid") + out("l", f"length({A})")
    assert run.plan(text) == ({}, {"l": "create", "o": "create"})
    run.apply()
    assert run.outputs == {"l": 0, "o": []}
    assert run.plan() == NOTHING


def test_count_as_text(run):
    assert run.plan(block("a", repeat='count = "2"'))[0] == {
        f"{A}[0]": "create",
        f"{A}[1]": "create",
    }


@pytest.mark.parametrize(
    ("repeat", "code"),
    [
        ("count = true", "invalid-count"),
        ("count = 1.5", "invalid-count"),
        ("count = null", "invalid-count"),
        ('for_each = ["a"]', "invalid-for-each"),
        ('for_each = toset(["a", null])', "invalid-for-each"),
    ],
)
def test_a_repetition_that_is_none(run, repeat, code):
    assert run.refused(block("a", repeat=repeat)) == [code]


def test_splat_on_what_for_each_makes(run):
    text = block("a", repeat="for_each = { x = 1 }") + out("o", f"{A}[*].guid")
    assert run.refused(text) == ["unsupported-attribute"]


def test_each_instance_has_its_own_condition(run):
    held = condition("precondition", "count.index < 1", '"index ${count.index}"')
    assert run.refused(block("a", held, repeat="count = 2")) == ["precondition-failed"]


def test_changes_that_are_ignored(run):
    ignore = "lifecycle { ignore_changes = [port] }"
    text = block("a", "port = 1", ignore)
    run.apply(text)
    assert run.plan(block("a", "port = 2", ignore)) == NOTHING
    both = block("a", "port = 3", 'comment = "x"', ignore) + out("o", f"{A}.port")
    assert run.plan(both) == ({A: "update"}, {"o": "create"})
    run.apply()
    assert run.outputs == {"o": 1}


def test_a_postcondition_that_fails_when_it_is_known(run):
    held = condition("postcondition", 'self.guid == "never"', '"post failed"')
    assert run.plan(block("a", held) + block("b", f"comment = {A}.guid"))[0] == {
        A: "create",
        B: "create",
    }
    tally = run.apply()
    assert (tally.failed, tally.skipped, run.done, run.state) == (1, 1, [], [A])
    assert run.refused() == ["postcondition-failed"]


def test_a_postcondition_that_is_known_before(run):
    held = condition("postcondition", "self.port == 2", '"post failed"')
    assert run.refused(block("a", held)) == ["postcondition-failed"]


def test_a_precondition_that_is_known_only_during_apply(run):
    held = condition("precondition", f'{B}.guid == "never"', '"pre failed"')
    text = block("a", held) + block("b")
    assert run.plan(text)[0] == {A: "create", B: "create"}
    tally = run.apply()
    assert (tally.failed, run.state) == (1, [B])


def test_a_watched_change_replaces(run):
    watch = f"lifecycle {{ replace_triggered_by = [{A}] }}"
    run.apply(block("a", "port = 1") + block("b", watch))
    changed = block("a", "port = 2") + block("b", watch)
    assert run.plan(changed) == ({A: "update", B: "replace"}, {})
    run.apply()
    assert run.done.index((B, "delete")) < run.done.index((B, "create"))
    assert run.done.index((A, "update")) < run.done.index((B, "create"))
    assert run.plan() == NOTHING


def test_destroy(run):
    run.apply(CHAIN)
    assert run.plan(mode=Mode.DESTROY) == (
        {A: "delete", B: "delete", C: "delete"},
        {"o": "delete"},
    )
    run.apply(mode=Mode.DESTROY)
    assert run.done.index((B, "delete")) < run.done.index((A, "delete"))
    assert (run.outputs, run.state) == ({}, [])
    assert run.plan(mode=Mode.DESTROY) == NOTHING
    assert run.plan()[1] == {"o": "create"}


def test_destroy_in_spite_of_a_precondition(run):
    held = condition("precondition", "var.ok", '"no"')
    run.apply(block("a", held) + 'variable "ok" { default = true }\n')
    run.given = (("var", "ok=false"),)
    assert run.plan(mode=Mode.DESTROY)[0] == {A: "delete"}


def test_destroy_checks_variables(run):
    text = """
    variable "v" {
      type    = number
      default = 1
      validation {
        condition     = var.v > 0
        error_message = "must be positive"
      }
    }
    """
    run.apply(text + out("o", "var.v"))
    run.given = (("var", "v=-1"),)
    assert len(run.refused(mode=Mode.DESTROY)) == 1


def test_refresh_only_without_drift(run):
    run.apply(CHAIN)
    before = run.outputs
    assert run.plan(mode=Mode.REFRESH_ONLY) == NOTHING
    run.apply(mode=Mode.REFRESH_ONLY)
    assert (run.outputs, run.state) == (before, [A, B, C])


def test_replace_one_of_several(run):
    run.apply(block("a", repeat="count = 2"))
    assert run.plan(replace=(f"{A}[0]",)) == ({f"{A}[0]": "replace"}, {})


def test_apply_fails_in_part(run):
    held = condition("postcondition", 'self.guid == "never"', '"post"')
    text = block("a", "port = 1") + block("b", f"comment = {A}.guid", held)
    text += block("c", f"comment = {B}.guid") + block("d")
    text += out("o", f"{C}.comment") + out("p", f"{A}.port")
    tally = run.apply(text)
    assert (tally.done, tally.failed, tally.skipped) == (2, 1, 1)
    assert run.state == [A, B, "send_connector.d"]
    assert run.outputs == {"p": 1}
    assert run.refused() == ["postcondition-failed"]


def test_an_output_of_null(run):
    assert run.plan(out("o", "null") + out("t", "tostring(null)")) == NOTHING
    run.apply()
    assert run.outputs == {}


def test_an_output_of_another_type(run):
    run.apply(out("o", '["a"]'))
    assert run.plan(out("o", 'tolist(["a"])')) == ({}, {"o": "update"})


def test_null_is_no_value(run):
    text = block("a", "comment = null") + out("o", f"{A}.comment == null")
    run.apply(text)
    assert run.outputs == {"o": True}
    assert run.plan() == NOTHING


def test_targets(run):
    text = CHAIN + out("k", '"const"')
    assert run.plan(text, targets=(B,)) == ({A: "create", B: "create"}, {"o": "create"})
    run.apply(targets=(B,))
    assert run.state == [A, B]
    assert set(run.outputs) == {"o"}
    assert run.plan(mode=Mode.DESTROY, targets=(A,)) == ({A: "delete", B: "delete"}, {})
    run.apply(mode=Mode.DESTROY, targets=(B,))
    assert (run.state, set(run.outputs)) == ([A], {"o"})


def test_the_new_object_comes_first_where_that_spreads(run):
    first = "lifecycle { create_before_destroy = true }"
    run.apply(block("a", f"comment = {B}.guid", first, name="A1") + block("b", name="B1"))
    text = block("a", f"comment = {B}.guid", first, name="A2") + block("b", name="B2")
    assert run.plan(text, replace=(A, B))[0] == {A: "create-first", B: "create-first"}
    run.apply(replace=(A, B))
    assert run.done == [(B, "create"), (A, "create"), (A, "delete"), (B, "delete")]
    assert run.plan() == NOTHING


def moved(origin, to):
    return f"moved {{\nfrom = {origin}\nto = {to}\n}}\n"


def origins(run):
    """Which object of the plan was where before."""
    made = planning.make(run.project, Options(), lambda _event: None)
    return {str(c.address): str(c.moved_from) for c in made.changes if c.moved_from}


def test_a_move(run):
    run.apply(block("a"))
    run.write(block("b", name="a").replace("b.example", "a.example") + moved(A, B))
    assert origins(run) == {B: A}
    assert run.plan() == NOTHING
    run.apply()
    assert (run.state, run.done) == ([B], [])
    assert (origins(run), run.plan()) == ({}, NOTHING)


def test_a_move_with_a_change(run):
    run.apply(block("a"))
    text = block("b", "port = 2", name="a") + moved(A, B)
    assert run.plan(text) == ({B: "update"}, {})
    run.apply()
    assert (run.state, run.done) == ([B], [(B, "update")])
    assert run.plan() == NOTHING


def test_a_move_to_an_instance(run):
    run.apply(block("a", name="ak"))
    run.write(block("a", name="a", repeat="for_each = { k = 1 }") + moved(A, f'{A}["k"]'))
    assert origins(run) == {f'{A}["k"]': A}
    run.apply()
    assert (run.state, run.plan()) == ([f'{A}["k"]'], NOTHING)


def test_a_move_to_what_is_not_declared(run):
    run.apply(block("a"))
    assert run.plan(moved(A, B)) == ({B: "delete"}, {})
    assert origins(run) == {B: A}


def test_a_move_to_what_exists(run):
    run.apply(block("a") + block("b"))
    assert run.plan(block("b") + moved(A, B)) == ({A: "delete"}, {})


def test_a_move_from_what_is_declared(run):
    assert run.refused(block("a") + block("b") + moved(A, B)) == ["moved-still-declared"]


def test_count_that_goes_away(run):
    run.apply(block("a", name="a", repeat="count = 2"))
    assert run.plan(block("a", name="a0")) == ({f"{A}[1]": "delete"}, {})
    assert origins(run) == {A: f"{A}[0]"}
    run.apply()
    assert (run.state, run.plan()) == ([A], NOTHING)


@pytest.mark.parametrize(("destroy", "action"), [("true", "delete"), ("false", "forget")])
def test_a_removed_block(run, destroy, action):
    run.apply(block("a"))
    text = f"removed {{\nfrom = {A}\nlifecycle {{\ndestroy = {destroy}\n}}\n}}\n"
    assert run.plan(text) == ({A: action}, {})
    run.apply()
    assert (run.state, run.plan()) == ([], NOTHING)


def test_an_import_of_several(run):
    keys = 'for_each = { k = "ak", l = "al" }'
    run.apply(block("a", repeat=keys))
    run.apply(f"removed {{\nfrom = {A}\nlifecycle {{\ndestroy = false\n}}\n}}\n")
    imported = f"import {{\n{keys}\nto = {B}[each.key]\nid = each.value\n}}\n"
    run.apply(block("b", name="a", repeat=keys).replace("b.example", "a.example") + imported)
    assert (run.state, run.done) == ([f'{B}["k"]', f'{B}["l"]'], [])
    assert run.plan() == NOTHING


def test_a_saved_plan_of_moves(run):
    run.apply(block("a", repeat="count = 2") + block("c", f"comment = {A}[0].guid"))
    kept = block("c", f"comment = {B}[0].guid")
    run.write(block("b", "port = 2", name="a", repeat="count = 2") + kept + moved(A, B))
    run.save()
    run.apply_saved()
    assert (run.state, run.plan()) == ([f"{B}[0]", f"{B}[1]", C], NOTHING)
