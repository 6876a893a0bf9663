"""Files of tests: what may stand in them, and what is said of anything else."""

import pytest

from reconciler.config.decode_test import script
from reconciler.lang.parse import parse
from reconciler.model.diagnostic import Collector
from reconciler.model.plan import Mode


def read(text):
    problems = Collector()
    return script("a.test.hcl", parse(text, "a.test.hcl", problems), problems), problems


def codes(text):
    return [found.code for found in read(text)[1]]


def test_a_run_applies_unless_it_says_plan():
    found, _ = read('run "a" {}\nrun "b" {\n  command = plan\n}\nrun "c" {\n  command = apply\n}')
    assert [(run.name, run.applies) for run in found.runs] == [
        ("a", True),
        ("b", False),
        ("c", True),
    ]


def test_options_objects_and_folders_are_read():
    found, problems = read(
        """
        run "a" {
          expect_failures = [var.x, send_connector.a["k"], module.m.check.c]
          module {
            source = "./testing/setup"
          }
          plan_options {
            mode    = refresh-only
            refresh = false
            replace = [send_connector.a[0]]
            target  = [module.m]
          }
        }
        """
    )
    (run,) = found.runs
    assert [e.object for e in run.expected] == [
        "var.x",
        'send_connector.a["k"]',
        "module.m.check.c",
    ]
    assert (run.module, run.state) == ("./testing/setup", "./testing/setup")
    assert (run.options.mode, run.options.refresh) == (Mode.REFRESH_ONLY, False)
    assert (run.options.replace, run.options.target) == (("send_connector.a[0]",), ("module.m",))
    assert problems.found == []


def test_runs_with_a_state_key_share_their_state():
    found, _ = read('run "a" {\n  state_key = "x"\n}\nrun "b" {}')
    assert [run.state for run in found.runs] == ["x", ""]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('run "a" {\n  command = "plan"\n}', "invalid-word"),
        ('run "a" {\n  command = destroy\n}', "invalid-word"),
        ('run "a" {}\nrun "a" {}', "duplicate-name"),
        ("run {}", "wrong-labels"),
        ('resource "a" "b" {}', "unknown-block"),
        ("mock_provider {}", "unknown-block"),
        ("x = 1", "unknown-argument"),
        ("variables {}\nvariables {}", "duplicate-block"),
        ('run "a" {\n  assert {\n    condition = true\n  }\n}', "missing-argument"),
        ('run "a" {\n  expect_failures = ["var.x"]\n}', "not-a-reference"),
        ('run "a" {\n  module {\n    source = "git::x"\n  }\n}', "module-is-no-folder"),
        ('run "a" {\n  plan_options {\n    mode = destroy\n  }\n}', "invalid-word"),
    ],
)
def test_a_mistake_is_told_with_its_place(text, code):
    found, problems = read(text)
    assert [one.code for one in problems] == [code]
    assert all(one.span is not None and one.detail for one in problems)
    assert found.path == "a.test.hcl"
