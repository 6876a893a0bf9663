"""What may be done without a question, and how much may go."""

import importlib
import io
import json

import pytest

from reconciler.cli.main import main
from reconciler.model.address import Address
from reconciler.model.brake import Brake, BrakeReason
from reconciler.model.event import Finished, Planned, Tally
from reconciler.model.plan import Action, Change, Drift, Mode, Plan

HELD = 6
TALLY = Tally(1, 0, 0, 0, 1, 0, 0)


def at(name):
    return Address("send_connector", name)


def change(name, action, **more):
    return Change(at(name), action, {"name": name}, {"name": name}, **more)


def plan(*changes, **more):
    return Plan(Mode.NORMAL, "0", "l", 1, {}, "d", changes=changes, **more)


GONE = change("a", Action.DELETE), change("b", Action.REPLACE), change("c", Action.CREATE)
ROUTE = Brake(BrakeReason.ONLY_ROUTE, "a.example", (at("a"),))
SHARE = Brake(BrakeReason.SHARE, "send_connector", (at("a"), at("b")), 12)
MARKED = Brake(BrakeReason.PROTECTED, "send_connector.a", (at("a"),))


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def cli(monkeypatch, tmp_path):
    """Runs a command line where this plan is made: (exit code, stdout, stderr, was it done?)."""
    monkeypatch.chdir(tmp_path)

    def call(made, *words, stdin=None):
        done = []

        def apply(_project, _options, emit, *, plan_file, approve):
            if plan_file is None:
                emit(Planned(made))
            if approve(made):
                done.append(made)
                emit(Finished(TALLY, "normal"))

        def put(module, name, answer):
            monkeypatch.setattr(importlib.import_module(f"reconciler.app.{module}"), name, answer)

        put("apply", "run", apply)
        put("planning", "make", lambda *_: made)
        put("saving", "load", lambda *_: (made, None))
        out, err = io.StringIO(), io.StringIO()
        code = main(words, {}, stdin or io.StringIO(), out, err)
        return code, out.getvalue(), err.getvalue(), bool(done)

    return call


@pytest.mark.parametrize(
    ("words", "stdin"),
    [
        (("apply", "-auto-approve"), None),
        (("destroy", "-auto-approve"), None),
        (("apply",), Terminal("yes\n")),
        (("apply", "p.plan"), None),
        (("apply", "-auto-approve", "p.plan"), None),
        (("apply", "-auto-approve", "-allow-destroy=1"), None),
    ],
)
def test_a_plan_that_is_held_up_is_not_carried_out(cli, words, stdin):
    code, _, err, done = cli(plan(*GONE, brakes=(SHARE,)), *words, stdin=stdin)
    assert (code, done) == (HELD, False)
    assert "-allow-destroy=2" in err


@pytest.mark.parametrize(
    "words",
    [
        ("apply", "-auto-approve", "-allow-destroy=2"),
        ("apply", "-allow-destroy", "5", "p.plan"),
        ("destroy", "-auto-approve", "--allow-destroy=2"),
    ],
)
def test_whoever_says_how_much_may_go_is_not_held_up(cli, words):
    code, *_, done = cli(plan(*GONE, brakes=(SHARE,)), *words)
    assert (code, done) == (0, True)


def test_allowing_much_to_go_is_no_approval(cli):
    code, _, err, done = cli(plan(*GONE, brakes=(SHARE,)), "apply", "-allow-destroy=2")
    assert (code, done) == (1, False)
    assert "Nobody to ask" in err


def test_the_refusal_says_what_is_lost(cli):
    err = cli(plan(*GONE, brakes=(SHARE, ROUTE, MARKED)), "apply", "-auto-approve")[2]
    assert "2 of 12 of the type send_connector at once" in err
    assert "send_connector.a: the only route for a.example" in err
    assert "send_connector.a: protected, as state remembers it" in err


def test_a_long_refusal_is_cut(cli):
    brakes = [Brake(BrakeReason.ONLY_ROUTE, f"{n}.example", (at("a"),)) for n in range(12)]
    err = cli(plan(*GONE, brakes=tuple(brakes)), "apply", "-auto-approve")[2]
    assert "and 2 more" in err
    assert "11.example" not in err


@pytest.mark.parametrize("words", [("plan",), ("show", "p.plan")])
def test_a_plan_says_already_what_apply_will_need(cli, words):
    code, out, _, _ = cli(plan(*GONE, brakes=(SHARE,)), *words)
    assert code == 0
    assert "apply will need -allow-destroy=2" in out
    assert "allow-destroy" not in cli(plan(*GONE), *words)[1]


def test_programs_are_told_as_well(cli):
    made = plan(*GONE, brakes=(SHARE,))
    code, out, _, _ = cli(made, "apply", "-auto-approve", "-json")
    last = json.loads(out.splitlines()[-1])
    assert (code, last["diagnostic"]["code"]) == (HELD, "destroy-not-allowed")
    lines = [json.loads(line) for line in cli(made, "plan", "-json")[1].splitlines()]
    assert lines[-1]["diagnostic"]["code"] == "needs-allow-destroy"


def test_how_much_may_go_is_a_number(cli):
    assert cli(plan(*GONE), "apply", "-auto-approve", "-allow-destroy=0")[0] == 1
    assert cli(plan(*GONE), "apply", "-auto-approve", "-allow-destroy=all")[0] == 1


MAKING = change("a", Action.CREATE), change("b", Action.UPDATE)


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        (MAKING, "-auto-approve=create,update"),
        (MAKING, "-auto-approve= update , create"),
        (MAKING[:1], "-auto-approve=create"),
        (GONE, "-auto-approve=create,replace,delete"),
        (GONE, "-auto-approve"),
        (GONE, "-auto-approve=true"),
        ((change("a", Action.READ),), "-auto-approve=create"),
        ((change("a", Action.NO_OP, imported="g"),), "-auto-approve=import"),
        ((change("a", Action.NO_OP, moved_from=at("z")),), "-auto-approve=move"),
        ((change("a", Action.FORGET),), "-auto-approve=forget"),
        ((change("a", Action.CREATE_FIRST),), "-auto-approve=replace"),
    ],
)
def test_what_is_approved_beforehand_needs_no_question(cli, changes, flag):
    code, *_, done = cli(plan(*changes), "apply", flag)
    assert (code, done) == (0, True)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (GONE, "  delete: send_connector.a\n  replace: send_connector.b\n"),
        ((change("a", Action.UPDATE, imported="g"),), "  import: send_connector.a\n"),
        ((change("a", Action.UPDATE, moved_from=at("z")),), "  move: send_connector.a\n"),
        ((change("a", Action.FORGET),), "  forget: send_connector.a\n"),
    ],
)
def test_without_a_terminal_all_that_is_not_approved_is_named(cli, changes, said):
    code, _, err, done = cli(plan(*changes), "apply", "-auto-approve=create,update")
    assert (code, done) == (1, False)
    assert f"-auto-approve=create,update leaves these without approval:\n{said}" in err


def test_at_a_terminal_the_rest_is_asked_about(cli):
    words = ("apply", "-auto-approve=create,update")
    code, out, _, done = cli(plan(*GONE), *words, stdin=Terminal("yes\n"))
    assert (code, done) == (0, True)
    assert out.index("  delete: send_connector.a") < out.index("Enter a value: ")
    assert cli(plan(*GONE), *words, stdin=Terminal("no\n"))[3] is False
    assert "Enter a value" not in cli(plan(*MAKING), *words, stdin=Terminal("yes\n"))[1]


def test_a_saved_plan_does_no_more_than_a_list_of_actions_says(cli):
    code, *_, done = cli(plan(*GONE), "apply", "-auto-approve=create", "p.plan")
    assert (code, done) == (1, False)
    assert cli(plan(*MAKING), "apply", "-auto-approve=create,update", "p.plan")[3]


def test_taking_drift_over_is_an_action_of_its_own(cli):
    drift = (Drift(at("a"), {"name": "a"}, None),)
    made = Plan(Mode.REFRESH_ONLY, "0", "l", 1, {}, "d", drift=drift)
    assert cli(made, "apply", "-refresh-only", "-auto-approve=create")[0] == 1
    assert cli(made, "apply", "-refresh-only", "-auto-approve=refresh")[3]


def test_with_json_the_rest_is_an_error(cli):
    code, out, _, done = cli(plan(*GONE), "apply", "-json", "-auto-approve=create")
    assert (code, done) == (1, False)
    assert "delete: send_connector.a" in json.loads(out.splitlines()[-1])["diagnostic"]["detail"]


def test_an_action_that_there_is_not_is_refused(cli):
    code, _, err, done = cli(plan(*MAKING), "apply", "-auto-approve=create,updat")
    assert (code, done) == (1, False)
    assert 'Did you mean "update"?' in err
    assert "import, move" in cli(plan(*MAKING), "apply", "-auto-approve=x")[2]


def test_asking_can_be_said_too(cli):
    assert cli(plan(*MAKING), "apply", "-auto-approve=false")[0] == 1
