"""Access lists of connectors in the simulated Exchange."""

from itertools import count

import pytest

from reconciler.backends.base import NOT_FOUND

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


SERVER = "MBX1\\"
IN, CLOSED = f"{SERVER}In", f"{SERVER}Closed"


@pytest.fixture
def receiving(lab):
    """The lab with a receive connector in it."""
    ports = count(2600)

    def make(name, groups):
        where = {"Bindings": (f"10.0.0.1:{next(ports)}",), "RemoteIPRanges": ("10.0.0.0/8",)}
        lab.run(
            "New-ReceiveConnector",
            Name=name.removeprefix(SERVER),
            PermissionGroups=groups,
            **where,
        )
        return lab

    return make


def groups(lab, name):
    return lab.run("Get-ReceiveConnector", Identity=name)[0]["PermissionGroups"]


def test_a_permission_group_is_a_handful_of_rights(receiving):
    lab = receiving(IN, "AnonymousUsers")
    assert (*SUBMIT.values(), False) in own(lab, IN)
    assert own(receiving(CLOSED, "None"), CLOSED) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [("AnonymousUsers", "AnonymousUsers, Custom"), ("None", "Custom")],
)
def test_a_right_of_its_own_shows_among_the_groups_of_a_receive_connector(
    receiving, before, after
):
    lab = receiving(IN, before)
    lab.run("Add-ADPermission", Identity=IN, **OURS)
    assert groups(lab, IN) == after
    lab.run("Remove-ADPermission", Identity=IN, Confirm=False, **OURS)
    assert groups(lab, IN) == before


def test_what_a_group_gives_already_is_nothing_of_its_own(receiving):
    lab = receiving(IN, "AnonymousUsers")
    lab.run("Add-ADPermission", Identity=IN, **SUBMIT)
    assert groups(lab, IN) == "AnonymousUsers"


def test_a_name_of_two_connectors_is_ambiguous(receiving):
    lab = receiving(IN, "None")
    lab.new(IN)
    assert lab.refusal("Get-ADPermission", Identity=IN).code == "ambiguous-identity"


def test_other_groups_leave_single_rights_and_the_mark_of_them(receiving):
    lab = receiving(IN, "AnonymousUsers")
    lab.run("Add-ADPermission", Identity=IN, **OURS)
    lab.run("Set-ReceiveConnector", Identity=IN, PermissionGroups="Partners")
    assert groups(lab, IN) == "Partners, Custom"
    lab.run("Set-ReceiveConnector", Identity=IN, PermissionGroups="None")
    assert groups(lab, IN) == "Custom"
    assert ours(lab, IN) == [(OURS["User"], RIGHT, False)]


@pytest.mark.parametrize("cmdlet", ["New", "Set"])
def test_the_mark_of_single_rights_cannot_be_given(receiving, cmdlet):
    lab = receiving(IN, "AnonymousUsers")
    given = {"PermissionGroups": "Partners, Custom", "Name": "Other"}
    if cmdlet == "Set":
        given["Identity"] = IN
    assert lab.refusal(f"{cmdlet}-ReceiveConnector", **given).code == "custom-group"
