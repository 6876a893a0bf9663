"""Objects that Get- shows only for a parent, asked for through a transport."""

import pytest

from reconciler.backends.base import NOT_FOUND, BackendError, Capabilities, Outcome
from reconciler.backends.exchange import ExchangeBackend
from reconciler.catalog.send_connector_permission import TYPE
from reconciler.model.platform import Platform
from reconciler.model.state import Handle

GUID = "0292c782-9804-4d8b-ae0e-e1c7ab90852b"
OTHER = "d8bbb707-a3d8-401f-8909-287fe2cc1fda"
RIGHT = "ms-Exch-Send-Headers-Organization"
VALUES = {"connector": GUID, "user": r"CONTOSO\Relay", "extended_right": RIGHT, "deny": False}
HANDLE = Handle(rf"{GUID}|contoso\relay|{RIGHT.lower()}|False")
GONE = BackendError(Outcome.PERMANENT, "There is none.", NOT_FOUND)
OPEN = BackendError(Outcome.PERMANENT, "Not you.", "access-denied")


class Scripted:
    """Answers by cmdlet and identity; remembers what was asked."""

    def __init__(self, answers):
        self.answers, self.calls = answers, []

    def invoke(self, call):
        self.calls.append(call)
        answer = self.answers[call.cmdlet, call.parameters.get("Identity", "")]
        if isinstance(answer, BackendError):
            raise answer
        return answer

    def close(self):
        self.answers = {}


def entry(user=r"CONTOSO\Relay", rights=(RIGHT,), *, inherited=False):
    """As Get-ADPermission shows it: under a name, not a GUID."""
    shown = list(rights) or None
    return {
        "Identity": "Lab",
        "User": user,
        "Deny": False,
        "ExtendedRights": shown,
        "IsInherited": inherited,
    }


def listing(first, second=()):
    answers = {
        ("Get-SendConnector", ""): [{"Guid": GUID}, {"Guid": OTHER}],
        ("Get-ADPermission", GUID): first,
        ("Get-ADPermission", OTHER): second,
    }
    return ExchangeBackend(Scripted(answers), Capabilities(Platform()))


def test_each_connector_is_asked_and_gives_its_guid_to_what_it_has():
    found = listing([entry()], [entry()]).list(TYPE)
    assert [values["connector"] for values in found.values()] == [GUID, OTHER]
    assert found[HANDLE] == {**VALUES, "is_inherited": False}


def test_entries_from_above_and_entries_about_the_object_do_not_count():
    assert listing([entry(inherited=True), entry(rights=())]).list(TYPE) == {}


def test_a_connector_that_has_gone_meanwhile_has_nothing():
    assert set(listing([entry()], GONE).list(TYPE)) == {HANDLE}


def test_a_refusal_is_never_taken_for_nothing():
    with pytest.raises(BackendError, match="Not you"):
        listing([entry()], OPEN).list(TYPE)


def test_a_new_right_is_known_by_the_guid_whatever_the_answer_calls_the_connector():
    answers = {("Add-ADPermission", GUID): [entry()]}
    found = ExchangeBackend(Scripted(answers), Capabilities(Platform())).create(TYPE, VALUES)
    assert (found.handle, found.values["connector"]) == (HANDLE, GUID)


def test_a_connector_that_is_not_known_yet_is_waited_for():
    answers = {("Add-ADPermission", GUID): GONE}
    with pytest.raises(BackendError, match="domain_controller") as caught:
        ExchangeBackend(Scripted(answers), Capabilities(Platform())).create(TYPE, VALUES)
    assert caught.value.outcome is Outcome.TRANSIENT


def test_a_right_is_removed_by_what_tells_it_apart():
    transport = Scripted({("Remove-ADPermission", GUID): []})
    ExchangeBackend(transport, Capabilities(Platform())).delete(TYPE, HANDLE)
    assert dict(transport.calls[0].parameters) == {
        "Identity": GUID,
        "User": r"contoso\relay",
        "ExtendedRights": RIGHT,
        "Deny": False,
        "Confirm": False,
    }


def test_what_went_with_its_connector_is_removed_already():
    answers = {("Remove-ADPermission", GUID): GONE}
    ExchangeBackend(Scripted(answers), Capabilities(Platform())).delete(TYPE, HANDLE)
