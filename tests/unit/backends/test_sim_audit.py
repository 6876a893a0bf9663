"""What the admin audit log remembers."""

import json

from reconciler.backends.command import Edit
from reconciler.model.values import Secret


def log(lab, **parameters):
    return lab.run("Search-AdminAuditLog", **parameters)


def test_every_change_is_noted_newest_first(lab):
    lab.new()
    lab.run("Set-SendConnector", Identity="Lab", Port=2525)
    lab.run("Remove-SendConnector", Identity="Lab", Confirm=False)
    assert [(e["CmdletName"], e["ObjectModified"], e["Caller"]) for e in log(lab)] == [
        ("Remove-SendConnector", "Lab", "CONTOSO\\alice"),
        ("Set-SendConnector", "Lab", "CONTOSO\\alice"),
        ("New-SendConnector", "Lab", "CONTOSO\\alice"),
    ]


def test_an_entry_says_when_and_with_what(lab):
    lab.new(Port=2525, AddressSpaces=("a.com", "b.com"))
    (entry,) = log(lab)
    assert entry["RunDate"].startswith("2026-01-")
    assert set(entry["CmdletParameters"]) == {
        "Name: Lab",
        "Port: 2525",
        'AddressSpaces: ["a.com", "b.com"]',
    }


def test_a_refused_call_is_noted_with_its_error(lab):
    lab.refusal("New-SendConnector", Name="Lab", AddressSpaces=("a.com",), DNSRoutingEnabled=False)
    (entry,) = log(lab)
    assert entry["Succeeded"] is False
    assert "SmartHosts" in entry["Error"]


def test_reading_and_what_if_are_not_noted(lab):
    lab.run("New-SendConnector", Name="Lab", AddressSpaces=("a.com",), WhatIf=True)
    lab.run("Get-SendConnector")
    assert log(lab) == []


def test_an_object_is_noted_by_name_even_where_it_is_called_by_guid(lab):
    made = lab.new()
    lab.run("Set-SendConnector", Identity=made["Guid"], Port=1)
    assert log(lab)[0]["ObjectModified"] == "Lab"


def test_passwords_are_masked(lab):
    lab.new(AuthenticationCredential=Secret("relay", "hunter2"))
    assert "AuthenticationCredential: ********" in log(lab)[0]["CmdletParameters"]
    assert "hunter2" not in json.dumps(log(lab))


def test_a_call_that_cannot_be_bound_never_reaches_the_log(lab):
    lab.refusal("Set-SendConnector", Identity="x", AuthenticationCredential="relay:hunter2")
    assert log(lab) == []


def test_an_edit_is_noted_as_one(lab):
    lab.new()
    lab.run("Set-SendConnector", Identity="Lab", AddressSpaces=Edit(("a.com",), ()))
    assert 'AddressSpaces: {"Add": ["a.com"], "Remove": []}' in log(lab)[0]["CmdletParameters"]


def test_the_log_can_be_searched(lab):
    lab.new("A")
    lab.new("B")
    lab.run("Set-SendConnector", Identity="B", Port=1)
    assert len(log(lab, ObjectIds=("b",))) == 2
    assert len(log(lab, ObjectIds=("b",), Cmdlets=("set-sendconnector",))) == 1
    assert log(lab, UserIds="nobody") == []
    assert lab.refusal("Search-AdminAuditLog", Who="x").code == "parameter-unknown"
