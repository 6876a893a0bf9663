from planning_bench import World, applied

from reconciler.engine.relevant import relevant


def found(text, world=None):
    planned = (world or World()).plan(text)
    configuration = planned.draft.resolver.configuration
    every = relevant(configuration, planned.draft.changes, planned.draft.outputs)
    return [(one.resource, one.path) for one in every]


def block(name, *lines):
    own = [f'name = "{name}"', f'address_spaces = ["{name}.example"]', *lines]
    return f'resource "send_connector" "{name}" {{\n' + "\n".join(own) + "\n}\n"


A, B, C = (f"send_connector.{name}" for name in "abc")


def test_what_an_argument_was_computed_from_is_relevant_through_locals():
    text = block("a") + block("b", "comment = local.l") + f"locals {{ l = {A}.guid }}\n"
    assert found(text) == [(A, ("guid",))]


def test_an_argument_leads_on_to_what_it_was_computed_from():
    text = block("a") + block("b", f"comment = {A}.guid") + f'output "o" {{ value = {B}.comment }}'
    assert found(text) == [(A, ("guid",)), (B, ("comment",))]


def test_a_whole_object_leads_on_to_all_of_it():
    text = block("a") + block("b", f"comment = {A}.guid")
    text += f'output "o" {{\nsensitive = true\nvalue = {B}\n}}\n'
    assert found(text) == [(A, ("guid",)), (B, ())]


def test_instances_are_named_by_their_keys():
    text = block("a", "count = 2").replace('name = "a"', 'name = "a${count.index}"')
    text += block("b", f"comment = {A}[1].guid", f'fqdn = {A}[*].guid == [] ? "x.y" : null')
    assert found(text) == [(A, ()), (f"{A}[1]", ("guid",))]


def test_conditions_and_order_are_not_relevant():
    text = block("a") + block("b", f"depends_on = [{A}]")
    assert found(text) == []


def test_what_stays_as_it_is_needs_nothing():
    text = block("a") + block("b", f"comment = {A}.name")
    assert found(text, applied(text)) == []
