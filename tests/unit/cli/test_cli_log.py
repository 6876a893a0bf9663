"""RECONCILER_LOG: what a run says of itself, to whom, and what it keeps to itself."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

from reconciler.app import inspect
from reconciler.app.project import Project
from reconciler.backends.base import BackendError, Outcome
from reconciler.backends.command import Command
from reconciler.backends.transports.logged import LoggedTransport
from reconciler.cli.main import main
from reconciler.model.log import Level
from reconciler.store.process import this_process

CONNECTOR = 'resource "send_connector" "a" {\n  name = "A"\n  address_spaces = ["*"]\n}\n'
ENTRY = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z \[([A-Z]+)\] +(\w+): (.+)")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs a command in a folder with one connector; the answer is its code and stderr."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.hcl").write_text(CONNECTOR, encoding="utf-8")

    def run(*words, **environment):
        stderr = io.StringIO()
        code = main(words, environment, io.StringIO(), io.StringIO(), stderr)
        return code, stderr.getvalue()

    return run


def entries(text):
    return [found.groups() for found in map(ENTRY.fullmatch, text.splitlines()) if found]


@pytest.mark.parametrize("level", ["", "off", "OFF"])
def test_nothing_is_logged_where_nobody_asks(run, level):
    sys.modules.pop("reconciler.cli.log", None)
    assert run("apply", "-auto-approve", RECONCILER_LOG=level) == (0, "")
    assert "reconciler.cli.log" not in sys.modules


def test_calls_steps_and_transactions_are_logged(run):
    code, err = run("apply", "-auto-approve", RECONCILER_LOG="debug")
    told = entries(err)
    assert code == 0
    assert {source for _, source, _ in told} == {"cli", "exchange", "run", "store"}
    assert any(line.startswith('New-SendConnector "A" (AddressSpaces') for _, _, line in told)
    assert any(line == "send_connector.a: Creating..." for _, _, line in told)


@pytest.mark.parametrize(
    ("asked", "levels"),
    [
        ("warn", {"WARN"}),
        ("info", {"WARN", "INFO"}),
        ("TRACE", {"WARN", "INFO", "DEBUG", "TRACE"}),
        ("anything", {"WARN", "INFO", "DEBUG", "TRACE"}),
    ],
)
def test_only_what_matters_enough_is_logged(run, asked, levels):
    faults = {"RECONCILER_SIM_FAULTS": "New-*#1=transient"}
    _, err = run("apply", "-auto-approve", RECONCILER_LOG=asked, **faults)
    assert {level for level, _, _ in entries(err)} == levels


def test_a_log_may_go_to_a_file_of_ours_and_be_added_to(run, tmp_path):
    path = tmp_path / "run.log"
    for _ in range(2):
        _, err = run("plan", RECONCILER_LOG="json", RECONCILER_LOG_PATH=str(path))
        assert err == ""
    told = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["@message"] for line in told].count("reconciler 0.1.0: plan") == 2
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_log_that_cannot_be_written_is_refused(run, tmp_path):
    path = str(tmp_path / "nowhere" / "run.log")
    code, err = run("plan", RECONCILER_LOG="info", RECONCILER_LOG_PATH=path)
    assert (code, "Error: Log cannot be written" in err) == (1, True)


def test_a_log_never_holds_the_values_of_arguments():
    told = []
    call = Command("Set", "SendConnector", {"Identity": "A", "Comment": "s3cret", "Port": 26})

    class Refusing:
        def invoke(self, _call):
            raise BackendError(Outcome.PERMANENT, "s3cret is no comment", "refused")

    transport = LoggedTransport(Refusing(), lambda *entry: told.append(entry))
    with pytest.raises(BackendError):
        transport.invoke(call)
    assert [level for level, _, _ in told] == [Level.TRACE, Level.WARN]
    assert told[1][2].startswith('Set-SendConnector "A" (Comment, Port): failed after 0.0')
    assert "s3cret" not in str(told)


def test_the_arguments_of_the_command_line_are_not_logged(run):
    _, err = run("plan", "-var=x=s3cret", RECONCILER_LOG="trace")
    assert "s3cret" not in "".join(line for _, _, line in entries(err))


def test_the_file_is_seen_from_where_the_command_was_started(run, tmp_path):
    (tmp_path / "inner").mkdir()
    (tmp_path / "main.hcl").rename(tmp_path / "inner" / "main.hcl")
    run("-chdir=inner", "validate", RECONCILER_LOG="info", RECONCILER_LOG_PATH="run.log")
    assert (tmp_path / "run.log").exists()
    assert Path.cwd() == tmp_path / "inner"


HIDDEN = """
variable "note" {
  default   = "s3cret"
  sensitive = true
}
resource "send_connector" "a" {
  name           = "A"
  address_spaces = ["a.example"]
  comment        = var.note
  lifecycle {
    prevent_destroy = true
  }
}
output "note" {
  value     = var.note
  sensitive = true
}
"""
RECORD = [
    (("state", "mv", "send_connector.a", "send_connector.b"), "amendment of send_connector.a"),
    (("state", "rm", "send_connector.a"), "amendment of send_connector.a"),
    (("state", "unprotect", "send_connector.a"), "amendment of send_connector.a"),
    (("taint", "send_connector.a"), "amendment of send_connector.a"),
    (("state", "push", "-force", "old.json"), "amendment of send_connector.a, output.note"),
    (("state", "pull"), "pull"),
    (("state", "rekey"), "rekey"),
    (("state", "migrate", "-to=sqlite:///copy.db"), "copy into copy.db"),
    (("workspace", "list"), "workspaces"),
    (("workspace", "new", "lab"), "lease, waiting at most 0 s"),
    (("workspace", "delete", "-force", "old"), "end of workspace old"),
    (("history",), "runs"),
    (("history", "verify"), "audit"),
    (("blame", "send_connector.a"), "history"),
]


@pytest.fixture
def recorded(run, tmp_path):
    """A state of which every one of these commands finds something to do."""
    (tmp_path / "main.hcl").write_text(HIDDEN, encoding="utf-8")
    assert run("apply", "-auto-approve")[0] == 0
    assert run("sim", "Set-SendConnector", "-Identity", "A", "-Name", "B")[0] == 0
    assert run("apply", "-auto-approve", RECONCILER_WORKSPACE="old")[0] == 0
    empty = Project(tmp_path, "empty", {})
    store = inspect.opened(empty)
    with store.lease(this_process("test"), 0):
        (tmp_path / "old.json").write_text(store.pull(), encoding="utf-8")
    return run


@pytest.mark.parametrize(("words", "told"), RECORD, ids=[" ".join(w) for w, _ in RECORD])
def test_what_is_read_and_written_of_the_record_is_logged(recorded, words, told):
    code, err = recorded(*words, RECONCILER_LOG="trace")
    assert code == 0, err
    store = [(level, line) for level, source, line in entries(err) if source == "store"]
    assert [level for level, line in store if line.startswith(f"{told}: ")] == ["DEBUG"], store
    assert "s3cret" not in err


def test_a_refusal_of_the_store_is_logged_with_its_code(recorded, tmp_path):
    (tmp_path / "copy.db").write_text("nonsense")
    lines = [("state", "migrate", "-to=sqlite:///copy.db"), ("state", "push", "copy.db")]
    for words, told in zip(
        lines, ["copy into copy.db: state-", "document: document-"], strict=True
    ):
        code, err = recorded(*words, RECONCILER_LOG="error")
        assert code == 1
        assert [line for _, source, line in entries(err) if source == "store" and told in line]
        assert "nonsense" not in err
