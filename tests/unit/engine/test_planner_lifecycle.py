"""The lifecycle block, and conditions."""

import pytest
from planning_bench import World, applied, connector

from reconciler.lang.shape import STRING
from reconciler.lang.value import mark, unknown
from reconciler.model.plan import Mode
from reconciler.model.platform import Platform

A, B = "send_connector.a", "send_connector.b"
PROTECTED = "!prevent_destroy = true"
FIRST = "!create_before_destroy = true"


def two(first=(), second=(), names=("A", "B")):
    """`a` uses `b`."""
    used = connector("b", names[1], *second, spaces='["b.example"]')
    return connector("a", names[0], "comment = send_connector.b.guid", *first) + used


@pytest.mark.parametrize("ignored", ["all", "[port]"])
def test_an_ignored_argument_is_left_as_it_is(ignored):
    world = applied(connector("a", "A", "port = 1"))
    planned = world.plan(connector("a", "A", "port = 2", f"!ignore_changes = {ignored}"))
    assert (planned.actions, planned.changes[A].after["port"]) == ({}, 1)


def test_a_change_by_hand_of_an_ignored_argument_stays():
    text = connector("a", "A", "!ignore_changes = [port]")
    world = applied(text)
    world.edit(A, port=2525)
    assert world.plan(text).actions == {}


def test_ignoring_one_argument_ignores_no_other():
    world = applied(connector("a", "A", "port = 1"))
    text = connector("a", "A", "port = 2", 'comment = "x"', "!ignore_changes = [port]")
    assert world.plan(text).sent(A) == {"comment": "x"}


def test_an_ignored_argument_counts_when_the_object_is_made():
    text = connector("a", "A", "port = 2", "!ignore_changes = all")
    assert World().plan(text).sent(A)["port"] == 2


HIDDEN = 'comment = sensitive("old")'


@pytest.mark.parametrize("now", ['comment = "new"', "port = 26"])
def test_what_was_sensitive_and_is_ignored_stays_sealed(now):
    world = applied(connector("a", "A", HIDDEN))
    text = connector("a", "A", now, "!ignore_changes = [comment, port]")
    text += 'output "o" { value = send_connector.a.comment }\n'
    planned = world.plan(text)
    assert planned.codes == ["sensitive-output"]
    assert "comment" in planned.changes[A].after_sensitive


def test_what_is_ignored_and_changes_by_something_else_is_recorded_as_sealed():
    world = applied(connector("a", "A", HIDDEN))
    world.apply(connector("a", "A", "port = 26", "!ignore_changes = [comment]"))
    assert world.row(A).sensitive == {"comment"}


@pytest.mark.parametrize(
    "now", ["", 'comment = "new"', 'comment = "old"\n!ignore_changes = [comment]']
)
def test_what_is_no_longer_ignored_or_written_out_is_open_again(now):
    world = applied(connector("a", "A", HIDDEN))
    world.apply(connector("a", "A", *now.splitlines()))
    assert world.row(A).sensitive == frozenset()


def test_what_a_server_chose_for_good_stays_sealed_when_its_line_goes():
    world = applied(connector("a", "A", 'source_transport_servers = sensitive(["MBX1"])'))
    assert "source_transport_servers" in world.plan(connector()).changes[A].after_sensitive


def test_a_changed_usage_that_is_ignored_is_no_warning():
    text = connector("a", "A", 'usage = "Partner"', "!ignore_changes = [usage]")
    assert applied(connector()).plan(text).codes == []


def test_a_protected_object_is_not_deleted_without_its_block():
    planned = applied(connector("a", "A", PROTECTED)).plan("")
    (problem,) = planned.problems.errors
    assert (problem.code, problem.address) == ("protected", A)


def test_a_protected_object_is_not_destroyed():
    text = connector("a", "A", PROTECTED)
    assert applied(text).plan(text, Mode.DESTROY).codes == ["protected"]


def test_protection_counts_before_it_was_applied():
    text = connector("a", "A", PROTECTED)
    assert applied(connector()).plan(text, Mode.DESTROY).codes == ["protected"]


def test_protection_that_is_lifted_in_words_is_lifted():
    world = applied(connector("a", "A", PROTECTED))
    lifted = connector("a", "A", "!prevent_destroy = false")
    assert world.plan(lifted, Mode.DESTROY).codes == []


def test_protection_whose_line_is_gone_holds_until_that_is_applied():
    world = applied(connector("a", "A", PROTECTED))
    assert world.plan(connector(), Mode.DESTROY).codes == ["protected"]
    world.apply(connector())
    assert world.plan(connector(), Mode.DESTROY).codes == []


def test_protection_may_be_said_for_each_instance():
    each = 'for_each = toset(["x", "y"])'
    lines = ("a", "A${each.key}", each, '!prevent_destroy = each.key == "x"')
    planned = applied(connector(*lines)).plan(connector(*lines), Mode.DESTROY)
    assert [found.address for found in planned.problems] == [f'{A}["x"]']


def test_protection_that_cannot_be_told_is_as_remembered():
    each = "for_each = { x = true, y = false }"
    lines = ("a", "A${each.key}", each, "!prevent_destroy = each.value")
    planned = applied(connector(*lines)).plan(connector(*lines), Mode.DESTROY)
    assert [found.address for found in planned.problems] == [f'{A}["x"]']


def test_protection_whose_expression_fails_is_as_remembered():
    world = applied(connector("a", "A", PROTECTED))
    text = connector("a", "A", "!prevent_destroy = tobool(local.x)") + 'locals { x = "?" }\n'
    assert world.plan(text, Mode.DESTROY).codes == ["protected"]


def test_a_protected_object_is_not_replaced():
    text = connector("a", "A", PROTECTED)
    assert applied(text).plan(text, replacements=[A]).codes == ["protected"]


def test_a_protected_object_may_be_updated():
    world = applied(connector("a", "A", PROTECTED))
    assert world.plan(connector("a", "A", "port = 1", PROTECTED)).codes == []


def test_a_protected_object_that_is_gone_may_be_forgotten():
    world = applied(connector("a", "A", PROTECTED))
    world.remove(A)
    assert world.plan("").codes == []


def test_an_instance_that_goes_is_protected_by_its_block():
    text = 'resource "send_connector" "a" {{\n count = {}\n name = "A${{count.index}}"\n'
    text += ' address_spaces = ["a.example"]\n lifecycle {{ prevent_destroy = true }}\n}}\n'
    planned = applied(text.format(2)).plan(text.format(1))
    assert [found.address for found in planned.problems] == [f"{A}[1]"]


def test_create_before_destroy_makes_the_new_object_first():
    world = applied(connector("a", "A", FIRST))
    planned = world.plan(connector("a", "A2", FIRST), replacements=[A])
    assert planned.actions == {A: "create-first"}
    assert [order.split()[0] for order in planned.order] == ["create", "delete"]


def test_the_new_object_of_the_same_name_cannot_be_made_first():
    text = connector("a", "A", FIRST)
    planned = applied(text).plan(text.replace('"A"', '"a"'), replacements=[A])
    assert planned.actions == {A: "replace"}
    (warned,) = planned.problems
    assert (warned.code, warned.span.line) == ("same-name", 1)
    assert warned.context == 'resource "send_connector" "a"'


def test_create_before_destroy_spreads_to_what_is_used():
    world = applied(two([FIRST]))
    planned = world.plan(two([FIRST], names=("A2", "B2")), replacements=[A, B])
    assert planned.actions == {A: "create-first", B: "create-first"}
    assert planned.order == [
        "create b",
        "create a",
        "delete a (deposed 00000000)",
        "delete b (deposed 00000000)",
    ]


def test_create_before_destroy_does_not_spread_to_users():
    world = applied(two([], [FIRST]))
    planned = world.plan(two([], [FIRST], names=("A2", "B2")), replacements=[A, B])
    assert planned.actions == {A: "replace", B: "create-first"}
    assert planned.order == ["delete a", "create b", "create a", "delete b (deposed 00000000)"]


def test_what_must_be_deleted_first_makes_its_users_do_so_too():
    world = applied(two([FIRST]))
    planned = world.plan(two([FIRST], names=("A2", "B")), replacements=[A, B])
    assert planned.actions == {A: "replace", B: "replace"}
    assert planned.codes == ["same-name"]
    assert planned.order == ["delete a", "delete b", "create b", "create a"]


def triggers(trigger, port, repeat=""):
    key = "${count.index}" if repeat else ""
    watched = connector("b", f"B{key}", repeat, f"port = {port}")
    return watched + connector("a", "A", f"!replace_triggered_by = [{trigger}]")


@pytest.mark.parametrize("trigger", [B, f"{B}.port", f'{B}["port"]', f"({B})", f"try({B}, 1)"])
def test_what_is_watched_triggers_a_replacement(trigger):
    planned = applied(triggers(trigger, 1)).plan(triggers(trigger, 2))
    assert planned.actions == {A: "replace", B: "update"}
    assert planned.reasons == {A: "replace-by-triggers"}


@pytest.mark.parametrize("trigger", [f"{B}.comment", f"{B}.guid"])
def test_what_is_not_watched_triggers_nothing(trigger):
    assert applied(triggers(trigger, 1)).plan(triggers(trigger, 2)).actions == {B: "update"}


@pytest.mark.parametrize(
    ("trigger", "replaced"),
    [
        (B, True),
        (f"{B}[1]", True),
        (f"{B}[1].port", True),
        (f"{B}[1].comment", False),
        (f"{B}[0].port", False),
        (f"{B}[*].port", True),
        (f"{B}[*].comment", False),
    ],
)
def test_a_trigger_may_watch_one_instance(trigger, replaced):
    world = applied(triggers(trigger, "count.index + 1", "count = 2"))
    planned = world.plan(triggers(trigger, "count.index * 2 + 1", "count = 2"))
    assert planned.actions == {f"{B}[1]": "update"} | ({A: "replace"} if replaced else {})


def test_a_trigger_watches_the_instance_of_its_own_key():
    text = """
    resource "send_connector" "b" {{
      for_each       = {{ x = {}, y = 2 }}
      name           = "B${{each.key}}"
      address_spaces = ["b.example"]
      port           = each.value
    }}
    resource "send_connector" "a" {{
      for_each       = toset(["x", "y"])
      name           = "A${{each.key}}"
      address_spaces = ["a.example"]
      lifecycle {{
        replace_triggered_by = [send_connector.b[each.key].port]
      }}
    }}
    """
    planned = applied(text.format(1)).plan(text.format(5))
    assert planned.actions == {f'{A}["x"]': "replace", f'{B}["x"]': "update"}


def test_a_replacement_triggers_but_a_creation_does_not():
    text = triggers(B, 1, "count = 1")
    assert applied(text).plan(triggers(B, 1, "count = 2")).actions == {f"{B}[1]": "create"}
    planned = applied(text).plan(text, replacements=[f"{B}[0]"])
    assert planned.actions == {A: "replace", f"{B}[0]": "replace"}


@pytest.mark.parametrize("trigger", ["var.v", "1", '"send_connector.b"'])
def test_a_trigger_that_is_no_resource_is_an_error(trigger):
    text = 'variable "v" {}\n' + connector("a", "A", f"!replace_triggered_by = [{trigger}]")
    planned = World(variables={"v": "x"}).plan(text)
    (problem,) = planned.problems.errors
    assert (problem.code, problem.address) == ("invalid-trigger", A)
    assert problem.span is not None


@pytest.mark.parametrize("value", ['"yes"', "1", "null", "[]"])
@pytest.mark.parametrize("name", ["prevent_destroy", "create_before_destroy", "enabled"])
def test_a_switch_must_be_true_or_false(name, value):
    planned = World().plan(connector("a", "A", f"!{name} = {value}"))
    assert planned.codes == [f"invalid-{name.replace('_', '-')}"]


def test_a_switch_may_be_written_as_text():
    text = connector("a", "A", '!prevent_destroy = "true"')
    assert World().plan(text).draft.desired[World().plan(text).steps[0].address].protected


@pytest.mark.parametrize("name", ["prevent_destroy", "create_before_destroy", "enabled"])
def test_a_switch_must_be_known(name):
    text = connector("b", "B", f"!{name} = {A}.guid == null", spaces='["b.example"]')
    planned = World().plan(connector() + text)
    assert planned.codes == [f"unknown-{name.replace('_', '-')}"]


def test_a_switch_that_cannot_be_computed_is_one_error():
    text = connector("a", "A", "!prevent_destroy = tobool(local.x)") + 'locals { x = "?" }\n'
    planned = World().plan(text)
    assert len(planned.problems.errors) == 1


def condition(kind, expr, message='"It is ${var.v}."'):
    lines = f"!{kind} {{\ncondition = {expr}\nerror_message = {message}\n}}"
    return 'variable "v" {}\n' + connector("a", "A", lines)


@pytest.mark.parametrize("kind", ["precondition", "postcondition"])
def test_a_condition_that_holds_is_told(kind):
    planned = World(variables={"v": 1}).plan(condition(kind, "var.v == 1"))
    assert (planned.checks, planned.codes) == ([(A, kind, "pass")], [])


@pytest.mark.parametrize("kind", ["precondition", "postcondition"])
def test_a_condition_that_does_not_hold_is_an_error_in_its_own_words(kind):
    planned = World(variables={"v": 1}).plan(condition(kind, "var.v == 2"))
    (problem,) = planned.problems.errors
    assert (problem.code, problem.detail) == (f"{kind}-failed", "It is 1.")
    assert planned.checks == [(A, kind, "fail")]


def test_a_postcondition_sees_the_object_as_it_will_be():
    world = World(variables={"v": 1})
    assert world.plan(condition("postcondition", "self.port == 25")).codes == []
    assert world.plan(condition("postcondition", "self.port == 26")).codes == [
        "postcondition-failed"
    ]


@pytest.mark.parametrize(
    ("kind", "expr"),
    [("precondition", "var.v == null"), ("postcondition", "self.guid == var.v")],
)
def test_a_condition_on_what_is_not_known_yet_waits(kind, expr):
    planned = World(variables={"v": unknown(STRING)}).plan(condition(kind, expr))
    assert (planned.checks, planned.codes) == ([(A, kind, "unknown")], [])


def test_a_condition_may_come_out_as_text():
    planned = World(variables={"v": "true"}).plan(condition("precondition", "var.v"))
    assert (planned.checks, planned.codes) == ([(A, "precondition", "pass")], [])


@pytest.mark.parametrize("expr", ["var.v", "[var.v]", "var.v == 1 ? null : true"])
def test_a_condition_must_be_true_or_false(expr):
    planned = World(variables={"v": 1}).plan(condition("precondition", expr))
    assert planned.codes == ["condition-not-bool"]
    assert planned.checks == [(A, "precondition", "error")]


def test_a_condition_that_cannot_be_computed_is_one_error():
    planned = World(variables={"v": 1}).plan(condition("precondition", "var.v.x == 1"))
    assert planned.checks == [(A, "precondition", "error")]
    assert len(planned.problems.errors) == 1


def test_a_sensitive_message_is_not_shown():
    world = World(variables={"v": mark("hush", "sensitive")})
    (problem,) = world.plan(condition("precondition", "1 > 2 && var.v != null")).problems.errors
    assert "hush" not in problem.detail


def test_a_message_that_is_not_known_yet_says_so():
    world = World(variables={"v": unknown(STRING)})
    (problem,) = world.plan(condition("precondition", "1 > 2 && var.v != null")).problems.errors
    assert "not known" in problem.detail


def test_an_instance_has_conditions_of_its_own():
    lines = '!precondition {\ncondition = count.index < 1\nerror_message = "no"\n}'
    planned = World().plan(connector("a", "A${count.index}", "count = 2", lines))
    assert [(c[0], c[2]) for c in planned.checks] == [(f"{A}[0]", "pass"), (f"{A}[1]", "fail")]


def test_conditions_do_not_stand_in_the_way_of_a_destruction():
    world = applied(condition("precondition", "var.v == 1"), variables={"v": 1})
    world.variables = {"v": 2}
    planned = world.plan(condition("precondition", "var.v == 1"), Mode.DESTROY)
    assert (planned.actions, planned.codes) == ({A: "delete"}, [])


def test_what_the_platform_does_not_have_is_an_error():
    text = connector("a", "A", "is_coexistence_connector = true")
    assert World().plan(text).codes == ["not-on-this-version"]
    assert World(platforms={"": Platform("2010")}).plan(text).codes == []
    edge = connector("a", "A", 'source_transport_servers = ["MBX1"]')
    assert World(platforms={"": Platform("2019", "edge")}).plan(edge).codes == ["not-on-this-role"]
