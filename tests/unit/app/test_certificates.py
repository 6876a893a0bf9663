"""Certificates that are looked up while planning, or only during apply, and what is said of them."""

import pytest
from app_bench import Run, block

from reconciler.app import apply, inspect, planning
from reconciler.app.planning import Options
from reconciler.model.event import Noticed
from reconciler.model.plan import Action

BACKEND = 'backend "simulated" {\n  organization = "o.org.hcl"\n}\n'
OLD, NEW, GONE = "1" * 40, "2" * 40, "3" * 40


def certificate(label, thumbprint, subject="CN=mail.contoso.com", until="2090"):
    return (
        f'certificate "{label}" {{\n  subject    = "{subject}"\n  issuer     = "CN=CA"\n'
        f'  thumbprint = "{thumbprint}"\n  not_before = "2020-01-01"\n'
        f'  not_after  = "{until}-01-01"\n}}\n'
    )


RENEWED = certificate("old", OLD) + certificate("new", NEW, until="2091")
EXPIRED = certificate("gone", GONE, until="2021")
AT_ONCE = 'data "exchange_certificate" "c" {\n  subject = "CN=mail.contoso.com"\n}\n'
LATER = (
    'resource "reconciler_data" "subject" {\n  input = "CN=mail.contoso.com"\n}\n'
    'data "exchange_certificate" "c" {\n  subject = reconciler_data.subject.output\n}\n'
)
USER = block(
    "a",
    "tls_certificate_name = data.exchange_certificate.c.tls_certificate_name",
    "certificate_thumbprint = data.exchange_certificate.c.thumbprint",
)


@pytest.fixture
def run(tmp_path):
    found = Run(tmp_path)
    organised(found, RENEWED)
    return found


def organised(run, certificates):
    text = f'server "MBX1" {{}}\n{certificates}'
    (run.root / "o.org.hcl").write_text(text, encoding="utf-8")


def noticed(run):
    """The warnings of an apply, by code, with the address that they are about."""
    told = []
    apply.run(run.project, Options(), told.append, plan_file=None, approve=lambda _: True)
    found = [one for event in told if isinstance(event, Noticed) for one in event.diagnostics]
    return [(one.code, one.severity.value, one.address) for one in found]


def taken(run):
    rows = {str(row.address): row.values for row in inspect.state(run.project).instances}
    return rows["send_connector.a"]["certificate_thumbprint"]


def test_the_plan_notes_a_renewal_that_it_can_see(run):
    run.write(BACKEND + AT_ONCE + USER)
    made = planning.make(run.project, Options(), lambda _event: None)
    assert [one.code for one in made.warnings] == ["certificate-renewed"]
    assert noticed(run) == []
    assert taken(run) == NEW


def test_what_is_looked_up_during_apply_is_noted_there(run):
    run.write(BACKEND + LATER + USER)
    made = planning.make(run.project, Options(), lambda _event: None)
    assert [str(c.address) for c in made.changes if c.action is Action.READ] == [
        "data.exchange_certificate.c"
    ]
    assert made.warnings == ()
    note = ("certificate-renewed", "warning", "data.exchange_certificate.c")
    assert noticed(run) == [note]
    assert taken(run) == NEW


def test_a_certificate_that_is_not_valid_is_noted_during_apply_too(run):
    organised(run, EXPIRED)
    run.write(BACKEND + LATER + USER)
    note = ("certificate-not-valid", "warning", "data.exchange_certificate.c")
    assert noticed(run) == [note]


def test_a_saved_plan_notes_it_when_it_runs(run):
    run.write(BACKEND + LATER + USER)
    run.save()
    told = []
    apply.run(
        run.project, Options(), told.append, plan_file=run.root / "plan", approve=lambda _: True
    )
    found = [one.code for event in told if isinstance(event, Noticed) for one in event.diagnostics]
    assert found == ["certificate-renewed"]


def test_a_single_certificate_needs_no_note(run):
    organised(run, certificate("only", OLD))
    run.write(BACKEND + LATER + USER)
    assert noticed(run) == []
    assert taken(run) == OLD
