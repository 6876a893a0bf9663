"""Access lists of connectors in the simulated Exchange."""

import sys
from types import SimpleNamespace

import pytest

from reconciler.backends.base import NOT_FOUND
from reconciler.backends.simulated import nouns
from reconciler.backends.simulated.derived import derive
from reconciler.schema.declare import argument, required
from reconciler.schema.kinds.text import name_of, text
from reconciler.schema.resource_type import ResourceType

RIGHT = "ms-Exch-Send-Headers-Organization"
OURS = {"User": r"CONTOSO\Relay", "ExtendedRights": RIGHT}
ROUTING = {
    "User": r"NT AUTHORITY\ANONYMOUS LOGON",
    "ExtendedRights": "ms-Exch-Send-Headers-Routing",
}
SUBMIT = {"User": r"NT AUTHORITY\ANONYMOUS LOGON", "ExtendedRights": "ms-Exch-SMTP-Submit"}


def own(lab, identity="Lab"):
    """The entries of the connector's own, as (account, right, deny)."""
    bags = lab.run("Get-ADPermission", Identity=identity)
    return [
        (bag["User"], *bag["ExtendedRights"], bag["Deny"])
        for bag in bags
        if not bag["IsInherited"]
    ]


def ours(lab, identity="Lab"):
    return [entry for entry in own(lab, identity) if entry[0] == OURS["User"]]


def test_every_send_connector_lets_anybody_have_routing_headers(lab):
    lab.new()
    assert (*ROUTING.values(), False) in own(lab)


def test_what_comes_down_from_above_is_shown_as_inherited(lab):
    lab.new()
    bags = lab.run("Get-ADPermission", Identity="Lab")
    assert [bag["ExtendedRights"] for bag in bags if bag["IsInherited"]] == [None, None]


def test_a_right_is_added_to_one_connector_and_shown(lab):
    lab.new()
    lab.new("Other", AddressSpaces=("other.example",))
    [bag] = lab.run("Add-ADPermission", Identity="Lab", **OURS)
    assert (bag["Identity"], bag["User"], bag["ExtendedRights"]) == ("Lab", OURS["User"], [RIGHT])
    assert ours(lab) == [(OURS["User"], RIGHT, False)]
    assert ours(lab, "Other") == []


def test_a_right_that_is_there_is_not_added_twice(lab):
    lab.new()
    for spelling in (RIGHT, RIGHT.lower()):
        assert lab.run("Add-ADPermission", Identity="Lab", **OURS | {"ExtendedRights": spelling})
    assert len(ours(lab)) == 1


def test_giving_and_withholding_are_two_entries(lab):
    lab.new()
    lab.run("Add-ADPermission", Identity="Lab", **OURS)
    lab.run("Add-ADPermission", Identity="Lab", Deny=True, **OURS)
    lab.run("Remove-ADPermission", Identity="Lab", Confirm=False, **OURS)
    assert ours(lab) == [(OURS["User"], RIGHT, True)]


def test_what_exchange_grants_can_be_taken_and_given_back(lab):
    lab.new()
    lab.run("Remove-ADPermission", Identity="Lab", Confirm=False, **ROUTING)
    assert (*ROUTING.values(), False) not in own(lab)
    lab.run("Add-ADPermission", Identity="Lab", **ROUTING)
    assert own(lab).count((*ROUTING.values(), False)) == 1


def test_what_is_not_there_is_not_removed(lab):
    lab.new()
    refused = lab.refusal("Remove-ADPermission", Identity="Lab", Confirm=False, **OURS)
    assert refused.code == NOT_FOUND


def test_there_is_no_access_list_without_its_connector(lab):
    assert lab.refusal("Get-ADPermission", Identity="Lab").code == NOT_FOUND
    assert lab.refusal("Add-ADPermission", Identity="Lab", **OURS).code == NOT_FOUND
    assert lab.refusal("Get-ADPermission").code == "parameter-missing"


def test_a_right_without_an_account_is_refused(lab):
    lab.new()
    for verb in ("Add", "Remove"):
        refused = lab.refusal(f"{verb}-ADPermission", Identity="Lab", ExtendedRights=RIGHT)
        assert refused.code == "parameter-missing"


def test_the_list_of_one_account_can_be_asked_for(lab):
    lab.new()
    bags = lab.run("Get-ADPermission", Identity="Lab", User="S-1-5-7")
    assert {bag["User"] for bag in bags} == {ROUTING["User"]}


def test_a_rehearsal_changes_nothing(lab):
    lab.new()
    assert lab.run("Add-ADPermission", Identity="Lab", WhatIf=True, **OURS) == []
    assert ours(lab) == []
    lab.run("Remove-ADPermission", Identity="Lab", WhatIf=True, Confirm=False, **ROUTING)
    assert (*ROUTING.values(), False) in own(lab)


def test_rights_stay_where_the_connector_gets_another_name(lab):
    lab.new()
    lab.run("Add-ADPermission", Identity="Lab", **OURS)
    lab.run("Set-SendConnector", Identity="Lab", Name="Renamed")
    assert len(ours(lab, "Renamed")) == 1


def test_rights_go_with_their_connector(lab):
    guid = lab.new()["Guid"]
    lab.run("Add-ADPermission", Identity=guid, **OURS)
    lab.run("Remove-SendConnector", Identity="Lab", WhatIf=True, Confirm=False)
    assert len(ours(lab)) == 1
    lab.run("Remove-SendConnector", Identity="Lab", Confirm=False)
    lab.new()
    assert ours(lab) == []


STUB = ResourceType(
    "receive_connector",
    "ReceiveConnector",
    "",
    (
        required(argument("name", "Name", name_of(64), "")),
        argument("permission_groups", "PermissionGroups", text, ""),
    ),
)


@pytest.fixture
def receiving(lab, monkeypatch):
    """A receive connector that knows its permission groups and nothing else."""
    module = "reconciler.backends.simulated.stub"
    stub = SimpleNamespace(NOUN=derive(STUB, container="CN=Stub", columns=("Name",)))
    monkeypatch.setitem(sys.modules, module, stub)
    monkeypatch.setitem(nouns._MODULES, "ReceiveConnector", "stub")  # noqa: SLF001
    nouns._loaded.cache_clear()  # noqa: SLF001

    def make(name, groups):
        lab.run("New-ReceiveConnector", Name=name, PermissionGroups=groups)
        return lab

    yield make
    nouns._loaded.cache_clear()  # noqa: SLF001


def groups(lab, name):
    return lab.run("Get-ReceiveConnector", Identity=name)[0]["PermissionGroups"]


def test_a_permission_group_is_a_handful_of_rights(receiving):
    lab = receiving("In", "AnonymousUsers")
    assert (*SUBMIT.values(), False) in own(lab, "In")
    assert own(receiving("Closed", "None"), "Closed") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [("AnonymousUsers", "AnonymousUsers, Custom"), ("None", "Custom")],
)
def test_a_right_of_its_own_shows_among_the_groups_of_a_receive_connector(
    receiving, before, after
):
    lab = receiving("In", before)
    lab.run("Add-ADPermission", Identity="In", **OURS)
    assert groups(lab, "In") == after
    lab.run("Remove-ADPermission", Identity="In", Confirm=False, **OURS)
    assert groups(lab, "In") == before


def test_what_a_group_gives_already_is_nothing_of_its_own(receiving):
    lab = receiving("In", "AnonymousUsers")
    lab.run("Add-ADPermission", Identity="In", **SUBMIT)
    assert groups(lab, "In") == "AnonymousUsers"


def test_a_name_of_two_connectors_is_ambiguous(receiving):
    lab = receiving("Lab", "None")
    lab.new()
    assert lab.refusal("Get-ADPermission", Identity="Lab").code == "ambiguous-identity"
