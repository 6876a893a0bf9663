"""What the drift use case finds, and what it leaves alone."""

from dataclasses import replace

import pytest
from app_bench import Run, block

from reconciler.app import drift, session
from reconciler.backends import open as opening
from reconciler.backends.admin_audit_log import AdminAuditLog
from reconciler.backends.base import BackendError, Outcome
from reconciler.backends.command import Command
from reconciler.backends.open import simulated_transport
from reconciler.catalog.index import everything
from reconciler.model.diagnostic import ReconcilerError
from reconciler.views import drift as text_view
from reconciler.views import json_drift
from reconciler.views.palette import Look


@pytest.fixture
def run(tmp_path):
    made = Run(tmp_path)
    made.apply(block("a") + block("b"))
    return made


def admin(run, verb, noun="SendConnector", user="CONTOSO\\bob", **parameters):
    transport = simulated_transport({}, root=run.root, environment={}, user=user)
    try:
        transport.invoke(Command(verb, noun, parameters))
    finally:
        transport.close()


def found(run, *patterns):
    return drift.run(run.project, patterns, lambda _: None)


def told(run, *patterns):
    return {
        str(one.drift.address): {d.name for d in one.drift.differences}
        for one in found(run, *patterns).drift
    }


def test_without_a_change_by_others_nothing_is_found(run):
    assert told(run) == {}


def test_a_configuration_that_is_not_applied_yet_is_no_drift(run):
    run.write(block("a", "port = 2525") + block("c"))
    assert told(run) == {}


def test_a_change_is_told_with_who_when_and_how(run):
    admin(run, "Set", Identity="a", Port=2525)
    (one,) = found(run).drift
    deed = one.deeds["port"]
    assert (deed.user, deed.cmdlet) == ("CONTOSO\\bob", "Set-SendConnector")
    assert deed.time.endswith("Z")


def test_a_removal_is_told_with_who_did_it(run):
    admin(run, "Remove", Identity="b", Confirm=False)
    (one,) = found(run).drift
    assert (one.drift.after, one.removal.user) == (None, "CONTOSO\\bob")


def test_patterns_choose_what_is_told(run):
    admin(run, "Set", Identity="a", Port=2525)
    admin(run, "Set", Identity="b", Port=2525)
    assert told(run, "send_connector.a") == {"send_connector.a": {"port"}}
    assert len(told(run, "send_connector.*")) == 2


def test_a_pattern_that_means_nothing_is_refused(run):
    with pytest.raises(ReconcilerError) as caught:
        found(run, "send_connector.z")
    assert [d.code for d in caught.value.diagnostics] == ["unknown-address"]


def test_looking_writes_nothing_and_waits_for_nobody(run):
    admin(run, "Set", Identity="a", Port=2525)
    state = run.root / ".reconciler" / "state.db"
    before = state.read_bytes()
    with session.session(run.project) as at, at.store.lease(session.this_process("apply"), 0):
        held = state.read_bytes()
        assert len(told(run)) == 1
        assert state.read_bytes() == held
    assert len(told(run)) == 1
    assert len(before) == len(state.read_bytes())


def test_a_backend_without_a_log_tells_the_difference_alone(run, monkeypatch):
    opened = opening.open_backend

    def without(*args, **others):
        backend = opened(*args, **others)
        backend.capabilities = replace(backend.capabilities, audit=None)
        return backend

    admin(run, "Set", Identity="a", Port=2525)
    monkeypatch.setattr(session, "open_backend", without)
    assert told(run) == {"send_connector.a": {"port"}}
    assert found(run).drift[0].deeds == {}
    assert found(run).warnings == ()


def test_a_log_that_cannot_be_read_is_a_warning_beside_the_difference(run, monkeypatch):
    def refused(*_):
        raise BackendError(Outcome.PERMANENT, "No right to search.", "denied")

    admin(run, "Set", Identity="a", Port=2525)
    monkeypatch.setattr(AdminAuditLog, "changes", refused)
    assert [w.code for w in found(run).warnings] == ["audit-log-unreadable"]
    assert told(run) == {"send_connector.a": {"port"}}


def test_refused_calls_explain_nothing(run):
    admin(run, "Set", Identity="a", Port=2525)
    with pytest.raises(BackendError):
        admin(run, "Set", Identity="a", Port=587, user="eve", SmartHosts=("no host",))
    assert found(run).drift[0].deeds["port"].user == "CONTOSO\\bob"


def shown(run):
    everything_found = found(run)
    types = everything()
    return (
        text_view.text(everything_found.drift, types, Look()),
        json_drift.text(everything_found.drift, everything_found.warnings, types),
    )


def test_a_sensitive_value_is_shown_nowhere(run):
    hidden = 'variable "v" {\n  default = "hush-1"\n  sensitive = true\n}\n'
    run.apply(hidden + block("a", "comment = var.v"))
    admin(run, "Set", Identity="a", Comment="hush-2")
    text, as_json = shown(run)
    assert "hush" not in text + as_json
    assert '"sensitive": true' in as_json
    assert "comment" in text


def test_names_and_users_reach_no_terminal_raw(run):
    admin(run, "Set", user="ev\x1b[2Jil", Identity="a", Comment="x\x1b[31m\u202e")
    text, as_json = shown(run)
    assert not [c for c in text if not c.isprintable() and c != "\n"]
    assert as_json.isascii()
    assert "\x1b" not in as_json


def test_an_object_in_state_alone_never_drifts(run):
    run.apply(block("a") + 'resource "reconciler_data" "d" {\n  input = 1\n}\n')
    assert told(run) == {}
