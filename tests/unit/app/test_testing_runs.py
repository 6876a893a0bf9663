"""Runs of tests: what they see, what they share, and what they leave behind."""

import pytest
from testing_bench import PLAN, Tests, given, holds, run

from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.plan import Plan
from reconciler.model.state import State
from reconciler.model.testing import Clearing, LeftOver


@pytest.fixture
def tests(tmp_path):
    return Tests(tmp_path)


def test_a_run_applies_and_sees_what_came_of_it(tests):
    seen = holds('length(output.guid) == 36 && send_connector.a.name == "Lab" && var.port == 25')
    assert tests.statuses(run("one", seen)) == ["pass"]


def test_a_run_that_plans_knows_no_guid(tests):
    assert tests.codes(run("one", PLAN, holds("output.guid != null"))) == ["unknown-condition"]
    assert tests.statuses(run("one", PLAN, holds('output.name == "Lab"'))) == ["pass"]


def test_an_assertion_that_fails_shows_the_values_that_it_used(tests):
    (file,) = tests.run(run("one", PLAN, holds("var.port == 26"), holds("false"))).files
    (one,) = file.runs
    assert (one.status, one.failed, one.asserted) == ("fail", 2, 2)
    assert [(d.code, d.used, d.context) for d in one.diagnostics] == [
        ("assertion-failed", (("var.port", "25"),), 'run "one"'),
        ("assertion-failed", (), 'run "one"'),
    ]


def test_a_failed_assertion_lets_the_next_run_begin_and_an_error_does_not(tests):
    assert tests.statuses(run("one", PLAN, holds("false")) + run("two", PLAN)) == ["fail", "pass"]
    assert tests.statuses(run("one", PLAN, holds("5")) + run("two", PLAN)) == ["error", "skip"]


def test_runs_of_a_file_share_their_state(tests):
    second = run("two", PLAN, given(port=26), holds("output.guid == run.one.guid"))
    assert tests.statuses(run("one") + second) == ["pass", "pass"]


def test_files_share_nothing(tests):
    tests.write("tests/b.test.hcl", run("one", PLAN, holds("output.guid != null")))
    assert tests.statuses(run("one")) == ["pass", "error"]


def test_the_run_is_stronger_than_the_file_and_the_file_than_the_command_line(tests):
    tests.given = (("var", "name=Line"), ("var", "port=27"))
    file = given(name='"File-${var.port}"')
    own = run(
        "own", PLAN, given(name='"Run of ${var.name}"'), holds('var.name == "Run of File-27"')
    )
    bare = run("bare", PLAN, holds('var.name == "File-27" && var.port == "27"'))
    assert tests.statuses(file + own + bare) == ["pass", "pass"]


def test_a_value_that_is_known_after_apply_cannot_be_given_on(tests):
    second = run("two", PLAN, given(name="run.one.guid"))
    assert tests.codes(run("one", PLAN) + second) == ["unknown-variable-value"]


def test_a_value_for_no_variable_is_a_warning(tests):
    (file,) = tests.run(run("one", PLAN, given(nam=1))).files
    assert [(d.code, d.severity) for d in file.runs[0].diagnostics] == [
        ("undeclared-variable-value", "warning")
    ]
    assert tests.codes(given(nam=1) + run("one", PLAN)) == []


def test_a_folder_may_stand_in_the_project_s_place(tests):
    tests.given = (("var", "port=26"),)
    tests.write(
        "testing/setup/main.hcl",
        """
        resource "send_connector" "s" {
          name           = "Setup"
          address_spaces = ["setup.example"]
        }

        output "name" {
          value = "${send_connector.s.name} 2"
        }

        output "place" {
          value = path.module
        }
        """,
    )
    setup = run(
        "setup",
        'module {\nsource = "./testing/setup"\n}',
        holds('output.place == "testing/setup" && send_connector.s.port == 25'),
    )
    use = run("use", given(name="run.setup.name"), holds('output.name == "Setup 2"'))
    assert tests.codes(setup + use) == []
    assert [e.run for e in tests.events if isinstance(e, Clearing)] == ["", "use", "setup"]


def test_a_folder_that_is_not_there_is_an_error_of_its_run(tests):
    lost = run("one", 'module {\nsource = "./nowhere"\n}')
    assert tests.codes(lost) == ["no-such-module"]


def test_plan_options_count(tests):
    lines = "plan_options {\nreplace = [send_connector.a]\ntarget = [send_connector.a]\n}"
    done = tests.run(run("one") + run("two", PLAN, lines))
    picture = done.files[0].runs[1].picture
    assert isinstance(picture, Plan)
    assert [change.action for change in picture.changes] == ["replace"]
    assert isinstance(done.files[0].runs[0].picture, State)


def test_nothing_of_the_project_is_touched(tests):
    tests.environment = {"RECONCILER_STATE_URL": "sqlite:///mine.db"}
    before = sorted(path.name for path in tests.root.rglob("*"))
    assert tests.statuses(run("one")) == ["pass"]
    assert sorted(p.name for p in tests.root.rglob("*")) == sorted([*before, "a.test.hcl"])


def test_a_backend_keeps_its_settings_but_not_its_database(tests):
    tests.write(
        "backend.hcl",
        'backend "simulated" {\nversion = "2010"\npath = "mine.db"\n'
        'faults = ["New-SendConnector=permanent"]\n}',
    )
    assert tests.codes(run("one")) == ["refused"]
    assert not (tests.root / "mine.db").exists()


@pytest.mark.parametrize(
    ("path", "statuses"),
    [("", ["pass"]), ('path = "one.db"\n', ["error"])],
    ids=["apart", "shared"],
)
def test_backends_have_a_database_each_and_are_refused_where_they_say_otherwise(
    tests, path, statuses
):
    tests.write(
        "backend.hcl",
        f'backend "simulated" {{\n{path}}}\nbackend "simulated" {{\nalias = "lab"\n{path}}}',
    )
    twin = 'backend = simulated.lab\nname = "Lab"\naddress_spaces = ["a.example"]\n'
    tests.write("twin.hcl", f'resource "send_connector" "twin" {{\n{twin}}}')
    assert tests.statuses(run("one")) == statuses


def test_a_backend_of_another_kind_is_simulated(tests):
    tests.write(
        "backend.hcl",
        'backend "exchange" {\nversion = "2010"\nserver = "real"\npassword = var.nowhere\n}',
    )
    tests.write("secret.hcl", 'variable "nowhere" {\ndefault = "x"\n}')
    assert tests.statuses(run("one")) == ["pass"]


def test_what_was_made_is_destroyed_even_if_it_is_protected(tests):
    main = tests.root / "main.hcl"
    guarded = main.read_text().replace("lifecycle {", "lifecycle {\nprevent_destroy = true", 1)
    main.write_text(guarded)
    assert tests.run(run("one")).status == "pass"


def test_what_cannot_be_destroyed_is_told(tests):
    tests.environment = {"RECONCILER_SIM_FAULTS": "Remove-*=permanent"}
    done = tests.run(run("one"))
    assert (done.status, [r.status for r in done.files[0].runs]) == ("error", ["pass"])
    (left,) = (event for event in tests.events if isinstance(event, LeftOver))
    assert (left.run, left.addresses) == ("one", ("send_connector.a",))


def test_files_are_found_here_and_in_the_folder_of_tests(tests):
    for name in ("b.test.hcl", "tests/c.test.hcl", "tests/c.hcl", "tests/deep/d.test.hcl"):
        tests.write(name, run("one", PLAN))
    tests.write("spec/e.test.hcl", run("one", PLAN))
    found = lambda **chosen: [file.path for file in tests.run(**chosen).files]  # noqa: E731
    assert found() == ["b.test.hcl", "tests/c.test.hcl"]
    assert found(folder="spec") == ["b.test.hcl", "spec/e.test.hcl"]
    assert found(only=("./tests/c.test.hcl",)) == ["tests/c.test.hcl"]


def test_a_file_that_is_asked_for_must_be_there(tests):
    tests.write("b.test.hcl", run("one", PLAN))
    with pytest.raises(ReconcilerError, match="No such file of tests") as caught:
        tests.run(only=("a.test.hcl",))
    assert 'Did you mean "b.test.hcl"?' in caught.value.diagnostics[0].detail


def test_without_tests_there_is_nothing_to_fail(tests):
    done = tests.run()
    assert (done.status, done.files) == ("pass", ())


def test_tests_in_json_are_tests(tests):
    tests.write(
        "a.test.hcl.json",
        """
        {
          "variables": {"name": "File-${1 + 1}"},
          "run": {
            "one": {
              "command": "plan",
              "assert": {"condition": "${var.name == \\"File-2\\"}", "error_message": "${var.name}"}
            },
            "two": {
              "command": "plan",
              "variables": {"name": "bad"},
              "expect_failures": ["var.name"]
            }
          }
        }
        """,
    )
    assert tests.statuses() == ["pass", "pass"]


def test_what_lives_in_state_alone_is_made_and_destroyed_like_the_rest(tests):
    tests.write("data.hcl", 'resource "reconciler_data" "d" {\n  input = var.name\n}\n')
    first = run("one", holds('reconciler_data.d.output == "Lab"'))
    second = run("two", PLAN, given(port=26), holds('reconciler_data.d.output == "Lab"'))
    assert tests.statuses(first + second) == ["pass", "pass"]
    assert not any(isinstance(event, LeftOver) for event in tests.events)
