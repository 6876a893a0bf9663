import json
from fractions import Fraction

import pytest
from views_samples import BEFORE, TYPES, address, change, plan, step, update

from reconciler.model.address import Address
from reconciler.model.diagnostic import error, warning
from reconciler.model.event import (
    Finished,
    Reading,
    Recovered,
    Refreshed,
    Refreshing,
    StepDone,
    StepFailed,
    StepRetried,
    StepRunning,
    StepSkipped,
    StepStarted,
    Stopping,
    Tally,
)
from reconciler.model.outline import (
    Basis,
    CallOutline,
    Formula,
    Outline,
    OutputOutline,
    Relevant,
    ResourceOutline,
    VariableOutline,
)
from reconciler.model.plan import (
    Action,
    Check,
    Difference,
    Drift,
    Mode,
    OutputChange,
    Source,
    Verb,
)
from reconciler.model.span import Span
from reconciler.model.state import Handle, Instance, InstanceStatus, Output, State
from reconciler.model.values import UNKNOWN, Sealed
from reconciler.views import (
    json_checks,
    json_configuration,
    json_diagnostics,
    json_lines,
    json_plan,
    json_state,
    json_text,
)

NOW = "2026-01-02T03:04:05.000000Z"
SECRET = Output("s3cret", "string", sensitive=True)


def document(made):
    return json.loads(json_plan.text(made, TYPES))


def only_change(made):
    (found,) = document(made)["resource_changes"]
    return found


def test_a_plan_has_the_fields_of_format_1_2():
    answer = document(plan(update(port=26), variables={"a": 1}, timestamp="T", targets=("x",)))
    assert answer["format_version"] == "1.2"
    assert answer["variables"] == {"a": {"value": 1}}
    assert (answer["applyable"], answer["complete"], answer["errored"]) == (True, False, False)
    assert answer["timestamp"] == "T"
    assert answer["versions_read"] == {"send_connector.internet": 3}


def test_a_change_carries_both_sides_as_plain_values():
    found = only_change(plan(update(max_message_size=35 << 20)))
    assert found["address"] == "send_connector.internet"
    assert (found["mode"], found["type"], found["name"]) == (
        "managed",
        "send_connector",
        "internet",
    )
    assert found["change"]["actions"] == ["update"]
    assert found["change"]["before"] == {
        **BEFORE,
        "max_message_size": "25MB",
        "address_spaces": ["SMTP:*;1"],
    }
    assert found["change"]["after"]["max_message_size"] == "35MB"
    assert "action_reason" not in found
    assert "index" not in found


@pytest.mark.parametrize(
    ("action", "words"),
    [
        (Action.NO_OP, ["no-op"]),
        (Action.REPLACE, ["delete", "create"]),
        (Action.CREATE_FIRST, ["create", "delete"]),
        (Action.FORGET, ["forget"]),
    ],
)
def test_actions_are_spelt_as_terraform_does(action, words):
    assert only_change(plan(change(action, BEFORE, BEFORE)))["change"]["actions"] == words


def test_what_is_not_yet_known_is_left_out_and_flagged():
    found = only_change(plan(change(Action.CREATE, None, {"name": "X", "guid": UNKNOWN})))
    assert found["change"]["before"] is None
    assert found["change"]["after"] == {"name": "X"}
    assert found["change"]["after_unknown"] == {"guid": True}
    assert found["change"]["before_sensitive"] is False


def test_replacements_name_their_paths_and_reason():
    made = change(
        Action.REPLACE,
        BEFORE,
        BEFORE,
        differences=(Difference("port", 1, 2, forces_replacement=True),),
        reason="replace-because-cannot-update",
    )
    found = only_change(plan(made))
    assert found["change"]["replace_paths"] == [["port"]]
    assert found["action_reason"] == "replace_because_cannot_update"


def test_a_reason_that_terraform_does_not_know_becomes_its_nearest():
    made = change(Action.REPLACE, BEFORE, BEFORE, reason="replace-because-within")
    assert only_change(plan(made))["action_reason"] == "replace_because_cannot_update"


def test_sensitive_values_are_there_and_flagged_but_credentials_are_null():
    after = {"name": "X", "comment": "c", "credential": Sealed("relay", "d1gest")}
    made = plan(change(Action.CREATE, None, after, after_sensitive=frozenset({"comment"})))
    found = only_change(made)["change"]
    assert found["after"] == {"name": "X", "comment": "c", "credential": None}
    assert found["after_sensitive"] == {"comment": True, "credential": True}
    assert "d1gest" not in json_plan.text(made, TYPES)


def test_drift_and_outputs_and_checks_have_their_places():
    made = plan(
        drift=(Drift(address(), BEFORE, None),),
        outputs=(
            OutputChange("key", Action.CREATE, None, SECRET),
            OutputChange("guid", Action.CREATE, None, None, known=False),
        ),
        checks=(Check("send_connector.internet", "resource", "fail", ("No.",)),),
    )
    answer = document(made)
    assert answer["resource_drift"][0]["change"]["actions"] == ["delete"]
    assert answer["output_changes"]["key"] == {
        "actions": ["create"],
        "before": None,
        "after": "s3cret",
        "after_unknown": False,
        "before_sensitive": True,
        "after_sensitive": True,
    }
    assert "after" not in answer["output_changes"]["guid"]
    assert answer["planned_values"]["outputs"]["guid"] == {"sensitive": False}
    assert answer["checks"][0]["instances"][0]["problems"] == [{"message": "No."}]


def test_an_empty_plan_cannot_be_applied():
    assert document(plan())["applyable"] is False


def test_prior_state_and_planned_values_nest_modules():
    at = Address("send_connector", "out", 0, (("emea", "ams"), ("inner", None)))
    answer = document(plan(change(Action.UPDATE, BEFORE, BEFORE, at=at)))
    for picture in (answer["planned_values"], answer["prior_state"]["values"]):
        (outer,) = picture["root_module"]["child_modules"]
        (inner,) = outer["child_modules"]
        (resource,) = inner["resources"]
        assert outer["address"] == 'module.emea["ams"]'
        assert inner["address"] == 'module.emea["ams"].module.inner'
        assert resource["address"] == str(at)
        assert resource["index"] == 0


def test_state_has_the_fields_of_format_1_0():
    instance = Instance(
        address(key="a"),
        Handle("g"),
        {"name": "X", "comment": "c"},
        sensitive=frozenset({"comment"}),
        dependencies=(address("b"),),
        status=InstanceStatus.TAINTED,
    )
    answer = json.loads(
        json_state.text(State("l", 1, (instance,), {"o": Output(1, "number")}), TYPES)
    )
    assert answer["format_version"] == "1.0"
    assert answer["values"]["outputs"] == {"o": {"sensitive": False, "value": 1, "type": "number"}}
    (resource,) = answer["values"]["root_module"]["resources"]
    assert resource["index"] == "a"
    assert resource["values"] == {"comment": "c", "name": "X"}
    assert resource["sensitive_values"] == {"comment": True}
    assert resource["depends_on"] == ["send_connector.b"]
    assert resource["tainted"] is True


def test_an_absent_state_has_no_values():
    assert "values" not in json.loads(json_state.text(State(), TYPES))


def test_exact_fractions_become_numbers():
    made = plan(change(Action.CREATE, None, {"a": Fraction(6, 2), "b": Fraction(1, 2)},
                       at=Address("other", "x")))  # fmt: skip
    assert only_change(made)["change"]["after"] == {"a": 3, "b": 0.5}


def test_nested_values_of_types_unknown_here_become_json():
    values = {"a": (True, None, "x"), "b": frozenset({1})}
    made = plan(change(Action.CREATE, None, values, at=Address("other", "x")))
    assert only_change(made)["change"]["after"] == {"a": [True, None, "x"], "b": [1]}


def test_json_on_a_screen_is_ascii_without_controls():
    written = json_text.line({"a": "\x1b\x9b\x7f\u202eü\ud800"})
    assert written.isascii()
    assert written.rstrip("\n").isprintable()
    assert json.loads(written) == {"a": "\x1b\x9b\x7f\u202eü\ud800"}


def test_plan_lines_follow_the_machine_readable_ui():
    made = plan(
        change(Action.NO_OP, BEFORE, BEFORE, at=address("same")),
        change(Action.DELETE, BEFORE, None, at=address(key="b"), reason="delete-because-each-key"),
        drift=(Drift(address(), BEFORE, {**BEFORE, "port": 1}),),
        outputs=(OutputChange("o", Action.DELETE, SECRET, None),),
    )
    drift, deletion, counts, outputs = json_lines.planned(made, NOW)
    assert drift["type"] == "resource_drift"
    assert drift["change"]["action"] == "update"
    assert deletion == {
        "@level": "info",
        "@message": 'send_connector.internet["b"]: Plan to delete',
        "@module": "reconciler.ui",
        "@timestamp": NOW,
        "change": {
            "resource": {
                "addr": 'send_connector.internet["b"]',
                "module": "",
                "resource": 'send_connector.internet["b"]',
                "implied_provider": "reconciler",
                "resource_type": "send_connector",
                "resource_name": "internet",
                "resource_key": "b",
            },
            "action": "delete",
            "reason": "delete_because_each_key",
        },
        "type": "planned_change",
    }
    assert counts["changes"] == {
        "add": 0,
        "change": 0,
        "import": 0,
        "remove": 1,
        "operation": "plan",
    }
    assert outputs["outputs"] == {"o": {"sensitive": True, "action": "delete"}}


@pytest.mark.parametrize(
    ("happened", "kind", "part"),
    [
        (StepStarted(step(Verb.DELETE, "g")), "apply_start", {"id_value": "g"}),
        (StepStarted(step()), "apply_start", {"action": "create"}),
        (StepDone(step(), 2.5, "g"), "apply_complete", {"elapsed_seconds": 2, "id_value": "g"}),
        (StepFailed(step(), 1, (error("x", "No"),)), "apply_errored", {"elapsed_seconds": 1}),
        (StepRetried(step(), 2, 0.5, "busy"), "apply_retried", {"attempt": 2}),
        (StepSkipped(step(), "a"), "apply_skipped", {"because": "a"}),
        (Reading("send_connector", "x"), "reading", {"resource_type": "send_connector"}),
        (Recovered("a.b", "create", "adopted"), "recovered", {"how": "adopted"}),
    ],
)
def test_events_become_hooks(happened, kind, part):
    message = json_lines.event(happened, NOW)
    assert message["type"] == kind
    assert part.items() <= message["hook"].items()


def test_events_without_news_give_no_line():
    tally = Tally(1, 0, 0, 0, 1, 0, 0)
    silent = (StepStarted(step(Verb.RECORD)), StepDone(step(Verb.JOIN), 0))
    assert [json_lines.event(e, NOW) for e in (*silent, Finished(tally, "normal"))] == [None] * 3
    assert json_lines.event(Stopping("SIGINT"), NOW)["@level"] == "warn"


def test_the_closing_line_counts_resources_and_steps():
    line = json_lines.closing(Tally(1, 2, 3, 4, 1, 0, 0), Mode.NORMAL, NOW)
    assert line["changes"]["operation"] == "apply"
    assert line["@message"] == "Apply incomplete. Resources: 1 added, 0 changed, 0 destroyed."
    assert line["steps"] == {"done": 1, "failed": 2, "skipped": 3, "not_started": 4}


def test_the_closing_line_counts_imports():
    line = json_lines.closing(Tally(0, 0, 0, 0, 0, 0, 0, 2), Mode.NORMAL, NOW)
    assert line["changes"]["import"] == 2
    told = "Apply complete! Resources: 2 imported, 0 added, 0 changed, 0 destroyed."
    assert line["@message"] == told


def test_outputs_leave_sensitive_values_out():
    line = json_lines.outputs({"b": Output(1, "number"), "a": SECRET}, NOW)
    assert line["outputs"] == {
        "a": {"sensitive": True, "type": "string"},
        "b": {"sensitive": False, "type": "number", "value": 1},
    }


def test_a_finding_has_range_and_snippet_with_bytes():
    source = "ä = 1\n  port = 70000\n"
    finding = error("bad-port", "Out of range", "Cure.", Span("m.hcl", 2, 10, 2, 15))
    answer = json.loads(json_diagnostics.validation([finding], lambda _: source))
    assert (answer["valid"], answer["error_count"], answer["warning_count"]) == (False, 1, 0)
    (found,) = answer["diagnostics"]
    assert found["code"] == "bad-port"
    assert found["range"] == {
        "filename": "m.hcl",
        "start": {"line": 2, "column": 10, "byte": 16},
        "end": {"line": 2, "column": 15, "byte": 21},
    }
    assert found["snippet"] == {
        "context": None,
        "code": "  port = 70000",
        "start_line": 2,
        "highlight_start_offset": 9,
        "highlight_end_offset": 14,
        "values": [],
    }


def test_a_finding_without_a_file_still_has_a_range():
    finding = warning("w", "Odd", "", Span("gone.hcl", 2, 1, 2, 2))
    answer = json_diagnostics.one(finding, lambda _: None)
    assert answer["snippet"] is None
    assert answer["range"]["start"] == {"line": 2, "column": 1, "byte": 0}


def test_a_configuration_with_warnings_alone_is_valid():
    answer = json.loads(json_diagnostics.validation([warning("w", "Odd")], lambda _: None))
    assert (answer["valid"], answer["warning_count"]) == (True, 1)


def test_a_diagnostic_line_has_its_level():
    lines = [json_lines.diagnostic(f("x", "S"), lambda _: None, NOW) for f in (error, warning)]
    assert [(line["@level"], line["@message"]) for line in lines] == [
        ("error", "Error: S"),
        ("warn", "Warning: S"),
    ]


def test_where_something_is_unknown_lists_are_flagged_by_element():
    after = {"name": "X", "ports": (1, 2), "guid": UNKNOWN}
    found = only_change(plan(change(Action.CREATE, None, after, at=Address("other", "x"))))
    assert found["change"]["after_unknown"] == {"guid": True, "ports": [False, False]}
    assert found["change"]["after_sensitive"] == {"ports": [False, False]}


def test_an_output_known_in_part_shows_that_part():
    parts = ([None, "z"], [True, False])
    made = OutputChange("o", Action.CREATE, None, None, known=False, sensitive=True, partial=parts)
    found = document(plan(outputs=(made,)))
    assert found["output_changes"]["o"]["after"] == [None, "z"]
    assert found["output_changes"]["o"]["after_unknown"] == [True, False]
    assert found["output_changes"]["o"]["after_sensitive"] is True
    assert found["planned_values"]["outputs"]["o"] == {"sensitive": True}


OUTLINE = Outline(
    resources=(
        ResourceOutline(
            address(),
            "lab",
            {"port": Formula((), "25"), "name": Formula(("var.a.b", "var.a"))},
            Formula(("var.n",)),
            None,
            ("send_connector.b",),
            checked=True,
        ),
    ),
    outputs={
        "o": OutputOutline(
            Formula((), "1"),
            sensitive=True,
            description="About it.",
            depends_on=("send_connector.b",),
            checked=False,
        )
    },
    variables={
        "a": VariableOutline('{"b": 1}', sensitive=False, description="", checked=True),
        "s": VariableOutline("", sensitive=True, description="", checked=False),
    },
    backends=("", "lab"),
)


def test_a_configuration_is_told_as_terraform_does():
    found = json_configuration.document([OUTLINE])
    (resource,) = found["root_module"]["resources"]
    assert found["provider_config"]["reconciler.lab"]["alias"] == "lab"
    assert resource["provider_config_key"] == "reconciler.lab"
    assert resource["expressions"] == {
        "port": {"constant_value": 25},
        "name": {"references": ["var.a.b", "var.a"]},
    }
    assert resource["count_expression"] == {"references": ["var.n"]}
    assert (resource["depends_on"], resource["schema_version"]) == (["send_connector.b"], 0)
    assert found["root_module"]["outputs"]["o"] == {
        "sensitive": True,
        "expression": {"constant_value": 1},
        "description": "About it.",
        "depends_on": ["send_connector.b"],
    }
    assert found["root_module"]["variables"] == {
        "a": {"default": {"b": 1}},
        "s": {"sensitive": True},
    }


M = (("m", None),)
INNER = Outline(
    path=M,
    resources=(ResourceOutline(address(module=M), "", {}, None, None, (), checked=False),),
    variables={"x": VariableOutline("", sensitive=False, description="", checked=True)},
    checks=("c",),
)
CALL = CallOutline(
    "./m", {"x": Formula(("var.a",))}, Formula((), "2"), None, ("send_connector.b",)
)


def test_modules_stand_with_their_calls():
    found = json_configuration.document([Outline(calls={"m": CALL}), INNER])
    call = found["root_module"]["module_calls"]["m"]
    assert (call["source"], call["count_expression"]) == ("./m", {"constant_value": 2})
    assert call["expressions"] == {"x": {"references": ["var.a"]}}
    assert call["depends_on"] == ["send_connector.b"]
    assert call["module"]["resources"][0]["address"] == "send_connector.internet"


def test_checks_in_modules_are_told_by_module_and_instance():
    instances = [Check(f"module.m[{n}].check.c", "check", "pass") for n in (0, 1)]
    check, variable = json_checks.checks(plan(checks=tuple(instances)), [INNER])
    assert check["address"] == {
        "kind": "check", "name": "c", "to_display": "module.m.check.c", "module": "module.m",
    }  # fmt: skip
    assert [one["address"] for one in check["instances"]] == [
        {"to_display": f"module.m[{n}].check.c", "module": f"module.m[{n}]"} for n in (0, 1)
    ]
    assert variable["address"]["to_display"] == "module.m.var.x"


def test_checks_are_told_object_by_object():
    made = plan(
        checks=(
            Check("send_connector.internet[0]", "precondition", "pass"),
            Check("send_connector.internet[0]", "postcondition", "unknown"),
            Check("send_connector.internet[1]", "precondition", "pass"),
        )
    )
    resource, variable = json_checks.checks(made, [OUTLINE])
    assert resource == {
        "address": {
            "kind": "resource",
            "mode": "managed",
            "type": "send_connector",
            "name": "internet",
            "to_display": "send_connector.internet",
        },
        "status": "unknown",
        "instances": [
            {
                "address": {"instance_key": key, "to_display": f"send_connector.internet[{key}]"},
                "status": status,
            }
            for key, status in ((0, "unknown"), (1, "pass"))
        ],
    }
    assert (variable["address"]["kind"], variable["status"]) == ("var", "pass")


def test_conditions_that_a_plan_did_not_look_at_are_unknown():
    (resource, variable) = json_checks.checks(plan(mode=Mode.DESTROY), [OUTLINE])
    assert (resource["status"], variable["status"]) == ("unknown", "unknown")
    assert "instances" not in resource


def test_prior_state_holds_all_that_was_there_with_what_it_used():
    row = Instance(address("b"), Handle("g"), {"name": "B"}, dependencies=(address(),))
    relevant = (Relevant("send_connector.internet", ("port",)),)
    basis = Basis((OUTLINE,), (row,), {"o": Output(1, "number")}, relevant)
    found = json.loads(json_plan.text(plan(), TYPES, basis))
    (resource,) = found["prior_state"]["values"]["root_module"]["resources"]
    assert resource["depends_on"] == ["send_connector.internet"]
    assert found["prior_state"]["values"]["outputs"]["o"]["value"] == 1
    assert found["relevant_attributes"] == [
        {"resource": "send_connector.internet", "attribute": ["port"]}
    ]


@pytest.mark.parametrize(
    ("happened", "kind", "words"),
    [
        (Refreshing, "refresh_start", "Refreshing state... [id=g]"),
        (Refreshed, "refresh_complete", "Refresh complete [id=g]"),
    ],
)
def test_every_object_that_is_read_has_a_line(happened, kind, words):
    row = Instance(address(), Handle("g"), {})
    (line,) = json_lines.refreshing(happened((row,)), NOW)
    assert (line["type"], line["@message"]) == (kind, f"send_connector.internet: {words}")
    assert line["hook"]["resource"]["resource_name"] == "internet"
    assert (line["hook"]["id_key"], line["hook"]["id_value"]) == ("guid", "g")


def test_a_step_that_takes_long_has_a_line():
    line = json_lines.event(StepRunning(step(), 20), NOW)
    assert line["@message"].endswith(": Still creating... [20s elapsed]")
    assert (line["type"], line["hook"]["elapsed_seconds"]) == ("apply_progress", 20)


def test_objects_taken_over_are_counted():
    made = plan(change(Action.NO_OP, BEFORE, BEFORE, imported="g"))
    *_, counts = json_lines.planned(made, NOW)
    assert counts["changes"]["import"] == 1


def test_what_was_read_stands_in_the_prior_state():
    read = Source(Address("data.send_connector", "x"), {"name": "X"})
    found = document(plan(sources=(read,)))["prior_state"]["values"]["root_module"]["resources"]
    assert [(one["address"], one["mode"], one["type"]) for one in found] == [
        ("data.send_connector.x", "data", "send_connector")
    ]


def test_what_has_moved_names_its_previous_address():
    made = plan(change(Action.NO_OP, BEFORE, BEFORE, moved_from=address("old", 0)))
    assert only_change(made)["previous_address"] == "send_connector.old[0]"
    moved, counts = json_lines.planned(made, NOW)
    assert moved["@message"] == "send_connector.internet: Plan to move"
    assert moved["change"]["action"] == "move"
    assert moved["change"]["previous_resource"]["resource_key"] == 0
    assert counts["changes"]["change"] == 0


def test_what_is_imported_or_let_go_is_told_line_by_line():
    made = plan(
        change(Action.NO_OP, BEFORE, BEFORE, imported="g-1"),
        change(Action.FORGET, BEFORE, None, at=address("z")),
    )
    taken, let_go, counts = json_lines.planned(made, NOW)
    assert (taken["change"]["action"], taken["change"]["importing"]) == ("import", {"id": "g-1"})
    assert let_go["change"]["action"] == "remove"
    assert counts["changes"]["import"] == 1
