"""Failures that a run expects."""

import pytest
from testing_bench import PLAN, Tests, given, holds, run


@pytest.fixture
def tests(tmp_path):
    return Tests(tmp_path)


def expects(*objects):
    return f"expect_failures = [{', '.join(objects)}]"


@pytest.mark.parametrize(
    ("values", "culprit"),
    [
        ({"name": '"bad"'}, "var.name"),
        ({"name": '"early"'}, "send_connector.a"),
        ({"name": '"loud"'}, "check.quiet"),
        ({"port": "70000"}, "send_connector.a"),
    ],
)
def test_what_must_fail_may_fail_and_nothing_else(tests, values, culprit):
    assert tests.codes(run("one", PLAN, given(**values), expects(culprit))) == []
    other = "var.port" if culprit != "var.port" else "var.name"
    assert tests.statuses(run("one", PLAN, given(**values), expects(other))) == ["error"]
    assert tests.statuses(run("one", PLAN, given(**values))) == ["error"]


def test_what_must_fail_and_does_not_is_an_error(tests):
    (file,) = tests.run(run("one", PLAN, expects("check.quiet", "var.name"))).files
    found = file.runs[0].diagnostics
    assert [d.code for d in found] == ["missing-expected-failure"] * 2
    assert [d.detail.split(" ")[0] for d in found] == ["check.quiet", "var.name"]


def test_a_check_that_must_fail_leaves_the_assertions_alone(tests):
    block = run("one", given(name='"loud"'), expects("check.quiet"), holds("false"))
    assert tests.codes(block) == ["assertion-failed"]


def test_a_failure_that_prevents_the_apply_is_too_early(tests):
    found = tests.codes(run("one", given(name='"early"'), expects("send_connector.a")))
    assert found == ["expected-failure-while-planning", "precondition-failed"]
    found = tests.codes(run("one", given(name='"bad"'), expects("var.name")))
    assert found == ["expected-failure-while-planning", "validation-failed"]


def test_a_refusal_of_exchange_can_be_expected(tests):
    tests.environment = {"RECONCILER_SIM_FAULTS": "New-*=permanent"}
    assert tests.codes(run("one", expects("send_connector.a"))) == []


def test_an_instance_can_be_expected_to_fail_or_any_of_its_block(tests):
    repeated = (
        (tests.root / "main.hcl").read_text().split("resource")[0]
        + 'resource "send_connector" "a" {\nfor_each = toset(["x", "y"])\nname = each.key\n'
        'address_spaces = ["lab.example"]\nlifecycle {\nprecondition {\n'
        'condition = each.key != "y"\nerror_message = "y"\n}\n}\n}\n'
    )
    tests.write("main.hcl", repeated)
    for culprit in ("send_connector.a", 'send_connector.a["y"]'):
        assert tests.codes(run("one", PLAN, expects(culprit))) == []
    assert tests.statuses(run("one", PLAN, expects('send_connector.a["x"]'))) == ["error"]
