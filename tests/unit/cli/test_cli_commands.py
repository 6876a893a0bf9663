"""Each command with its use case replaced by a value: flags in, view and exit code out."""

import importlib
import io
import json

import pytest

from reconciler.app.fetch import Fetched
from reconciler.app.init import Ready
from reconciler.app.sim import Answer
from reconciler.cli.main import main
from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError, error, warning
from reconciler.model.event import (
    Finished,
    OutputsKnown,
    Planned,
    StepFailed,
    StepStarted,
    Stopping,
    Tally,
)
from reconciler.model.plan import Action, Change, Mode, Plan, Step, Verb
from reconciler.model.span import Span
from reconciler.model.state import Handle, Instance, Output, State

AT = Address("send_connector", "internet")
STEP = Step("s1", AT, Verb.CREATE, None, "Internet", {}, {})
CHANGE = Change(AT, Action.CREATE, None, {"name": "Internet"})
PLAN = Plan(Mode.NORMAL, "0", "l", 1, {}, "d", changes=(CHANGE,), steps=(STEP,))
EMPTY = Plan(Mode.NORMAL, "0", "l", 1, {}, "d")
STATE = State(
    "l",
    1,
    (
        Instance(AT, Handle("g-1"), {"name": "Internet"}),
        Instance(Address("send_connector", "out", "b"), Handle("g-2"), {"name": "B"}),
    ),
    {"o": Output("x\x1b", "string"), "s": Output("s3cret", "string", sensitive=True)},
)
REFUSED = error("refused", "Refused", "Port is taken. Choose another.")


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def answers(monkeypatch, tmp_path):
    """Makes the use case `module.name` answer with a value, or with a function's answer."""
    monkeypatch.chdir(tmp_path)

    def replace(module, name, answer):
        call = answer if callable(answer) else lambda *_, **__: answer
        monkeypatch.setattr(importlib.import_module(f"reconciler.app.{module}"), name, call)

    return replace


def run(*words, stdin=None, environment=None):
    """(exit code, stdout, stderr)."""
    out, err = io.StringIO(), io.StringIO()
    code = main(words, environment or {}, stdin or io.StringIO(), out, err)
    return code, out.getvalue(), err.getvalue()


def test_a_plan_without_changes_exits_with_0(answers):
    answers("planning", "make", EMPTY)
    code, out, err = run("plan", "-detailed-exitcode")
    assert (code, err) == (0, "")
    assert out.startswith("\nNo changes.")
    assert "-out" not in out


def test_a_plan_with_changes_exits_with_2_where_asked(answers):
    answers("planning", "make", PLAN)
    assert run("plan", "-detailed-exitcode")[0] == 2
    assert run("plan")[0] == 0


def test_planning_flags_reach_the_use_case(answers):
    seen = []

    def make(project, options, _):
        seen.append((project, options))
        return EMPTY

    answers("planning", "make", make)
    words = ("-target=a.b", "--target", "c.d", "-exclude=e.f", "-replace=g.h", "-parallelism=3")
    more = ("-lock-timeout=1m", "-m", "why", "-refresh=false", "-var", "x=1", "-var-file=f")
    environment = {"RECONCILER_WORKSPACE": "test"}
    assert run("plan", *words, *more, "-var=y=2", environment=environment)[0] == 0
    ((project, options),) = seen
    assert options.targets == ("a.b", "c.d")
    assert (options.excludes, options.replace) == (("e.f",), ("g.h",))
    assert (options.parallelism, options.lock_timeout, options.message) == (3, 60.0, "why")
    assert (options.mode, options.refresh) == (Mode.NORMAL, False)
    assert project.given == (("var", "x=1"), ("file", "f"), ("var", "y=2"))
    assert (project.workspace, project.ask) == ("test", None)


def test_targets_may_stand_in_files(answers, tmp_path):
    seen = []
    answers("planning", "make", lambda _, options, __: seen.append(options) or EMPTY)
    (tmp_path / "some").write_text("# ours\nc.d\n\n  e.f # and this\n", encoding="utf-8")
    (tmp_path / "not").write_text("g.h\n", encoding="utf-8")
    assert run("plan", "-target=a.b", "-target-file=some", "-exclude-file", "not")[0] == 0
    assert (seen[0].targets, seen[0].excludes) == (("a.b", "c.d", "e.f"), ("g.h",))
    assert seen[0].places["-target", "e.f"] == Span("some", 4, 3, 4, 6)
    code, _, err = run("plan", "-target-file=none")
    assert (code, "none cannot be read" in err) == (1, True)


@pytest.mark.parametrize("flag", ["-target-file=some", "-exclude-file=some"])
def test_a_saved_plan_cannot_be_narrowed_by_a_file(answers, flag):
    answers("apply", "run", None)
    assert run("apply", flag, "p.plan")[0] == 1


@pytest.mark.parametrize(
    ("flag", "mode"), [("-destroy", Mode.DESTROY), ("-refresh-only", Mode.REFRESH_ONLY)]
)
def test_the_mode_is_a_flag(answers, flag, mode):
    seen = []
    answers("planning", "make", lambda _, options, __: seen.append(options.mode) or EMPTY)
    run("plan", flag)
    assert seen == [mode]


@pytest.mark.parametrize(
    "words",
    [
        ("-refresh-only", "-destroy"),
        ("-refresh-only", "-refresh=false"),
        ("-refresh-only", "-replace=send_connector.a"),
        ("-destroy", "-replace=send_connector.a"),
    ],
)
def test_flags_that_contradict_each_other_are_refused(answers, words):
    answers("planning", "make", EMPTY)
    code, _, err = run("plan", *words)
    assert code == 1
    assert "contradict each other" in err
    assert all(word.partition("=")[0] in err for word in words)


def test_a_saved_plan_names_the_command_that_applies_it(answers):
    saved = []
    answers("saving", "make", (PLAN, None))
    answers("saving", "save", lambda _, plan, path, _basis: saved.append((plan, str(path))))
    _, out, _ = run("plan", "-out", "p.plan")
    assert saved == [(PLAN, "p.plan")]
    assert out.endswith('    reconciler apply "p.plan"\n')


def test_a_plan_as_json_is_lines_alone(answers):
    answers("planning", "make", PLAN)
    code, out, _ = run("plan", "-json", "-detailed-exitcode")
    kinds = [json.loads(line)["type"] for line in out.splitlines()]
    assert (code, kinds) == (2, ["version", "planned_change", "change_summary"])


def test_an_error_of_a_use_case_goes_to_stderr_with_its_exit_code(answers):
    def broken(*_):
        raise ReconcilerError(REFUSED, exit_code=6)

    answers("planning", "make", broken)
    code, out, err = run("plan")
    assert (code, out) == (6, "")
    assert err == "\nError: Refused\n\nPort is taken. Choose another.\n"


def applied(*events, tally=None, problem=None):
    """A use case that plans, asks, tells `events`, and ends."""

    def apply(_project, _options, emit, *, plan_file, approve):
        if plan_file is None:
            emit(Planned(PLAN))
        if not approve(PLAN):
            raise ReconcilerError(error("not-approved", "Not applied"))
        for event in events:
            emit(event)
        if tally:
            emit(Finished(tally, "normal"))
        if problem:
            raise problem
        return tally

    return apply


WELL = Tally(1, 0, 0, 0, 1, 0, 0)


def test_an_apply_that_went_well_ends_with_counts_and_outputs(answers):
    known = OutputsKnown({"o": Output(1, "number")})
    answers("apply", "run", applied(known, tally=WELL))
    code, out, err = run("apply", "-auto-approve")
    assert (code, err) == (0, "")
    assert out.endswith(
        "\nApply complete! Resources: 1 added, 0 changed, 0 destroyed.\n\nOutputs:\n\no = 1\n"
    )


@pytest.mark.parametrize("flags", [(), ("-json",)])
def test_success_is_not_told_where_the_run_breaks_at_its_very_end(answers, flags):
    answers("apply", "run", applied(tally=WELL, problem=ReconcilerError(REFUSED)))
    code, out, _ = run("apply", "-auto-approve", *flags)
    assert (code, "complete!" in out, "Apply incomplete." in out) == (1, False, True)


def test_nothing_to_do_is_a_success(answers):
    answers("apply", "run", None)
    code, out, _ = run("apply")
    assert code == 0
    assert out == "\nApply complete! Resources: 0 added, 0 changed, 0 destroyed.\n"


def test_an_apply_asks_and_only_yes_goes_on(answers):
    answers("apply", "run", applied(tally=WELL))
    assert run("apply", stdin=Terminal("yes\n"))[0] == 0
    code, out, err = run("apply", stdin=Terminal("no\n"))
    assert code == 1
    assert out.index("will be created") < out.index("Enter a value: ")
    assert "Error: Not applied" in err


@pytest.mark.parametrize("words", [("apply",), ("destroy",)])
def test_without_a_terminal_nothing_is_applied(answers, words):
    answers("apply", "run", applied(tally=WELL))
    code, _, err = run(*words, stdin=io.StringIO("yes\n"))
    assert code == 1
    assert "-auto-approve" in err


def test_input_false_asks_nobody_for_approval(answers):
    answers("apply", "run", applied(tally=WELL))
    assert run("apply", "-input=false", stdin=Terminal("yes\n"))[0] == 1


def test_a_saved_plan_is_applied_without_showing_or_asking(answers):
    answers("apply", "run", applied(tally=WELL))
    code, out, _ = run("apply", "p.plan")
    assert code == 0
    assert "will be created" not in out


PARTLY = Tally(1, 1, 1, 0, 1, 0, 0)


def test_a_failed_apply_ends_with_what_is_left_and_exits_with_4(answers):
    failed = (StepStarted(STEP), StepFailed(STEP, 1, (REFUSED,)))
    problem = ReconcilerError(REFUSED, exit_code=4)
    answers("apply", "run", applied(*failed, tally=PARTLY, problem=problem))
    code, out, err = run("apply", "-auto-approve")
    assert code == 4
    assert err.count("Error: Refused") == 1
    assert out.endswith(
        "Steps: 1 done, 1 failed, 1 skipped, 0 not started.\n"
        "\nTo go on, run:\n    reconciler apply\n"
    )


def test_counts_alone_tell_that_an_apply_was_partial(answers):
    answers("apply", "run", applied(tally=PARTLY))
    assert run("apply", "-auto-approve")[0] == 4


def test_a_stopped_run_exits_with_1(answers):
    answers("apply", "run", applied(Stopping("SIGINT"), tally=Tally(1, 0, 0, 2, 1, 0, 0)))
    assert run("apply", "-auto-approve")[0] == 1
    answers("apply", "run", applied(tally=Tally(1, 0, 0, 2, 1, 0, 0)))
    assert run("apply", "-auto-approve")[0] == 1


def test_trouble_before_the_first_step_is_just_an_error(answers):
    answers("apply", "run", applied(problem=ReconcilerError(REFUSED)))
    code, out, err = run("apply", "-auto-approve")
    assert (code, "Steps:" in out) == (1, False)
    assert "Error: Refused" in err


def test_destroy_plans_to_destroy(answers):
    seen = []

    def spy(_, options, *__, **___):
        seen.append(options.mode)

    answers("apply", "run", spy)
    assert run("destroy", "-auto-approve")[0] == 0
    assert seen == [Mode.DESTROY]


ODD = warning("odd", "Odd", "Odd indeed.", Span("main.hcl", 1, 1, 1, 4))


@pytest.mark.parametrize(
    ("findings", "code", "said"),
    [
        ((), 0, "Success! The configuration is valid.\n"),
        ((ODD,), 0, "Success! The configuration is valid, but look at the warnings above.\n"),
        ((REFUSED,), 1, ""),
    ],
)
def test_validate_says_whether_it_is_valid(answers, findings, code, said):
    answers("validate", "run", findings)
    found, out, _ = run("validate")
    assert found == code
    assert out.endswith(said)
    assert json.loads(run("validate", "-json")[1])["valid"] is (code == 0)


def test_validate_reports_a_folder_that_cannot_be_read_in_its_own_shape(answers):
    def broken(_):
        raise ReconcilerError(REFUSED)

    answers("validate", "run", broken)
    code, out, _ = run("validate", "-json")
    assert code == 1
    assert json.loads(out)["error_count"] == 1


def test_findings_show_the_line_of_the_file(answers, tmp_path):
    (tmp_path / "main.hcl").write_text("abc = 1\n", encoding="utf-8")
    answers("validate", "run", (ODD,))
    assert "   1: abc = 1\n      ^^^\n" in run("validate")[1]


def test_init_says_that_the_folder_is_ready(answers):
    answers("init", "run", Ready((Fetched("https://h/a.git?ref=v1", "a" * 40),)))
    said = run("init")[1]
    assert said.startswith(
        "Fetched https://h/a.git?ref=v1 at aaaaaaaaaaaa\n\nThis folder is ready"
    )
    assert said.endswith("    reconciler plan\n")
    assert run("init", "-json") == (0, "", "")


def test_init_points_to_validate_where_the_files_have_mistakes(answers):
    answers("init", "run", Ready(mistakes=True))
    assert run("init")[1].endswith("    reconciler validate\n")


def test_the_state_is_shown_as_text_and_json(answers):
    answers("inspect", "state", STATE)
    code, out, _ = run("show")
    assert code == 0
    assert out.startswith("# send_connector.internet:\n")
    assert "s3cret" not in out
    assert json.loads(run("show", "-json")[1])["format_version"] == "1.0"


def test_a_saved_plan_is_shown_as_text_and_json(answers):
    answers("saving", "load", (PLAN, None))
    assert "Plan: 1 to add" in run("show", "p.plan")[1]
    assert json.loads(run("show", "-json", "p.plan")[1])["format_version"] == "1.2"


@pytest.mark.parametrize(
    ("words", "listed"),
    [
        ((), ["send_connector.internet", 'send_connector.out["b"]']),
        (("send_connector.out",), ['send_connector.out["b"]']),
        (("send_connector.ou",), []),
    ],
)
def test_addresses_are_listed(answers, words, listed):
    answers("inspect", "state", STATE)
    assert run("state", "list", *words)[1].splitlines() == listed
    assert json.loads(run("state", "list", "-json", *words)[1]) == listed


def test_one_object_is_shown(answers):
    answers("inspect", "state", STATE)
    assert 'name = "B"' in run("state", "show", 'send_connector.out["b"]')[1]
    out = run("state", "show", "-json", "send_connector.internet")[1]
    assert json.loads(out) == {"name": "Internet"}


def test_an_object_that_is_not_there_is_an_error_with_the_nearest(answers):
    answers("inspect", "state", STATE)
    code, _, err = run("state", "show", "send_connector.internt")
    assert code == 1
    assert 'Did you mean "send_connector.internet"?' in " ".join(err.split())


def test_outputs_are_listed_and_read_by_name(answers):
    answers("inspect", "outputs", STATE.outputs)
    assert run("output")[1] == 'o = "x\\u001b"\ns = <sensitive>\n'
    assert run("output", "s")[1] == '"s3cret"\n'
    assert json.loads(run("output", "-json")[1])["s"]["sensitive"] is True
    assert json.loads(run("output", "-json", "s")[1]) == "s3cret"
    assert run("output", "-raw", "o")[1] == "x\x1b"
    assert run("output", "nope")[0] == 1


def test_a_raw_output_on_a_terminal_cannot_steer_it(answers):
    answers("inspect", "outputs", STATE.outputs)
    out = Terminal()
    assert main(["output", "-raw", "o"], {}, io.StringIO(), out, io.StringIO()) == 0
    assert out.getvalue() == "x\\u001b"


def test_no_outputs_are_a_warning(answers):
    answers("inspect", "outputs", {})
    code, out, _ = run("output")
    assert code == 0
    assert "Warning: No outputs found" in out


def test_the_graph_is_dot(answers):
    answers("inspect", "graph", (("b", "a"), (("b", "a"),)))
    assert '  "b" -> "a";\n' in run("graph")[1]


def test_sim_passes_its_words_on_and_prints_a_table_or_json(answers):
    seen = []
    answers(
        "sim", "run", lambda _, words, *_on: seen.append(list(words)) or Answer([{"Name": "X"}])
    )
    call = ("Set-SendConnector", "-Identity", "X", "-Port", "2525")
    assert run("sim", *call)[1] == "Name\n----\nX\n"
    assert json.loads(run("sim", *call, "-json")[1]) == [{"Name": "X"}]
    assert seen == [list(call)] * 2


@pytest.mark.parametrize(
    "words", [("-backend=cloud",), ("--backend=cloud",), ("-json", "-backend=cloud")]
)
def test_sim_asks_the_backend_that_stands_before_the_cmdlet(answers, words):
    seen = []
    answers("sim", "run", lambda _, call, backend: seen.append((*call, backend)) or Answer([]))
    run("sim", *words, "Get-InboundConnector")
    run("sim", "Get-InboundConnector", "x")
    assert seen == [("Get-InboundConnector", "cloud"), ("Get-InboundConnector", "x", "")]


def test_what_if_says_what_would_be_done(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("sim", "New-SendConnector", "-Name", "Lab", "-AddressSpaces", "lab.example")
    code, out, _ = run("sim", "Remove-SendConnector", "Lab", "-WhatIf")
    assert (code, out[:45]) == (0, "What if: Remove-SendConnector would be carrie")
    assert "Lab" in run("sim", "Get-SendConnector")[1]
