import json

import pytest
from views_samples import BEFORE, TYPES, address

from reconciler import __version__
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import Handle, Instance, InstanceStatus, Output, State
from reconciler.model.values import Sealed
from reconciler.views import graph, output, outputs, sim, state, version
from reconciler.views import help as helps


def instance(name="internet", key=None, **more):
    return Instance(address(name, key), Handle("g-1"), more.pop("values", BEFORE), **more)


def test_an_object_is_shown_as_hcl_would_write_it():
    values = {**BEFORE, "comment": "c", "credential": Sealed("relay", "d")}
    shown = state.one(instance(values=values, sensitive=frozenset({"comment"})), TYPES)
    assert shown == (
        "# send_connector.internet:\n"
        'resource "send_connector" "internet" {\n'
        "    address_spaces   = [\n"
        '        "SMTP:*;1",\n'
        "    ]\n"
        "    comment          = (sensitive value)\n"
        '    credential       = { username = "relay", password = (write-only) }\n'
        "    enabled          = true\n"
        '    guid             = "g-1"\n'
        '    max_message_size = "25MB"\n'
        '    name             = "Internet"\n'
        "    port             = 25\n"
        "}\n"
    )


def test_the_list_is_sorted_and_marks_left_overs():
    found = [instance("b"), instance("a", 10), instance("a", 2), instance("a", 2, deposed="1f")]
    assert state.listing(found) == (
        "send_connector.a[2]\n"
        "send_connector.a[2] (left-over 1f)\n"
        "send_connector.a[10]\n"
        "send_connector.b\n"
    )


def test_state_ends_with_its_outputs():
    tainted = instance(status=InstanceStatus.TAINTED)
    shown = state.text(State("l", 1, (tainted,), {"o": Output(value=True, type="bool")}), TYPES)
    assert shown.startswith("# send_connector.internet: (tainted)\n")
    assert shown.endswith("}\n\nOutputs:\n\no = true\n")


def test_an_empty_state_says_so():
    assert state.text(State(), TYPES) == "The state is empty: nothing has been applied yet.\n"


def test_outputs_are_listed_with_sensitive_ones_masked():
    values = {
        "s": Output("s3cret", "string", sensitive=True),
        "l": Output(["a${b}", {"k": None, "x y": []}], "dynamic"),
    }
    assert outputs.values(values) == (
        'l = [\n  "a$${b}",\n  {\n    k     = null\n    "x y" = []\n  },\n]\ns = <sensitive>\n'
    )


@pytest.mark.parametrize(
    ("value", "shown"), [("a\nb", "a\nb"), (25, "25"), (True, "true"), (False, "false")]
)
def test_a_raw_output_is_the_value_and_nothing_else(value, shown):
    assert output.raw("o", Output(value, "string")) == shown


def test_a_list_has_no_raw_form():
    with pytest.raises(ReconcilerError) as caught:
        output.raw("o", Output(["a"], "dynamic"))
    assert caught.value.diagnostics[0].code == "output-not-raw"


def test_outputs_as_json_carry_type_and_sensitivity():
    given = Output("s3cret", "string", sensitive=True)
    assert json.loads(output.all_json({"o": given})) == {
        "o": {"sensitive": True, "value": "s3cret", "type": "string"}
    }
    assert json.loads(output.one_json(given)) == "s3cret"
    assert output.one(given) == '"s3cret"\n'
    assert output.missing("o").diagnostics[0].code == "output-not-found"


BAG = {"Name": "Internet", "Port": 25, "SmartHosts": ["a", "b"], "Fqdn": None, "Enabled": True}


def test_several_objects_are_a_table_of_their_main_properties():
    rich = {**BAG, "Comment": "", "Region": "NotSpecified"}
    main = ("Name", "SmartHosts", "Port", "Enabled", "Absent")
    assert sim.text([rich, {**rich, "Name": "連接"}], main) == (
        "Name      SmartHosts  Port  Enabled\n"
        "----      ----------  ----  -------\n"
        "Internet  {a, b}      25    True\n"
        "連接      {a, b}      25    True\n"
    )


def test_a_table_ends_with_what_an_import_needs():
    table = sim.text([{"Guid": "g1", **BAG}], ("Enabled", "Name"))
    assert table.splitlines()[0] == "Enabled  Name      Guid"


def test_objects_without_a_main_property_are_shown_whole():
    assert sim.text([{"A": 1, "B": 2}], ("Name",)).splitlines()[0] == "A  B"


def test_no_object_prints_nothing():
    assert sim.text([], ("Name",)) == ""
    assert json.loads(sim.json_text([])) == []


def test_a_hostile_property_does_not_reach_the_terminal():
    assert "\x1b" not in sim.text([{"Name": "\x1b[2J"}, {"Name": "b"}], ("Name",))


def test_property_bags_keep_exchanges_own_names():
    assert json.loads(sim.json_text([{**BAG, "Hosts": ("a",)}])) == [{**BAG, "Hosts": ["a"]}]


def test_a_graph_is_sorted_and_quoted():
    drawn = graph.dot(['b["x"]', "a"], [('b["x"]', "a"), ('b["x"]', "a")])
    assert drawn == (
        "digraph G {\n"
        '  rankdir = "RL";\n'
        '  node [shape = rect, fontname = "sans-serif"];\n'
        '  "a" [label="a"];\n'
        '  "b[\\"x\\"]" [label="b[\\"x\\"]"];\n'
        '  "b[\\"x\\"]" -> "a";\n'
        "}\n"
    )


def test_the_version_names_tool_and_platform():
    assert version.text().startswith(f"reconciler v{__version__}\non ")
    assert json.loads(version.json_text())["reconciler_version"] == __version__


PAGE = helps.Page(
    "plan", "plan [options]", "Show.\n\nMore.", (helps.Flag("-out=FILE", "Save it there."),)
)


def test_a_commands_help_lists_its_flags():
    assert helps.page(PAGE, 78) == (
        "Usage: reconciler [global options] plan [options]\n"
        "\n"
        "  Show.\n"
        "\n"
        "  More.\n"
        "\n"
        "Options:\n"
        "\n"
        "  -out=FILE  Save it there.\n"
    )


def test_the_help_of_a_flag_wraps_under_itself():
    flag = helps.Flag("-out=FILE", "Save the whole plan in that file for later.")
    shown = helps.page(helps.Page("plan", "plan", "Show.", (flag,)), 40)
    assert shown.endswith(
        "  -out=FILE  Save the whole plan in\n             that file for later.\n"
    )


def test_the_manual_has_a_table_of_flags():
    assert "| `-out=FILE` | Save it there. |" in helps.manual([PAGE])
