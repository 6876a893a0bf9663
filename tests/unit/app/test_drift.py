"""What the drift use case finds, and what it leaves alone."""

from dataclasses import replace

import pytest
from app_bench import block
from drift_bench import Drifted

from reconciler.app import session
from reconciler.backends import open as opening
from reconciler.backends.admin_audit_log import AdminAuditLog
from reconciler.backends.base import BackendError, Outcome
from reconciler.catalog.index import everything
from reconciler.model.audit import Deed
from reconciler.model.diagnostic import ReconcilerError
from reconciler.views import drift as text_view
from reconciler.views import json_drift
from reconciler.views.palette import Look


@pytest.fixture
def run(tmp_path):
    made = Drifted(tmp_path)
    made.apply(block("a") + block("b"))
    return made


def opened_with(monkeypatch, audit):
    """Every backend has that log from now on."""
    opened = opening.open_backend

    def changed(*args, **others):
        backend = opened(*args, **others)
        backend.capabilities = replace(backend.capabilities, audit=audit)
        return backend

    monkeypatch.setattr(session, "open_backend", changed)


def test_without_a_change_by_others_nothing_is_found(run):
    assert run.told() == {}


def test_a_configuration_that_is_not_applied_yet_is_no_drift(run):
    run.write(block("a", "port = 2525") + block("c"))
    assert run.told() == {}


def test_a_change_is_told_with_who_when_and_how(run):
    run.admin("Set", Identity="a", Port=2525)
    (one,) = run.found().drift
    deed = one.deeds["port"]
    assert (deed.user, deed.cmdlet) == ("CONTOSO\\bob", "Set-SendConnector")
    assert deed.time.endswith("Z")


def test_a_removal_is_told_with_who_did_it(run):
    run.admin("Remove", Identity="b", Confirm=False)
    (one,) = run.found().drift
    assert (one.drift.after, one.removal.user) == (None, "CONTOSO\\bob")


def test_patterns_choose_what_is_told(run):
    run.admin("Set", Identity="a", Port=2525)
    run.admin("Set", Identity="b", Port=2525)
    assert run.told("send_connector.a") == {"send_connector.a": {"port"}}
    assert len(run.told("send_connector.*")) == 2


def test_a_pattern_that_means_nothing_is_refused(run):
    with pytest.raises(ReconcilerError) as caught:
        run.found("send_connector.z")
    assert [d.code for d in caught.value.diagnostics] == ["unknown-address"]


def test_looking_writes_nothing_and_waits_for_nobody(run):
    run.admin("Set", Identity="a", Port=2525)
    state = run.root / ".reconciler" / "state.db"
    before = state.read_bytes()
    with session.session(run.project) as at, at.store.lease(session.this_process("apply"), 0):
        held = state.read_bytes()
        assert len(run.told()) == 1
        assert state.read_bytes() == held
    assert len(run.told()) == 1
    assert len(before) == len(state.read_bytes())


def test_a_backend_without_a_log_tells_the_difference_alone(run, monkeypatch):
    run.set("a", Port=2525)
    opened_with(monkeypatch, None)
    assert run.told() == {"send_connector.a": {"port"}}
    assert run.found().drift[0].deeds == {}
    assert run.found().warnings == ()


def test_any_backend_may_bring_its_log(run, monkeypatch):
    class Log:
        def changes(self, rtype):
            assert rtype.name == "send_connector"
            return [Deed("then", "somebody", "Set-SendConnector", "a", {"Port": "2525"})]

    run.set("a", Port=2525)
    opened_with(monkeypatch, Log())
    assert run.found().drift[0].deeds["port"].user == "somebody"


def test_a_busy_log_is_asked_again(run, monkeypatch):
    asked = []

    def busy(self, rtype):
        asked.append(rtype)
        if len(asked) == 1:
            raise BackendError(Outcome.TRANSIENT, "Busy.", "busy")
        return changes(self, rtype)

    changes = AdminAuditLog.changes
    run.set("a", Port=2525)
    monkeypatch.setattr(AdminAuditLog, "changes", busy)
    assert run.found().drift[0].deeds["port"].user == "CONTOSO\\bob"


def test_a_log_that_cannot_be_read_is_a_warning_beside_the_difference(run, monkeypatch):
    def refused(*_):
        raise BackendError(Outcome.PERMANENT, "No right to search.", "denied")

    run.admin("Set", Identity="a", Port=2525)
    monkeypatch.setattr(AdminAuditLog, "changes", refused)
    assert [w.code for w in run.found().warnings] == ["audit-log-unreadable"]
    assert run.told() == {"send_connector.a": {"port"}}


def test_refused_calls_explain_nothing(run):
    run.admin("Set", Identity="a", Port=2525)
    with pytest.raises(BackendError):
        run.admin("Set", Identity="a", Port=587, user="eve", SmartHosts=("no host",))
    assert run.found().drift[0].deeds["port"].user == "CONTOSO\\bob"


def shown(run):
    everything_found = run.found()
    types = everything()
    return (
        text_view.text(everything_found.drift, types, Look()),
        json_drift.text(everything_found.drift, everything_found.warnings, types),
    )


def test_a_sensitive_value_is_shown_nowhere(run):
    hidden = 'variable "v" {\n  default = "hush-1"\n  sensitive = true\n}\n'
    run.apply(hidden + block("a", "comment = var.v"))
    run.admin("Set", Identity="a", Comment="hush-2")
    text, as_json = shown(run)
    assert "hush" not in text + as_json
    assert '"sensitive": true' in as_json
    assert "comment" in text


def test_names_and_users_reach_no_terminal_raw(run):
    run.admin("Set", user="ev\x1b[2Jil", Identity="a", Comment="x\x1b[31m\u202e")
    text, as_json = shown(run)
    assert not [c for c in text if not c.isprintable() and c != "\n"]
    assert as_json.isascii()
    assert "\x1b" not in as_json


def test_an_object_in_state_alone_never_drifts(run):
    run.apply(block("a") + 'resource "reconciler_data" "d" {\n  input = 1\n}\n')
    assert run.told() == {}
