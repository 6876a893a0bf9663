"""The commands that change the record, from the command line to what is printed."""

import io
import json

import pytest

from reconciler.app import inspect
from reconciler.app.project import Project
from reconciler.cli.main import main
from reconciler.model.address import Address
from reconciler.model.state import Handle, Instance
from reconciler.store.amending import Amendment
from reconciler.store.base import Holder, Run, Settled

ANN = Holder("ann", "host-a", 1, "apply", "2026-01-01T00:00:00Z")
RUN = Run(0, "apply", "ann", "host-a", "why", "digest", "2026-01-01T00:00:00Z")
ROW = Instance(Address("send_connector", "a"), Handle("GUID-1"), {"name": "A"})


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = inspect.opened(Project(tmp_path, "default", {}))
    with made.lease(ANN, 0) as lease:
        made.amend(lease, RUN, Amendment([Settled("", str(ROW.address), None, ROW)], {}))
    return made


def run(*words, stdin=None):
    """(exit code, stdout, stderr)."""
    out, err = io.StringIO(), io.StringIO()
    code = main(words, {}, stdin or io.StringIO(), out, err)
    return code, out.getvalue(), err.getvalue()


def test_what_is_pulled_is_pushed_from_standard_input(store):
    _, text, _ = run("state", "pull")
    run("state", "rm", "send_connector.a")
    code, out, _ = run("state", "push", "-force", "-", stdin=io.StringIO(text))
    assert (code, out) == (0, "  + send_connector.a\n\n1 row(s) changed.\n")
    assert [str(row.address) for row in store.read().instances] == ["send_connector.a"]


@pytest.mark.usefixtures("store")
def test_a_file_that_is_not_there_cannot_be_pushed():
    code, _, err = run("state", "push", "nope.json")
    assert (code, "nope.json cannot be read" in err) == (1, True)


def test_edits_are_told_to_programs(store):
    _, out, _ = run("state", "mv", "-json", "-dry-run", "send_connector.a", "send_connector.b")
    told = [{"address": "send_connector.a", "to": "send_connector.b"}]
    assert json.loads(out) == {"dry_run": True, "objects": told}
    (before,) = store.read().instances
    assert before.version == 1


def test_a_message_is_kept_with_the_edit(store):
    run("state", "rm", "-m", "not ours", "send_connector.a")
    assert [(each.command, each.message) for each in store.runs()][-1] == ("state rm", "not ours")


@pytest.mark.usefixtures("store")
def test_objects_are_listed_by_guid_and_by_pattern():
    assert run("state", "list", "-id=guid-1")[1] == "send_connector.a\n"
    assert run("state", "list", "-id=guid-2")[1] == ""
    assert run("state", "list", "send_*")[1] == "send_connector.a\n"


def test_a_lease_is_taken_away_after_a_yes(store):
    with store.lease(ANN, 0) as lease:
        number = str(lease.fence)
        code, out, err = run("force-unlock", number, stdin=Terminal("no\n"))
        assert (code, "Not unlocked" in err, "ann on host-a" in out) == (1, True, True)
        assert store.leases()
        code, out, _ = run("force-unlock", number, stdin=Terminal("yes\n"))
        assert (code, f"held the lease {number}" in out) == (0, True)
        assert not store.leases()


def test_without_a_terminal_a_lease_is_taken_away_by_force_alone(store):
    with store.lease(ANN, 0) as lease:
        assert "use -force" in run("force-unlock", str(lease.fence))[2]
        assert run("force-unlock", "-force", str(lease.fence))[0] == 0


def test_an_edit_waits_for_the_state_as_long_as_it_is_told(store):
    with store.lease(ANN, 0):
        code, _, err = run("state", "rm", "-lock-timeout=10ms", "send_connector.a")
    assert (code, "force-unlock 2 " in err.replace("\n", " ")) == (1, True)
    assert len(store.read().instances) == 1
