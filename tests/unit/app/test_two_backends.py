"""Two simulated Exchanges in one configuration, and who is asked for what."""

import pytest
from app_bench import Run

from reconciler.app import inspect, planning, sim, validate
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


SHARING = [
    ('path = "one.db"', 'path = "one.db"'),
    ('path = "one.db"', 'path = "./x/../one.db"'),
    ('path = "one.db"', 'url = "sqlite:///one.db"'),
    ("", 'path = ".reconciler/exchange.db"'),
    ('path = ".reconciler/exchange-cloud.db"', ""),
    ("path = var.place", "path = var.place"),
]
LITERAL = [pair for pair in SHARING if "var." not in "".join(pair)]
PLACE = 'variable "place" {\n  default = "one.db"\n}\n'


def placed_at(first, second):
    return (
        f'{PLACE}backend "simulated" {{\n  {first}\n}}\n'
        f'backend "simulated" {{\n  alias = "cloud"\n  {second}\n}}\n'
    )


@pytest.mark.parametrize(("first", "second"), SHARING)
@pytest.mark.parametrize("command", ["plan", "apply"])
def test_two_backends_of_one_database_are_refused_with_both_places(run, command, first, second):
    with pytest.raises(ReconcilerError) as caught:
        getattr(run, command)(placed_at(first, second))
    (found,) = caught.value.diagnostics
    assert found.code == "shared-database"
    assert f"main.hcl line {5 if first else 4}," in found.detail
    assert (found.span.path, found.span.line > 6) == ("main.hcl", True)
    assert not (run.root / "one.db").exists()


@pytest.mark.parametrize(("first", "second"), LITERAL)
def test_files_alone_show_that_two_backends_have_one_database(run, first, second):
    run.write(placed_at(first, second))
    assert [found.code for found in validate.run(run.project)] == ["shared-database"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('path = "one.db"', 'path = "two.db"'),
        ('path = "one.db"', ""),
        ('url = "sqlite:///one.db"', 'url = "sqlite:///two.db"'),
        ('url = "sqlite://"', 'url = "sqlite://"'),
    ],
)
def test_two_backends_with_a_database_each_are_fine(run, first, second):
    run.write(placed_at(first, second))
    assert validate.run(run.project) == ()


def test_where_the_database_is_not_known_nothing_is_said(run):
    hidden = PLACE.replace("default", "type = string #")
    for other in ('path = "one.db"', 'path = ".reconciler/exchange.db"'):
        run.write(placed_at("path = var.place", other).replace(PLACE, hidden))
        assert validate.run(run.project) == ()


def test_a_table_has_the_columns_of_its_sort_of_objects(run):
    run.apply(BACKENDS + SEND + INBOUND)
    answer = sim.run(run.project, ["Get-SendConnector"])
    assert answer.columns == ("Identity", "AddressSpaces", "Enabled")
    assert "SenderDomains" in sim.run(run.project, ["Get-InboundConnector"], "cloud").columns
    assert "Caller" in sim.run(run.project, ["Search-AdminAuditLog"]).columns
