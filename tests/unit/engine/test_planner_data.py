"""Data sources: objects that exist, whoever made them, found while planning or during apply."""

import pytest
from planning_bench import World, applied, connector

from reconciler.model.address import parse
from reconciler.model.plan import Mode, Verb
from reconciler.model.values import UNKNOWN

DATA = "data.send_connector.d"


def data(*lines):
    return 'data "send_connector" "d" {\n' + "".join(f"  {line}\n" for line in lines) + "}\n"


def world(name="Legacy", **values):
    found = World()
    found.stranger(name, port=2525, **values)
    return found


def test_a_data_source_gives_what_exchange_holds():
    text = data('name = "legacy"') + connector("a", "A", f"port = {DATA}.port")
    planned = world().plan(text)
    assert planned.sent("send_connector.a")["port"] == 2525
    assert planned.actions == {"send_connector.a": "create"}


def test_an_object_is_found_by_its_guid():
    there = World()
    guid = there.stranger("Legacy", port=2525)
    planned = there.plan(data(f'guid = "{guid}"') + f'output "o" {{ value = {DATA}.name }}\n')
    assert planned.draft.outputs[0].after.value == "Legacy"


def test_what_is_asked_for_later_is_read_during_apply():
    text = data("guid = send_connector.a.guid") + connector("a", "A")
    text += connector("b", "B", f"comment = {DATA}.name", spaces='["b.example"]')
    planned = World().plan(text)
    assert planned.actions[DATA] == "read"
    assert planned.changes["send_connector.b"].after["comment"] is UNKNOWN
    assert [step.verb for step in planned.steps] == [Verb.CREATE, Verb.READ, Verb.CREATE]


def test_a_source_that_depends_on_what_changes_waits_for_it():
    text = data('name = "A"', "depends_on = [send_connector.a]") + connector("a", "A")
    assert World().plan(text).actions[DATA] == "read"
    assert applied(connector("a", "A")).plan(text).actions == {}


@pytest.mark.parametrize(
    ("lines", "code"),
    [(('name = "nobody"',), "data-not-found"), ((), "data-without-lookup")],
)
def test_what_cannot_be_found_is_said_once_and_its_users_are_spared(lines, code):
    text = data(*lines) + connector("a", "A", f"port = {DATA}.port")
    assert world().plan(text).codes == [code]


def test_a_postcondition_of_a_source_is_checked():
    rule = 'postcondition {\n    condition = self.port == 25\n    error_message = "No."\n  }'
    planned = world().plan(data('name = "Legacy"', f"lifecycle {{\n  {rule}\n}}"))
    assert planned.checks == [(DATA, "postcondition", "fail")]


def test_sources_repeat_as_resources_do():
    text = data('for_each = toset(["Legacy"])', "name = each.key")
    planned = world().plan(text + f'output "o" {{ value = {DATA}["Legacy"].port }}\n')
    assert planned.draft.outputs[0].after.value == 2525


def test_a_refresh_reads_them_and_a_destroy_does_not():
    text = data('name = "Legacy"') + f'output "o" {{ value = {DATA}.port }}\n'
    there = world()
    there.apply(text)
    assert there.plan(text, Mode.REFRESH_ONLY).outputs == {}
    assert there.plan(data('name = "nobody"'), Mode.DESTROY).codes == []


def test_the_address_of_a_source_reads_back():
    for text in (DATA, 'module.data.data.send_connector.d["x"]', "module.data.send_connector.d"):
        assert str(parse(text)) == text
