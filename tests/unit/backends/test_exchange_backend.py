"""The backend made of cmdlets, against a transport that answers what it is told."""

import pytest

from reconciler.backends.base import NOT_FOUND, BackendError, Capabilities, Outcome
from reconciler.backends.command import Command
from reconciler.backends.exchange import CallSettings, ExchangeBackend
from reconciler.catalog.send_connector import TYPE
from reconciler.catalog.transport_service import TYPE as TRANSPORT_SERVICE
from reconciler.model.platform import Platform
from reconciler.model.state import Handle

GUID = "0292c782-9804-4d8b-ae0e-e1c7ab90852b"
OTHER = "d8bbb707-a3d8-401f-8909-287fe2cc1fda"


class Told:
    """Answers with the next of `answers`, and remembers the calls."""

    def __init__(self, *answers):
        self.answers, self.calls = list(answers), []

    def invoke(self, call):
        self.calls.append(call)
        answer = self.answers.pop(0)
        if isinstance(answer, BackendError):
            raise answer
        return answer

    def close(self):
        self.answers.clear()


def bag(guid=GUID, name="Lab", **more):
    return {"Guid": guid.upper(), "Name": name, "Identity": name, "Port": 25, **more}


def backend(*answers, **settings):
    told = Told(*answers)
    return ExchangeBackend(told, Capabilities(Platform()), CallSettings(**settings)), told


def failing(outcome, code="x"):
    return BackendError(outcome, "It failed.", code)


def caught(act, *arguments):
    with pytest.raises(BackendError) as error:
        act(*arguments)
    return error.value


def test_everything_is_listed_in_one_call_by_guid_in_lower_case():
    target, told = backend([bag(), bag(OTHER, "B")])
    assert set(target.list(TYPE)) == {GUID, OTHER}
    assert told.calls == [Command("Get", "SendConnector", {})]


def test_finding_lists_and_filters_because_a_miss_would_flood_the_event_log():
    target, told = backend([bag(), bag(OTHER, "B")])
    assert [found.handle for found in target.find(TYPE, "LAB")] == [GUID]
    assert told.calls[0].parameters == {}


def test_reading_never_trusts_an_answer_about_other_objects():
    target, _ = backend([bag(OTHER, "B"), bag(GUID)], [bag(OTHER, "B")])
    assert target.read(TYPE, Handle(GUID)).handle == GUID
    assert target.read(TYPE, Handle(GUID)) is None


def test_absent_is_what_exchange_calls_not_found_and_nothing_else():
    target, _ = backend(
        failing(Outcome.PERMANENT, NOT_FOUND), failing(Outcome.PERMANENT, "access-denied")
    )
    assert target.read(TYPE, Handle(GUID)) is None
    assert caught(target.read, TYPE, Handle(GUID)).code == "access-denied"


def test_an_update_sends_the_changes_alone_and_reads_back():
    target, told = backend([], [bag(Port=2525)])
    assert target.update(TYPE, Handle(GUID), {"port": 2525}).values["port"] == 2525
    assert told.calls == [
        Command("Set", "SendConnector", {"Identity": GUID, "Port": 2525}),
        Command("Get", "SendConnector", {"Identity": GUID}),
    ]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_update_that_cannot_be_read_back_may_have_happened(outcome):
    target, _ = backend([], failing(outcome))
    assert caught(target.update, TYPE, Handle(GUID), {"port": 1}).outcome is Outcome.UNKNOWN


def test_an_object_that_vanishes_during_an_update_is_an_unknown_outcome():
    target, _ = backend([], failing(Outcome.PERMANENT, NOT_FOUND))
    error = caught(target.update, TYPE, Handle(GUID), {"port": 1})
    assert (error.outcome, error.code) == (Outcome.UNKNOWN, "vanished")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_failed_set_keeps_its_outcome(outcome):
    target, _ = backend(failing(outcome))
    assert caught(target.update, TYPE, Handle(GUID), {"port": 1}).outcome is outcome


@pytest.mark.parametrize("answer", [[], [bag(), bag(OTHER)], [{"Name": "Lab"}]])
def test_a_creation_with_an_answer_that_makes_no_sense_may_have_happened(answer):
    target, _ = backend(answer)
    assert caught(target.create, TYPE, {"name": "Lab"}).outcome is Outcome.UNKNOWN


def test_removing_what_is_gone_is_no_error():
    target, told = backend(failing(Outcome.PERMANENT, NOT_FOUND), failing(Outcome.TRANSIENT))
    target.delete(TYPE, Handle(GUID))
    assert told.calls[0].parameters == {"Identity": GUID, "Confirm": False}
    assert caught(target.delete, TYPE, Handle(GUID)).outcome is Outcome.TRANSIENT


def test_settings_of_the_backend_travel_with_every_call():
    target, told = backend([], [bag()], domain_controller="dc1.x.com", force=True)
    target.update(TYPE, Handle(GUID), {"port": 25})
    changed, read = told.calls
    assert (changed.parameters["DomainController"], changed.parameters["Force"]) == (
        "dc1.x.com",
        True,
    )
    assert read.parameters == {"Identity": GUID, "DomainController": "dc1.x.com"}


def test_with_what_if_no_change_is_ever_reported_as_done():
    target, told = backend([], what_if=True)
    error = caught(target.create, TYPE, {"name": "Lab"})
    assert told.calls[0].parameters["WhatIf"] is True
    assert (error.code, error.outcome) == ("what-if", Outcome.PERMANENT)


def test_closing_closes_the_transport():
    target, told = backend([bag()])
    target.close()
    assert told.answers == []


def on(role, *answers):
    told = Told(*answers)
    return ExchangeBackend(told, Capabilities(Platform("2019", role))), told


def test_an_object_is_named_where_the_cmdlets_take_a_name():
    target, told = on("mailbox", [], [bag(name="MBX1")])
    target.update(TRANSPORT_SERVICE, Handle(GUID), {"poison_threshold": 3})
    assert [call.parameters for call in told.calls] == [
        {"Identity": GUID, "PoisonThreshold": 3},
        {"Identity": GUID},
    ]


def test_an_edge_server_has_one_and_is_told_no_name():
    target, told = on("edge", [], [bag(name="EDGE1")])
    found = target.update(TRANSPORT_SERVICE, Handle(GUID), {"poison_threshold": 3})
    assert [call.parameters for call in told.calls] == [{"PoisonThreshold": 3}, {}]
    assert found.values["server"] == "EDGE1"
