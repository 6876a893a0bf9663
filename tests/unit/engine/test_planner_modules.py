"""Modules in a plan: how often they are there, what goes in and out, and in which order."""

import pytest
from planning_bench import World, connector

from reconciler.config.load import load
from reconciler.engine import lookalikes
from reconciler.engine.relevant import relevant
from reconciler.lang.value import mark
from reconciler.model.diagnostic import Collector, ReconcilerError
from reconciler.model.plan import Mode
from reconciler.model.values import UNKNOWN
from reconciler.views.renames import block

CHILD = """
variable "name" { type = string }
variable "comment" { default = "none" }
resource "send_connector" "out" {
  name           = var.name
  address_spaces = ["${lower(var.name)}.example"]
  comment        = var.comment
}
output "name" { value = send_connector.out.name }
output "guid" { value = send_connector.out.guid }
"""


@pytest.fixture
def written(tmp_path):
    """Writes a project whose module `m` is CHILD, and reads it."""

    def write(main, **modules):
        for name, text in {"m": CHILD, **modules}.items():
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / "main.hcl").write_text(text, encoding="utf-8")
        (tmp_path / "main.hcl").write_text(main, encoding="utf-8")
        problems = Collector()
        found = load(tmp_path, problems)
        problems.stop_on_errors()
        return found

    return write


def call(name, *lines):
    return f'module "{name}" {{\n  source = "./m"\n' + "".join(f"  {x}\n" for x in lines) + "}\n"


def each(keys):
    return call("m", f"for_each = toset({keys})", "name = each.key")


def test_a_module_stands_once_for_each_key(written):
    planned = World().plan(written(each('["A", "B"]')))
    assert planned.actions == {
        'module.m["A"].send_connector.out': "create",
        'module.m["B"].send_connector.out': "create",
    }


def test_a_module_stands_as_often_as_count_says(written):
    planned = World().plan(written(call("m", "count = 2", 'name = "N${count.index}"')))
    assert list(planned.actions) == [f"module.m[{n}].send_connector.out" for n in range(2)]
    assert not World().plan(written(call("m", "count = 0", 'name = "N"'))).actions


def test_an_instance_that_is_gone_is_deleted_for_that_reason(written):
    world = World()
    world.apply(written(each('["A", "B"]')))
    planned = world.plan(written(each('["A"]')))
    gone = 'module.m["B"].send_connector.out'
    assert (planned.actions, planned.reasons) == (
        {gone: "delete"},
        {gone: "delete-because-no-module"},
    )


def test_what_a_module_gives_out_is_made_before_who_uses_it(written):
    user = connector("a", "User", "comment = module.m.guid")
    planned = World().plan(written(call("m", 'name = "Used"') + user))
    assert planned.changes["send_connector.a"].after["comment"] is UNKNOWN
    assert planned.order == ["create module.m.out", "create a"]


def test_what_goes_into_a_module_is_made_before_what_uses_it(written):
    used = connector("a", "Used")
    text = call("m", 'name = "M"', "comment = send_connector.a.guid") + used
    assert World().plan(written(text)).order == ["create a", "create module.m.out"]


def test_modules_hand_on_what_others_give_out(written):
    text = call("one", 'name = "One"') + call("two", 'name = "${module.one.name}Two"')
    planned = World().plan(written(text))
    assert planned.sent("module.two.send_connector.out")["name"] == "OneTwo"
    assert planned.order == ["create module.one.out", "create module.two.out"]


def test_a_module_that_depends_on_another_waits_for_all_of_it(written):
    text = call("a", 'name = "A"', "depends_on = [module.z]") + call("z", 'name = "Z"')
    assert World().plan(written(text)).order == ["create module.z.out", "create module.a.out"]


def test_outputs_of_all_instances_are_a_map_or_a_list(written):
    outputs = 'output "o" { value = { for k, m in module.m : k => m.name } }\n'
    planned = World().plan(written(each('["A", "B"]') + outputs))
    assert planned.draft.outputs[0].after.value == {"A": "A", "B": "B"}
    text = call("m", "count = 2", 'name = "N${count.index}"')
    planned = World().plan(written(text + 'output "o" { value = module.m[*].name }\n'))
    assert planned.draft.outputs[0].after.value == ["N0", "N1"]


def test_one_instance_may_use_another(written):
    text = call("m", 'for_each = { a = "A", b = "B" }', "name = each.value",
                'comment = each.key == "b" ? module.m["a"].name : "first"')  # fmt: skip
    with pytest.raises(ReconcilerError) as caught:
        World().plan(written(text))
    assert caught.value.diagnostics[0].code == "cycle"


def test_a_validation_inside_of_a_module_is_kept(written):
    rule = 'validation {\n    condition = var.a > 1\n    error_message = "Too small."\n  }'
    child = f'variable "a" {{\n  {rule}\n}}\n'
    planned = World().plan(written(call("m", "a = 1"), m=child))
    (found,) = planned.problems.errors
    assert (found.code, found.detail, found.context) == (
        "validation-failed", "Too small.", 'module.m, variable "a"'
    )  # fmt: skip


def test_a_value_that_does_not_fit_is_told_once_at_the_call(written):
    child = 'variable "a" { type = number }\noutput "x" { value = var.a }\nlocals { b = var.a }\n'
    text = call("m", 'a = "x"') + 'output "o" { value = module.m.x }\n'
    (found,) = World().plan(written(text, m=child)).problems.errors
    assert (found.code, found.span.path, found.context) == (
        "invalid-variable-value", "main.hcl", 'module "m"'
    )  # fmt: skip


def test_a_precondition_of_an_output_inside_of_a_module_is_checked(written):
    rule = 'precondition {\n    condition = var.a > 1\n    error_message = "Too small."\n  }'
    child = f'variable "a" {{}}\noutput "x" {{\n  value = var.a\n  {rule}\n}}\n'
    planned = World().plan(written(call("m", "a = 1"), m=child))
    assert planned.checks == [("module.m.output.x", "output-precondition", "fail")]


def test_null_takes_the_default_where_null_is_forbidden(written):
    child = 'variable "a" {\n  default = 5\n  nullable = false\n}\noutput "x" { value = var.a }\n'
    text = call("m", "a = null") + 'output "o" { value = module.m.x }\n'
    assert World().plan(written(text, m=child)).draft.outputs[0].after.value == 5


def test_sensitivity_of_an_output_reaches_the_caller(written):
    child = 'output "x" {\n  value = "a"\n  sensitive = true\n}\n'
    planned = World().plan(written(call("m") + 'output "o" { value = module.m.x }\n', m=child))
    assert planned.codes == ["sensitive-output"]


def test_a_target_may_be_a_module_or_one_instance_of_it(written):
    text = written(each('["A", "B"]') + connector("a", "Other"))
    assert len(World().plan(text, targets=["module.m"]).actions) == 2
    one = World().plan(text, targets=['module.m["A"]']).actions
    assert list(one) == ['module.m["A"].send_connector.out']


def test_a_trigger_inside_of_a_module_means_its_own_resources(written):
    child = connector("a", "A${var.n}", spaces='["a${var.n}.example"]') + connector(
        "b", "B${var.n}", "lifecycle {\n    replace_triggered_by = [send_connector.a]\n  }",
        spaces='["b${var.n}.example"]',
    )  # fmt: skip
    child += 'variable "n" {}\n'
    text = written(call("m", "count = 2", "n = count.index"), m=child)
    world = World()
    world.apply(text)
    planned = world.plan(text, replacements=["module.m[0].send_connector.a"])
    assert planned.actions == {
        "module.m[0].send_connector.a": "replace",
        "module.m[0].send_connector.b": "replace",
    }


def test_a_module_that_is_no_longer_called_is_unmade_and_its_protection_kept(written):
    child = CHILD.replace("comment  ", "lifecycle { prevent_destroy = true }\n  comment  ")
    world = World()
    world.apply(written(call("m", 'name = "M"'), m=child))
    planned = world.plan(written(connector("a", "A")))
    assert planned.codes == ["protected"]


def test_destroy_reaches_into_modules(written):
    world = World()
    text = written(each('["A", "B"]'))
    world.apply(text)
    assert set(world.plan(text, Mode.DESTROY).actions.values()) == {"delete"}


def test_what_is_relevant_is_followed_into_modules_and_out(written):
    main = (
        connector("a")
        + """
    module "m" {
      source  = "./m"
      count   = 2
      name    = "N${count.index}"
      comment = send_connector.a.guid
    }
    output "o" { value = module.m[0].guid }
    output "p" { value = module.m[*].name }
    """
    )
    planned = World().plan(written(main))
    found = relevant(
        planned.draft.resolver.configuration, planned.draft.changes, planned.draft.outputs
    )
    assert [(one.resource, one.path) for one in found] == [
        ("module.m.send_connector.out", ("guid",)),
        ("module.m.send_connector.out", ("name",)),
        ("module.m[0].send_connector.out", ("guid",)),
        ("send_connector.a", ("guid",)),
    ]


def moved(origin, to, more=""):
    return f"moved {{\nfrom = {origin}\nto = {to}\n{more}}}\n"


def origins(planned):
    found = {str(c.address): str(c.moved_from) for c in planned.draft.changes if c.moved_from}
    assert set(planned.actions.values()) <= {"no-op"}, planned.actions
    return found


OUT = "send_connector.out"


def standing(main):
    world = World()
    world.apply(main)
    return world


def test_a_module_gets_another_name(written):
    world = standing(written(call("m", 'name = "A"')))
    after = call("n", 'name = "A"') + moved("module.m", "module.n")
    assert origins(world.plan(written(after))) == {f"module.n.{OUT}": f"module.m.{OUT}"}


def test_a_module_becomes_one_of_several(written):
    world = standing(written(call("m", 'name = "A"')))
    after = each('["A"]') + moved("module.m", 'module.m["A"]')
    assert origins(world.plan(written(after))) == {f'module.m["A"].{OUT}': f"module.m.{OUT}"}


def test_a_resource_moves_into_a_module_and_out_of_it(written):
    block = 'resource "send_connector" "a" {\nname = "A"\naddress_spaces = ["a.example"]\n'
    block += 'comment = "none"\n}\n'
    world = standing(written(block))
    inside = call("m", 'name = "A"') + moved("send_connector.a", f"module.m.{OUT}")
    assert origins(world.plan(written(inside))) == {f"module.m.{OUT}": "send_connector.a"}
    world.apply(written(inside))
    outside = block + moved(f"module.m.{OUT}", "send_connector.a")
    assert origins(world.plan(written(outside))) == {"send_connector.a": f"module.m.{OUT}"}


def test_instances_of_a_module_move_by_pattern(written):
    world = standing(written(each('["eu-A", "us-A"]')))
    after = (
        each('["us-A"]')
        + each('["A"]')
        .replace('module "m"', 'module "eu"')
        .replace("each.key", '"eu-${each.key}"')
        + moved('module.m["eu-*"]', 'module.eu["*"]')
    )
    assert origins(world.plan(written(after))) == {
        f'module.eu["A"].{OUT}': f'module.m["eu-A"].{OUT}'
    }


def test_a_resource_moves_from_one_module_into_another(written):
    world = standing(written(call("m", 'name = "A"')))
    after = call("n", 'name = "A"') + moved(f"module.m.{OUT}", f"module.n.{OUT}")
    assert origins(world.plan(written(after))) == {f"module.n.{OUT}": f"module.m.{OUT}"}


def test_a_module_is_destroyed_as_a_whole(written):
    world = standing(written(each('["A", "B"]')))
    block = "removed {\nfrom = module.m\nlifecycle {\ndestroy = true\n}\n}\n"
    assert set(world.plan(written(block)).actions.values()) == {"delete"}


def test_what_looks_renamed_in_modules_is_told(written):
    world = standing(written(call("m", 'name = "A"')))
    found = written(call("n", 'name = "A"'))
    (hint,) = lookalikes.found(world.plan(found).draft, found)
    pasted = written(call("n", 'name = "A"') + block(hint))
    assert origins(world.plan(pasted)) == {f"module.n.{OUT}": f"module.m.{OUT}"}


NEW = CHILD.replace('"send_connector" "out"', '"send_connector" "new"').replace(
    "send_connector.out.", "send_connector.new."
)


def test_what_a_module_says_counts_for_each_of_its_instances(written):
    world = standing(written(each('["A", "B"]')))
    found = written(each('["A", "B"]'), m=NEW + moved(OUT, "send_connector.new"))
    assert origins(world.plan(found)) == {
        f'module.m["{key}"].send_connector.new': f'module.m["{key}"].{OUT}' for key in "AB"
    }


def test_a_module_moves_and_what_is_in_it_as_well(written):
    world = standing(written(call("m", 'name = "A"')))
    after = call("n", 'name = "A"').replace("./m", "./n") + moved("module.m", "module.n")
    found = written(after, n=NEW + moved(OUT, "send_connector.new"))
    assert origins(world.plan(found)) == {"module.n.send_connector.new": f"module.m.{OUT}"}


def test_for_each_in_a_module_sees_the_values_of_each_instance(written):
    repeated = NEW.replace("{\n  name ", '{\n  for_each = toset(["k"])\n  name ').replace(
        "send_connector.new.", 'send_connector.new["k"].'
    )
    block = moved(
        OUT, "send_connector.new[each.key]", 'for_each = toset([var.name == "A" ? "k" : "l"])\n'
    )
    world = standing(written(each('["A", "B"]')))
    planned = world.plan(written(each('["A", "B"]'), m=repeated + block))
    assert planned.changes['module.m["A"].send_connector.new["k"]'].action == "no-op"
    assert planned.changes['module.m["B"].send_connector.new["l"]'].action == "delete"


def test_a_module_that_is_still_declared_does_not_move(written):
    main = call("m", 'name = "A"') + moved("module.m", "module.n")
    with pytest.raises(ReconcilerError) as caught:
        World().plan(written(main))
    assert [d.code for d in caught.value.diagnostics] == ["moved-still-declared"]


def test_a_module_is_let_go_as_a_whole(written):
    world = standing(written(each('["A", "B"]')))
    block = "removed {\nfrom = module.m\nlifecycle {\ndestroy = false\n}\n}\n"
    assert set(world.plan(written(block)).actions.values()) == {"forget"}
    with pytest.raises(ReconcilerError) as caught:
        world.plan(written(each('["A"]') + block))
    assert [d.code for d in caught.value.diagnostics] == ["removed-still-declared"]


def test_a_module_lets_go_of_a_resource_in_each_instance(written):
    world = standing(written(each('["A", "B"]')))
    block = f"removed {{\nfrom = {OUT}\nlifecycle {{\ndestroy = false\n}}\n}}\n"
    variables = 'variable "name" {}\nvariable "comment" { default = "" }\n'
    planned = world.plan(written(each('["A", "B"]'), m=variables + block))
    assert set(planned.actions.values()) == {"forget"}


def test_objects_are_taken_over_into_modules(written):
    world = World()
    world.stranger("A", address_spaces=("SMTP:a.example;1",), comment="none")
    block = (
        f'import {{\nfor_each = toset(["A"])\nto = module.m[each.key].{OUT}\nid = each.key\n}}\n'
    )
    planned = world.plan(written(each('["A"]') + block))
    assert planned.changes[f'module.m["A"].{OUT}'].imported


@pytest.mark.parametrize(
    ("child", "code"),
    [
        ('variable "v" {}\n', "ephemeral-argument"),
        ('variable "v" { ephemeral = true }\n', None),
        ('variable "v" { ephemeral = true }\noutput "o" { value = var.v }\n', "ephemeral-value"),
        ('variable "v" { ephemeral = true }\noutput "o" {\nvalue = 1\nephemeral = true\n}\n',
         "not-ephemeral"),
    ],
)  # fmt: skip
def test_a_module_says_what_is_ephemeral(written, child, code):
    main = 'variable "e" { ephemeral = true }\nmodule "p" {\n  source = "./p"\n  v = var.e\n}\n'
    world = World(variables={"e": mark("x", "ephemeral")})
    assert world.plan(written(main, p=child)).codes == ([code] if code else [])
