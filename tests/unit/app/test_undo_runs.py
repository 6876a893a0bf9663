"""Undoing runs: what comes back, what stays, and what cannot come back."""

import pytest
from app_bench import Run

from reconciler.app import inspect, planning, sim
from reconciler.app.planning import Options
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.plan import Action, Mode

RELAY = """
    resource "send_connector" "relay" {
      name           = "Relay"
      address_spaces = ["relay.example"]
      %s
    }
"""
LAB = """
    resource "send_connector" "lab" {
      name           = "Lab"
      address_spaces = ["lab.example"]
    }
"""


@pytest.fixture
def at(tmp_path):
    return Run(tmp_path)


def relay(*lines):
    return RELAY % "\n      ".join(lines)


def undo(at, run, **options):
    return at.apply(mode=Mode.UNDO, undo=run, **options)


def planned(at, run, **options):
    return planning.make(
        at.project, Options(mode=Mode.UNDO, undo=run, **options), lambda _event: None
    )


def notes(at, run, **options):
    """The details of the warnings by their codes."""
    return {one.code: one.detail for one in planned(at, run, **options).warnings}


def values(at, name="relay"):
    found = {str(row.address): row for row in inspect.state(at.project).instances}
    return found[f"send_connector.{name}"].values


def addresses(at):
    return sorted(str(row.address) for row in inspect.state(at.project).instances)


def test_what_a_later_run_changed_stays_argument_by_argument(at):
    at.apply(relay())
    at.apply(relay("port = 26", 'comment = "two"'))
    at.apply(relay("port = 27", 'comment = "two"'))
    assert "port of send_connector.relay" in notes(at, 2)["undo-keeps"]
    undo(at, 2)
    assert (values(at)["port"], values(at)["comment"]) == (27, None)


def test_overwrite_brings_back_what_a_later_run_changed(at):
    at.apply(relay())
    at.apply(relay("port = 26"))
    at.apply(relay("port = 27"))
    assert "undo-keeps" not in notes(at, 2, overwrite=True)
    undo(at, 2, overwrite=True)
    assert values(at)["port"] == 25


def test_what_a_run_made_and_a_later_one_changed_is_left(at):
    at.apply(relay())
    at.apply(relay("port = 26"))
    assert "send_connector.relay, which was changed since" in notes(at, 1)["undo-keeps"]
    undo(at, 1)
    assert addresses(at) == ["send_connector.relay"]
    undo(at, 1, overwrite=True)
    assert addresses(at) == []


def test_what_others_did_by_hand_is_no_business_of_an_undo(at):
    at.apply(relay())
    at.apply(relay("port = 26"))
    sim.run(at.project, ["Set-SendConnector", "-Identity", "Relay", "-Comment", "by hand"])
    undo(at, 2)
    assert (values(at)["port"], values(at)["comment"]) == (25, "by hand")


def test_a_forgotten_object_is_taken_back_as_it_is(at):
    at.apply(relay() + LAB)
    guid = values(at, "lab")["guid"]
    at.apply(
        relay() + "removed {\n from = send_connector.lab\n lifecycle {\n destroy = false\n }\n}"
    )
    undo(at, 2)
    assert at.done == []
    assert values(at, "lab")["guid"] == guid


def test_an_object_that_is_made_anew_gets_another_guid_and_that_is_said(at):
    at.apply(relay() + LAB)
    guid = values(at, "lab")["guid"]
    at.apply(relay())
    assert "guid of send_connector.lab" in notes(at, 2)["undo-cannot"]
    undo(at, 2)
    assert values(at, "lab")["guid"] != guid


def test_a_password_cannot_come_back_and_that_is_said(at):
    given = 'authentication_credential = {\n username = "u"\n password = "%s"\n}'
    auth = (
        'smart_host_auth_mechanism = "BasicAuth"',
        'smart_hosts = ["mx.example"]',
        "dns_routing_enabled = false",
    )
    at.apply(relay(*auth, given % "one"))
    at.apply(relay(*auth, given % "two", "port = 26"))
    now = values(at)["authentication_credential"]
    assert "authentication_credential of send_connector.relay" in notes(at, 2)["undo-cannot"]
    undo(at, 2)
    assert values(at)["port"] == 25
    assert values(at)["authentication_credential"] == now


def test_outputs_come_back_with_the_objects(at):
    at.apply(relay() + 'output "x" {\n value = 1\n}\noutput "y" {\n value = 1\n}')
    at.apply(relay("port = 26") + 'output "x" {\n value = 2\n}')
    undo(at, 2)
    assert at.outputs == {"x": 1, "y": 1}


def test_a_target_undoes_a_part(at):
    at.apply(relay() + LAB)
    at.apply(relay("port = 26") + LAB.replace('"Lab"', '"Laboratory"'))
    undo(at, 2, targets=("send_connector.lab",))
    assert (values(at)["port"], values(at, "lab")["name"]) == (26, "Lab")


def test_a_protected_object_is_not_destroyed_by_an_undo(at):
    at.apply(relay("lifecycle {", "prevent_destroy = true", "}"))
    with pytest.raises(ReconcilerError) as refusal:
        undo(at, 1)
    assert [one.code for one in refusal.value.diagnostics] == ["protected"]


def test_what_is_within_an_object_comes_back_with_it(at):
    right = """
    resource "send_connector_permission" "all" {
      connector = send_connector.relay.guid
      user      = "CONTOSO\\\\ann"
      extended_right = "ms-Exch-SMTP-Send-Exch50"
    }
    """
    at.apply(relay() + right)
    at.apply(LAB)
    at.save(mode=Mode.UNDO, undo=2)
    at.apply_saved()
    assert addresses(at) == ["send_connector.relay", "send_connector_permission.all"]
    assert at.plan(relay() + right)[0] == {}


def test_a_run_that_never_was_cannot_be_undone(at):
    at.apply(relay())
    with pytest.raises(ReconcilerError) as refusal:
        undo(at, 7)
    assert refusal.value.diagnostics[0].code == "no-such-run"


def test_an_undo_of_an_undo_restores_moves_and_replacements(at):
    at.apply(relay())
    before = relay("port = 26").replace('"relay" {', '"front" {')
    moved = "moved {\n from = send_connector.relay\n to = send_connector.front\n}"
    at.apply(before + moved)
    undo(at, 2)
    assert (addresses(at), values(at)["port"]) == (["send_connector.relay"], 25)
    undo(at, 3)
    assert (addresses(at), values(at, "front")["port"]) == (["send_connector.front"], 26)
    at.apply(replace=("send_connector.front",))
    undo(at, 5)
    assert at.plan()[0] == {}


TAKEN = 'import {\n to = send_connector.relay\n id = "Relay"\n}'


def by_hand(at, *cmdlet):
    return sim.run(at.project, list(cmdlet))


def take_over(at, *lines):
    at.write(relay(*lines))
    by_hand(at, "New-SendConnector", "-Name", "Relay", "-AddressSpaces", "relay.example")
    at.apply(relay(*lines) + TAKEN)


def test_what_a_run_only_took_over_is_let_go_and_stays_in_exchange(at):
    take_over(at)
    assert [(one.action, one.reason) for one in planned(at, 1).changes] == [
        (Action.FORGET, "forget-because-undone")
    ]
    undo(at, 1)
    assert (at.done, addresses(at)) == ([], [])
    by_hand(at, "Set-SendConnector", "-Identity", "Relay", "-Port", "26")


def test_undoing_that_takes_the_object_over_again(at):
    take_over(at)
    guid = values(at)["guid"]
    undo(at, 1)
    undo(at, 2)
    assert (at.done, values(at)["guid"]) == ([], guid)


def test_what_a_run_took_over_and_changed_is_let_go_as_it_is(at):
    take_over(at, "port = 26")
    assert "before it was taken over" in notes(at, 1)["undo-cannot"]
    undo(at, 1)
    assert (at.done, addresses(at)) == ([], [])
