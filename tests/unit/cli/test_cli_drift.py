"""`drift` and `drift accept` on the command line."""

import importlib
import io
import json

import pytest

from reconciler.app.drift import Found
from reconciler.cli import argv
from reconciler.cli.main import main
from reconciler.model.accepted import Accepted
from reconciler.model.address import Address
from reconciler.model.audit import Blamed
from reconciler.model.diagnostic import ReconcilerError, error, warning
from reconciler.model.plan import Difference, Drift

AT = Address("send_connector", "a")
DRIFT = Drift(AT, {"port": 25}, {"port": 26}, (Difference("port", 25, 26),))


def run(*words):
    out, err = io.StringIO(), io.StringIO()
    code = main(words, {}, io.StringIO(), out, err)
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def answers(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def replace(module, answer):
        seen = []

        def call(*words, **options):
            seen.append((*words[1:2], options))
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setattr(importlib.import_module(f"reconciler.app.{module}"), "run", call)
        return seen

    return replace


def test_drift_exits_with_2_where_there_is_any_and_0_where_there_is_none(answers):
    answers("drift", Found((Blamed(DRIFT, {}),), ()))
    assert run("drift")[0] == 2
    answers("drift", Found((), ()))
    assert run("drift")[0] == 0


def test_an_error_is_no_drift(answers):
    answers("drift", ReconcilerError(error("x", "No")))
    assert run("drift")[0] == 1


def test_addresses_reach_the_use_case(answers):
    seen = answers("drift", Found((), ()))
    run("drift", "a.b", "c.*")
    assert seen[0][0] == ("a.b", "c.*")


def test_a_log_that_cannot_be_read_is_told_to_people_and_to_programs(answers):
    answers("drift", Found((Blamed(DRIFT, {}),), (warning("w", "W", "Look."),)))
    assert "Look." in "".join(run("drift")[1:])
    assert json.loads(run("drift", "-json")[1])["warnings"] == [{"code": "w", "detail": "Look."}]


def test_accept_takes_a_target_and_flags(answers):
    seen = answers("accept", Accepted(AT, ("port",)))
    assert run("drift", "accept", "send_connector.a", "-dry-run", "-lock-timeout=2s")[0] == 0
    assert seen == [("send_connector.a", {"dry": True, "wait": 2.0})]
    assert json.loads(run("drift", "accept", "send_connector.a", "-json")[1])["dry_run"] is False


def test_accept_needs_a_target(answers):
    answers("accept", Accepted(AT))
    assert run("drift", "accept")[0] == 1


@pytest.mark.parametrize(
    ("words", "command", "rest"),
    [
        (("drift",), "drift", ()),
        (("drift", "accept"), "drift accept", ()),
        (("drift", "accept", "a.b"), "drift accept", ("a.b",)),
        (("drift", "send_connector.accept"), "drift", ("send_connector.accept",)),
        (("drift", "-json", "accept"), "drift", ("-json", "accept")),
        (("state", "list", "x"), "state list", ("x",)),
    ],
)
def test_a_command_may_begin_another(words, command, rest):
    line = argv.split(words)
    assert (line.command, line.rest) == (command, rest)
