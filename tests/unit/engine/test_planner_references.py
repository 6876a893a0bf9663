"""What expressions see of other objects, in which order things happen, and marks on values."""

import pytest
from planning_bench import World, applied, connector

from reconciler.lang.value import mark
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN

A, B, C = (f"send_connector.{label}" for label in "abc")


def two(a, *b, name="B"):
    """`a` with one more line, and `b`."""
    return connector("a", "A", a) + connector("b", name, *b, spaces='["b.example"]')


def test_a_value_that_is_known_is_used_at_once():
    planned = World().plan(two(f"port = {B}.port", "port = 2525"))
    assert planned.sent(A)["port"] == 2525


def test_a_value_that_is_not_known_is_deferred():
    planned = World().plan(two(f"comment = {B}.guid"))
    (step,) = [s for s in planned.steps if str(s.address) == A]
    assert (step.deferred, "comment" in step.values) == (("comment",), False)
    assert planned.changes[A].after["comment"] is UNKNOWN
    assert planned.order == ["create b", "create a"]


def test_a_text_with_something_unknown_in_it_is_unknown():
    planned = World().plan(two(f'comment = "see ${{{B}.guid}}"'))
    assert planned.changes[A].after["comment"] is UNKNOWN


def test_a_user_sees_the_value_that_the_used_one_will_have():
    world = applied(two(f"comment = {B}.name"))
    planned = world.plan(two(f"comment = {B}.name", name="B2"))
    assert planned.sent(A) == {"comment": "B2"}
    assert planned.order == ["update b", "update a"]


def test_what_is_not_known_may_change_a_user():
    world = applied(two(f"comment = {B}.guid"))
    planned = world.plan(two(f"comment = {B}.guid"), replacements=[B])
    assert planned.actions == {A: "update", B: "replace"}
    assert planned.changes[A].after["comment"] is UNKNOWN


def test_an_update_defers_what_is_not_known():
    world = applied(two(f"comment = {B}.guid"))
    planned = world.plan(two(f"comment = {B}.guid"), replacements=[B])
    (step,) = [s for s in planned.steps if str(s.address) == A]
    assert (step.deferred, dict(step.values)) == (("comment",), {})


def test_a_name_that_is_not_known_is_named_later():
    text = connector("a", f"${{{B}.guid}}") + connector("b", "B", spaces='["b.example"]')
    planned = World().plan(text)
    (step,) = [s for s in planned.steps if str(s.address) == A]
    assert (step.identity, step.deferred, planned.codes) == ("", ("name",), [])


def test_rules_wait_for_values_that_are_not_known():
    planned = World().plan(two(f'dns_routing_enabled = {B}.guid == "x"'))
    assert planned.codes == []


def test_a_dependency_without_a_value_is_an_order_too():
    planned = World().plan(two(f"depends_on = [{B}]"))
    assert planned.order == ["create b", "create a"]


def test_a_reference_through_a_local_is_a_dependency():
    text = two("comment = local.x") + f"locals {{\n x = local.y\n y = {B}.guid\n}}\n"
    assert World().plan(text).order == ["create b", "create a"]


def test_a_local_follows_what_it_refers_to():
    text = two("port = local.x", "port = 2525") + f"locals {{ x = {B}.port }}\n"
    assert World().plan(text).sent(A)["port"] == 2525


@pytest.mark.parametrize(
    ("repeat", "expr", "value"),
    [
        ("count = 2", f"length({B})", "2"),
        ("count = 2", f"{B}[1].name", "B1"),
        ("count = 2", f'join(",", {B}[*].name)', "B0,B1"),
        ("count = 0", f"length({B})", "0"),
        ('for_each = toset(["x"])', f'{B}["x"].name', "Bx"),
        ('for_each = toset(["x", "y"])', f'join(",", keys({B}))', "x,y"),
        ('for_each = toset(["x"])', f'join(",", [for k, v in {B} : v.name])', "Bx"),
        ("!enabled = false", f"{B} == null", "true"),
        ("", f"{B}.usage", "Custom"),
        ("", f'join(",", {B}.address_spaces)', "SMTP:b.example;1"),
        ("", f"{B}.authentication_credential == null", "true"),
    ],
)
def test_an_expression_sees_other_objects(repeat, expr, value):
    key = "each.key" if "each" in repeat else "count.index" if "count" in repeat else '""'
    planned = World().plan(two(f"comment = {expr}", repeat, name=f"B${{{key}}}"))
    assert planned.codes == []
    assert planned.changes[A].after["comment"] == value


def test_instances_may_be_repeated_over_other_instances():
    text = connector("b", "B${each.key}", "for_each = { x = 1, y = 2 }", spaces='["b.example"]')
    text += connector("a", "A${each.key}", f"for_each = {B}", "comment = each.value.name")
    planned = World().plan(text)
    assert planned.changes[f'{A}["y"]'].after["comment"] == "By"


def test_a_ring_of_references_names_each_edge_with_its_place():
    text = two(f"comment = {B}.guid", f"comment = {A}.guid")
    with pytest.raises(ReconcilerError) as caught:
        World().plan(text)
    (problem,) = caught.value.diagnostics
    assert problem.code == "cycle"
    assert all(f"main.hcl line {line}" in problem.detail for line in (4, 9))


def test_an_object_that_refers_to_itself_is_an_error():
    with pytest.raises(ReconcilerError) as caught:
        World().plan(connector("a", "A", f"comment = {A}.guid"))
    assert [found.code for found in caught.value.diagnostics] == ["self-reference"]


def test_what_a_mistake_leaves_open_makes_no_second_mistake():
    text = two(f"comment = {B}.guid", "port = 70000")
    planned = World().plan(text)
    assert len(planned.problems.errors) == 1


def test_every_mistake_is_found_at_once():
    text = connector("a", "A", "port = 70000", 'tls_auth_level = "x"')
    text += connector("b", "", spaces='["b.example"]') + connector("c", "C", "port = nope()")
    planned = World().plan(text)
    assert {str(found.address) for found in planned.problems.errors} == {A, B, C}
    assert len(planned.problems.errors) == 4
    assert all(found.span for found in planned.problems.errors)


def test_a_mistake_in_one_block_unmakes_nothing():
    world = applied(two("port = 1"))
    planned = world.plan(two("port = 70000"))
    assert planned.actions == {}
    assert "delete" not in str(world.plan(connector("a", "A", "count = -1")).actions.get(A))


def test_a_value_made_of_a_sensitive_one_is_sensitive():
    text = 'variable "s" { sensitive = true }\n' + two('comment = "x${var.s}"')
    world = World(variables={"s": mark("hush", "sensitive")})
    planned = world.plan(text)
    assert planned.changes[A].after_sensitive == {"comment"}
    world.apply(text)
    assert world.row(A).sensitive == {"comment"}


def test_sensitivity_goes_on_through_other_objects():
    text = 'variable "s" { sensitive = true }\n' + two(f"comment = {B}.comment", "comment = var.s")
    planned = World(variables={"s": mark("hush", "sensitive")}).plan(text)
    assert planned.changes[A].after_sensitive == {"comment"}


def test_a_value_that_becomes_sensitive_is_recorded_as_such():
    text = 'variable "s" {}\n' + two("comment = var.s")
    world = applied(text, variables={"s": "x"})
    world.variables = {"s": mark("x", "sensitive")}
    planned = world.plan(text)
    assert (planned.actions, planned.order) == ({}, ["record a"])


def test_an_ephemeral_value_may_not_be_kept():
    text = 'variable "s" { ephemeral = true }\n' + connector("a", "A", "comment = var.s")
    planned = World(variables={"s": mark("x", "ephemeral")}).plan(text)
    assert planned.codes == ["ephemeral-value"]


def test_an_ephemeral_value_may_be_a_password():
    text = 'variable "p" { ephemeral = true }\n' + connector(
        "a",
        "A",
        "dns_routing_enabled = false",
        'smart_hosts = ["mx.example"]',
        'smart_host_auth_mechanism = "BasicAuth"',
        'authentication_credential = { username = "u", password = var.p }',
    )
    assert World(variables={"p": mark("x", "ephemeral")}).plan(text).codes == []


EAST = 'backend "simulated" {}\nbackend "simulated" { alias = "east" }\n'
PLATFORMS = {"": Platform("2019"), "east": Platform("2010")}


def test_each_backend_has_its_own_names():
    text = EAST + connector("a", "Same", "backend = simulated.east") + connector("b", "same")
    planned = World(platforms=PLATFORMS).plan(text)
    assert planned.codes == []
    assert {step.backend for step in planned.steps} == {"", "east"}


def test_each_backend_has_its_own_platform():
    old = "is_coexistence_connector = true"
    text = EAST + connector("a", "A", "backend = simulated.east", old)
    assert World(platforms=PLATFORMS).plan(text).codes == []
    text = EAST + connector("a", "A", "backend = simulated", old)
    assert World(platforms=PLATFORMS).plan(text).codes == ["not-on-this-version"]


def test_an_object_that_moves_to_another_backend_is_made_there_and_deleted_here():
    world = applied(EAST + connector(), platforms={"": Platform(), "east": Platform()})
    planned = world.plan(EAST + connector("a", "A", "backend = simulated.east"))
    assert planned.actions == {A: "replace"}
    assert [(s.verb, s.backend) for s in planned.steps] == [("delete", ""), ("create", "east")]


def test_an_object_that_moves_to_another_backend_may_be_made_there_first():
    world = applied(EAST + connector(), platforms={"": Platform(), "east": Platform()})
    first = "!create_before_destroy = true"
    planned = world.plan(EAST + connector("a", "A", "backend = simulated.east", first))
    assert (planned.actions, planned.codes) == ({A: "create-first"}, [])


def test_a_backend_that_nobody_named_is_an_error():
    world = World(platforms={"east": Platform()})
    text = 'backend "simulated" { alias = "east" }\n' + connector("a", "A", "backend = simulated")
    with pytest.raises(ReconcilerError) as caught:
        world.plan(text)
    assert [found.code for found in caught.value.diagnostics] == ["no-such-backend"]
