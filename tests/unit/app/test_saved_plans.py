"""A plan that waited in a file: what it left open is filled in when it runs."""

import pytest
from app_bench import Run, block, condition, out

from reconciler.app import inspect, saving
from reconciler.app.planning import Options
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.outline import Relevant
from reconciler.model.plan import Mode

A, B = "send_connector.a", "send_connector.b"
CREDENTIAL = """
dns_routing_enabled       = false
smart_hosts               = ["mx.example"]
smart_host_auth_mechanism = "BasicAuth"
authentication_credential = { username = "u", password = var.p }
"""
VARIABLE = 'variable "p" { sensitive = true }\n'


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def value(run, address, name):
    rows = inspect.state(run.project).instances
    return next(row.values[name] for row in rows if str(row.address) == address)


def refusal(run):
    with pytest.raises(ReconcilerError) as caught:
        run.apply_saved()
    return [found.code for found in caught.value.diagnostics]


def test_a_value_that_was_not_known_is_filled_in(run):
    run.write(block("a", f"comment = {B}.guid") + block("b") + out("o", f"{A}.comment"))
    run.save()
    run.apply_saved()
    assert value(run, A, "comment") == value(run, B, "guid") == run.outputs["o"]


def test_instances_that_hang_on_others_find_their_values(run):
    text = block("b", repeat="for_each = { x = 1 }")
    text += block("a", f"comment = {B}[each.key].guid", repeat=f"for_each = {B}")
    run.write(text)
    run.save()
    assert run.apply_saved().added == 2
    assert value(run, f'{A}["x"]', "comment") == value(run, f'{B}["x"]', "guid")


def test_instances_of_modules_that_hang_on_resources_find_their_values(run):
    (run.root / "m").mkdir()
    inner = 'variable "v" {}\n' + block("a", "comment = var.v") + out("o", f"{A}.comment")
    (run.root / "m" / "main.hcl").write_text(inner)
    call = 'module "m" {\n  source = "./m"\n  for_each = { k = send_connector.b.guid }\n'
    run.write(block("b") + call + "  v = each.value\n}\n" + out("o", 'module.m["k"].o'))
    run.save()
    assert run.apply_saved().added == 2
    guid = value(run, B, "guid")
    assert value(run, f'module.m["k"].{A}', "comment") == guid == run.outputs["o"]


def test_a_password_is_asked_for_again(run):
    run.write(VARIABLE + block("a", CREDENTIAL))
    run.given = (("var", "p=hush"),)
    run.save()
    assert b"hush" not in (run.root / "plan").read_bytes()
    assert run.apply_saved().added == 1
    assert run.plan() == ({}, {})


def test_another_password_is_refused_before_anything_is_done(run):
    run.write(VARIABLE + block("a", CREDENTIAL) + block("b"))
    run.given = (("var", "p=hush"),)
    run.save()
    run.given = (("var", "p=other"),)
    assert refusal(run) == ["secret-differs-from-plan"]
    assert run.state == []


def test_variables_are_those_of_the_plan(run):
    run.write('variable "v" {}\n' + block("a", "comment = var.v"))
    run.given = (("var", "v=planned"),)
    run.save()
    run.given = ()
    run.apply_saved()
    assert value(run, A, "comment") == "planned"


def test_only_the_targets_of_the_plan_are_done(run):
    run.write(block("a") + block("b", f"comment = {A}.guid") + out("o", f"{B}.port"))
    run.save(targets=(A,))
    run.apply_saved()
    assert (run.state, run.outputs) == ([A], {})


def test_a_saved_destruction_destroys(run):
    run.apply(block("a") + block("b", f"comment = {A}.guid"))
    run.save(mode=Mode.DESTROY)
    assert run.apply_saved().destroyed == 2
    assert run.state == []


def test_a_postcondition_is_checked_when_a_saved_plan_runs(run):
    held = condition("postcondition", 'self.guid == "never"', '"post"')
    run.write(block("a", held))
    run.save()
    assert run.apply_saved().failed == 1


def test_a_precondition_is_checked_when_a_saved_plan_runs(run):
    held = condition("precondition", f'{B}.guid == "never"', '"pre"')
    run.write(block("a", held) + block("b"))
    run.save()
    assert run.apply_saved().failed == 1
    assert run.state == [B]


def test_a_rule_that_only_apply_can_check_is_checked(run):
    text = block("b") + block("a", f'tls_domain = {B}.guid == "x" ? null : "x.example"')
    run.write(text)
    run.save()
    assert run.apply_saved().failed == 1
    assert run.state == [B]


def test_a_plan_of_other_files_is_refused(run):
    run.write(block("a"))
    run.save()
    run.write(block("b"))
    assert refusal(run) == ["stale-plan"]


def test_a_plan_of_a_state_that_has_moved_on_is_refused(run):
    run.apply(block("a"))
    run.write(block("a", "port = 1"))
    run.save()
    run.apply()
    assert refusal(run) == ["stale-plan"]


def test_a_saved_plan_tells_what_it_was_made_of(run):
    run.write(block("a", f"comment = {B}.guid") + block("b"))
    run.apply()
    run.write(block("a", f"comment = {B}.guid", "port = 26") + block("b"))
    made, basis = saving.make(run.project, Options(), lambda _event: None)
    saving.save(run.project, made, run.root / "plan", basis)
    again, told = saving.load(run.project, run.root / "plan")
    assert (again, told) == (made, basis)
    assert [str(row.address) for row in told.prior] == [A, B]
    assert told.relevant == (Relevant(B, ("guid",)),)
    run.apply_saved()
    assert value(run, A, "port") == 26
