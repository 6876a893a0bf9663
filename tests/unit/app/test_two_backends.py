"""Two simulated Exchanges in one configuration, and who is asked for what."""

import pytest
from app_bench import Run

from reconciler.app import inspect, planning, sim
from reconciler.app.planning import Options
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.event import Reading
from reconciler.model.plan import Mode

BACKENDS = """
backend "simulated" {}
backend "simulated" {
  alias   = "cloud"
  version = "EXO"
}
"""
SEND = """
resource "send_connector" "a" {
  name           = "A"
  address_spaces = ["*"]
}
"""
INBOUND = """
resource "inbound_connector" "a" {
  backend        = simulated.cloud
  name           = "A"
  sender_domains = ["*"]
}
"""


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def names(run, cmdlet, backend=""):
    return [one["Name"] for one in sim.run(run.project, [cmdlet], backend).records]


def asked(run):
    """(type, backend) of every bulk read of a plan."""
    found = []
    planning.make(run.project, Options(), found.append)
    return {(e.type, e.backend) for e in found if isinstance(e, Reading)}


def test_one_plan_holds_objects_of_both(run):
    run.apply(BACKENDS + SEND + INBOUND)
    assert names(run, "Get-SendConnector") == ["A"]
    assert names(run, "Get-InboundConnector", "cloud") == ["A"]
    assert run.plan() == ({}, {})
    homes = {str(i.address): i.backend for i in inspect.state(run.project).instances}
    assert homes == {"send_connector.a": "", "inbound_connector.a": "cloud"}


def test_each_has_a_database_of_its_own(run):
    run.apply(BACKENDS + SEND + INBOUND)
    found = {path.name for path in (run.root / ".reconciler").glob("exchange*.db")}
    assert found == {"exchange.db", "exchange-cloud.db"}


def test_a_path_that_is_written_stays(run):
    run.apply(BACKENDS.replace("alias ", 'path = "cloud.db"\nalias ') + INBOUND)
    assert (run.root / "cloud.db").exists()
    assert names(run, "Get-InboundConnector", "simulated.cloud") == ["A"]


def test_nobody_is_asked_for_what_it_does_not_have(run):
    run.write(BACKENDS + SEND + INBOUND)
    assert asked(run) == {("send_connector", ""), ("inbound_connector", "cloud")}


def test_drift_in_the_cloud_is_mended_there(run):
    run.apply(BACKENDS + SEND + INBOUND)
    sim.run(run.project, ["Set-InboundConnector", "A", "-Comment", "by hand"], "cloud")
    run.apply()
    assert run.done == [("inbound_connector.a", "update")]


def test_both_are_destroyed(run):
    run.apply(BACKENDS + SEND + INBOUND)
    run.apply(mode=Mode.DESTROY)
    assert names(run, "Get-SendConnector") == names(run, "Get-InboundConnector", "cloud") == []


def test_moving_a_backend_to_a_version_without_the_type_forgets_nothing(run):
    run.apply(BACKENDS + INBOUND)
    text = BACKENDS.replace("EXO", "2019")
    assert run.refused(text) == ["type-not-on-this-version"]
    assert run.state == ["inbound_connector.a"]


def test_another_block_is_told_which_backend_has_the_type(run):
    assert run.refused(BACKENDS + INBOUND.replace("backend ", "# ")) == [
        "type-not-on-this-version"
    ]


@pytest.mark.parametrize(("named", "domains"), [("", 1), ("simulated", 1), ("cloud", 2)])
def test_a_shell_opens_on_the_backend_that_is_named(run, named, domains):
    run.write(BACKENDS)
    assert len(names(run, "Get-AcceptedDomain", named)) == domains


@pytest.mark.parametrize("text", ["", BACKENDS])
def test_a_shell_on_no_backend_is_refused(run, text):
    run.write(text)
    with pytest.raises(ReconcilerError) as caught:
        names(run, "Get-AcceptedDomain", "lab")
    assert [one.code for one in caught.value.diagnostics] == ["backend-not-declared"]
