"""Outputs: their values, how they change, what must hold of them, and what is kept of them."""

import pytest
from planning_bench import World, applied, connector

from reconciler.engine.outputs import final
from reconciler.lang.value import mark
from reconciler.model.state import Output

A = "send_connector.a"
HIDDEN = 'variable "s" { sensitive = true }\n'


def out(value, *lines):
    return "\n".join(['output "o" {', f"value = {value}", *lines, "}", ""])


def planned(text, **variables):
    return World(variables=variables).plan(text)


@pytest.mark.parametrize(
    ("value", "kept", "kind"),
    [
        ('"x"', "x", "string"),
        ("25", 25, "number"),
        ("true", True, "bool"),
        ('["x", 1]', ["x", 1], ["tuple", ["string", "number"]]),
        ("tolist([1])", [1], ["list", "number"]),
        ('{ a = "x" }', {"a": "x"}, ["object", {"a": "string"}]),
        ("[]", [], ["tuple", []]),
    ],
)
def test_an_output_is_kept_with_its_type(value, kept, kind):
    (change,) = planned(out(value)).draft.outputs
    assert (change.after, change.known) == (Output(kept, kind), True)


def test_an_output_of_null_is_no_output():
    assert planned(out("null")).outputs == {}
    assert dict(applied(out("1"), out("null")).state.outputs) == {}


def test_an_output_that_becomes_null_changes():
    assert applied(out("1")).plan(out("null")).outputs == {"o": "update"}


def test_an_output_that_stays_does_not_change():
    assert applied(out("1")).plan(out("1")).outputs == {}


def test_another_type_of_the_same_value_is_a_change():
    assert applied(out('["x"]')).plan(out('tolist(["x"])')).outputs == {"o": "update"}


def test_an_output_without_a_block_is_deleted():
    world = applied(out("1"))
    assert world.plan("").outputs == {"o": "delete"}
    world.apply("")
    assert dict(world.state.outputs) == {}


def test_an_output_of_what_is_not_made_yet_is_not_known():
    (change,) = planned(connector() + out(f"{A}.guid")).draft.outputs
    assert (change.action, change.after, change.known) == ("create", None, False)


def test_an_output_is_known_once_its_object_is_made():
    world = applied(connector() + out(f"{A}.guid"))
    assert world.state.outputs["o"].value == world.handle(A)


def test_an_output_of_a_whole_object_has_all_its_attributes():
    world = applied(connector() + out(A))
    assert world.state.outputs["o"].value["address_spaces"] == ["SMTP:a.example;1"]
    assert world.plan(connector() + out(A)).outputs == {}


def test_a_sensitive_value_is_not_put_out_unless_that_is_said():
    text = HIDDEN + out("var.s")
    found = planned(text, s=mark("hush", "sensitive"))
    (problem,) = found.problems.errors
    assert (problem.code, problem.context) == ("sensitive-output", 'output "o"')
    assert "hush" not in problem.detail


def test_a_sensitive_output_is_kept_as_such():
    found = planned(HIDDEN + out("var.s", "sensitive = true"), s=mark("hush", "sensitive"))
    (change,) = found.draft.outputs
    assert (change.after, found.codes) == (Output("hush", "string", sensitive=True), [])


def test_an_output_that_becomes_sensitive_changes():
    assert applied(out("1")).plan(out("1", "sensitive = true")).outputs == {"o": "update"}


def test_a_value_of_this_run_only_is_not_put_out():
    text = 'variable "e" { ephemeral = true }\n' + out("var.e")
    assert planned(text, e=mark("x", "ephemeral")).codes == ["ephemeral-value"]


def test_an_output_that_cannot_be_computed_is_an_error_with_its_place():
    (problem,) = planned(out('tonumber("x")')).problems.errors
    assert (problem.context, problem.span.line) == ('output "o"', 2)


@pytest.mark.parametrize(
    ("condition", "status", "codes"),
    [
        ("var.v == 1", "pass", []),
        ("var.v == 2", "fail", ["output-precondition-failed"]),
        (f"{A}.guid != tostring(var.v)", "unknown", []),
    ],
)
def test_an_output_has_preconditions(condition, status, codes):
    lines = ("precondition {", f"condition = {condition}", 'error_message = "no"', "}")
    found = planned('variable "v" {}\n' + connector() + out("1", *lines), v=1)
    assert found.checks == [("output.o", "output-precondition", status)]
    assert found.codes == codes


def test_what_cannot_be_told_after_a_run_keeps_its_old_value():
    world = applied(connector() + out(f"{A}.guid"))
    before = world.state.outputs
    changed = world.plan(connector() + out(f"{A}.guid"), replacements=[A])
    assert dict(final(changed.draft.resolver, world.state, ["o"])) == dict(before)
