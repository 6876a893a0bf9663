import pytest
from planning_bench import World, connector

from reconciler.engine.adoption import mistakes, pending
from reconciler.lang.value import mark
from reconciler.model.plan import Action, Verb

BLOCK = 'import {{\n  to = {}\n  id = "{}"\n}}\n'


def world(**values):
    found = World()
    found.apply("")
    handle = found.stranger("A", address_spaces=("SMTP:a.example;1",), **values)
    return found, handle


def test_an_object_as_it_should_be_is_taken_over_without_a_call():
    there, handle = world()
    planned = there.plan(connector() + BLOCK.format("send_connector.a", "a"))
    assert not planned.problems.errors
    change = planned.changes["send_connector.a"]
    assert change.imported == handle


def test_an_object_is_found_by_its_handle_and_brought_into_line():
    there, handle = world(port=2525)
    planned = there.plan(connector() + BLOCK.format("send_connector.a", handle))
    assert planned.changes["send_connector.a"].action is Action.UPDATE
    assert [step.verb for step in planned.steps] == [Verb.UPDATE]


def test_once_taken_over_the_block_has_no_more_effect():
    there, _ = world(port=2525)
    text = connector() + BLOCK.format("send_connector.a", "A")
    there.apply(text)
    again = there.plan(text)
    assert (again.actions, again.changes["send_connector.a"].imported) == ({}, "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (connector() + BLOCK.format("send_connector.a", "Nobody"), "import-not-found"),
        (connector() + BLOCK.format("send_connector.b", "A"), "import-without-resource"),
        (connector() + "import {\n  to = send_connector.a\n  id = 5\n}\n", "invalid-import-id"),
    ],
)
def test_what_cannot_be_taken_over_is_said(text, code):
    there, _ = world()
    assert code in there.plan(text).codes


def test_an_object_has_one_address():
    there, _ = world(port=2525)
    there.apply(connector() + BLOCK.format("send_connector.a", "A"))
    two = connector() + connector("b", "B", spaces='["b.example"]')
    assert "already-managed" in there.plan(two + BLOCK.format("send_connector.b", "A")).codes


@pytest.mark.parametrize(
    ("lines", "to"),
    [
        (["count = 1"], "send_connector.a[5]"),
        (["count = 1"], "send_connector.a"),
        (['for_each = toset(["x"])'], 'send_connector.a["y"]'),
        (["!enabled = false"], "send_connector.a"),
    ],
)
def test_an_instance_that_is_not_configured_takes_nothing_over_and_deletes_nothing(lines, to):
    there, _ = world()
    planned = there.plan(connector("a", "Another", *lines) + BLOCK.format(to, "A"))
    assert "import-without-resource" in planned.codes
    assert "delete" not in planned.actions.values()


def test_two_blocks_cannot_name_one_resource():
    there, _ = world()
    block = BLOCK.format("send_connector.a", "A")
    assert there.plan(connector() + block + block).codes == ["duplicate-import"]


def test_two_resources_cannot_take_over_one_object():
    there, _ = world()
    text = connector() + connector("b", "B", spaces='["b.example"]')
    text += BLOCK.format("send_connector.a", "A") + BLOCK.format("send_connector.b", "A")
    assert there.plan(text).codes == ["already-managed"]


def test_an_import_that_is_excluded_waits():
    there, _ = world()
    text = connector() + BLOCK.format("send_connector.a", "A")
    planned = there.plan(text, excludes=["send_connector.a"])
    assert (planned.actions, planned.codes, planned.steps) == ({}, [], ())


def test_a_mistake_in_a_resource_does_not_delete_what_it_takes_over():
    there, _ = world()
    text = connector("a", "A", "port = 70000") + BLOCK.format("send_connector.a", "A")
    planned = there.plan(text)
    assert (planned.actions, planned.codes) == ({}, ["number-out-of-range"])


def test_an_identifier_that_is_sensitive_is_not_shown():
    there, _ = world()
    there.variables = {"s": mark("hush", "sensitive")}
    block = "import {\n  to = send_connector.a\n  id = var.s\n}\n"
    planned = there.plan('variable "s" { sensitive = true }\n' + connector("a", "B") + block)
    assert planned.codes == ["invalid-import-id"]
    assert "hush" not in planned.problems.errors[0].detail


def test_an_import_of_what_state_knows_is_not_pending():
    there, _ = world()
    text = connector() + BLOCK.format("send_connector.a", "A")
    configuration = there.plan(text).draft.resolver.configuration
    assert pending(configuration, there.state)
    there.apply(text)
    assert not pending(configuration, there.state)


def test_what_is_wrong_with_imports_is_seen_without_a_plan():
    there, _ = world()
    sound = there.plan(connector() + BLOCK.format("send_connector.a", "A")).draft.resolver
    assert list(mistakes(sound.configuration, sound.sight)) == []
    wrong = [BLOCK.format(f"send_connector.{to}", "A") for to in ("b", "a", "a", "a[0]")]
    planned = there.plan(connector() + "".join(wrong)).draft.resolver
    found = [d.code for d in mistakes(planned.configuration, planned.sight)]
    assert found == ["import-without-resource", "duplicate-import", "import-without-resource"]


def told(to, name):
    return f"import {{\n  to = {to}\n  id = {name}\n}}\n"


def test_an_import_sees_what_a_data_source_found():
    there, handle = world()
    text = 'data "send_connector" "d" {\n  name = "A"\n}\n' + connector()
    planned = there.plan(text + told("send_connector.a", "data.send_connector.d.guid"))
    assert (planned.codes, planned.changes["send_connector.a"].imported) == ([], handle)


def test_an_import_sees_what_a_resource_will_be_and_repeats_for_it():
    there, handle = world()
    text = connector("b", "B", 'comment = "A"', spaces='["b.example"]')
    text += "locals {\n  wanted = { x = send_connector.b.comment }\n}\n"
    text += "import {\n  for_each = local.wanted\n  to = send_connector.a[each.key]\n"
    text += "  id = each.value\n}\n" + connector("a", "A", 'for_each = toset(["x"])')
    planned = there.plan(text)
    assert planned.codes == []
    assert planned.changes['send_connector.a["x"]'].imported == handle


def test_an_import_sees_what_another_one_takes_over():
    there, _ = world(comment="B")
    handle = there.stranger("B", address_spaces=("SMTP:b.example;1",))
    text = connector("a", "A", 'comment = "B"') + connector("b", "B", spaces='["b.example"]')
    text += told(
        "send_connector.b", "send_connector.a.guid == null ? null : send_connector.a.comment"
    )
    planned = there.plan(text + told("send_connector.a", '"A"'))
    assert (planned.codes, planned.changes["send_connector.b"].imported) == ([], handle)


@pytest.mark.parametrize("source", ["send_connector.b.guid", "send_connector.a.guid"])
def test_an_import_by_what_is_known_after_apply_only_is_refused(source):
    there, _ = world()
    text = connector() + connector("b", "B", spaces='["b.example"]')
    assert "invalid-import-id" in there.plan(text + told("send_connector.a", source)).codes
