"""The log of an Exchange as deeds."""

from reconciler.backends.admin_audit_log import AdminAuditLog
from reconciler.catalog.index import types
from reconciler.model.audit import Deed


class Told:
    def __init__(self, *records):
        self.records, self.calls = records, []

    def invoke(self, call):
        self.calls.append(call)
        return self.records


def entry(time, **changes):
    return {
        "RunDate": time,
        "Caller": "bob",
        "CmdletName": "Set-SendConnector",
        "ObjectModified": "A",
        "CmdletParameters": ["Port: 25", "Comment: a: b"],
        "Succeeded": True,
        **changes,
    }


def changes(*records, rtype="send_connector"):
    transport = Told(*records)
    return AdminAuditLog(transport).changes(types()[rtype]), transport.calls


def test_an_entry_becomes_a_deed():
    (found,), _ = changes(entry("t"))
    assert found == Deed("t", "bob", "Set-SendConnector", "A", {"Port": "25", "Comment": "a: b"})


def test_what_was_refused_changed_nothing():
    assert changes(entry("t", Succeeded=False))[0] == []


def test_the_newest_comes_first_and_those_of_one_second_as_they_came():
    found, _ = changes(entry("1"), entry("3", Caller="x"), entry("3", Caller="y"))
    assert [(one.time, one.user) for one in found] == [("3", "x"), ("3", "y"), ("1", "bob")]


def test_only_what_changes_objects_of_the_type_is_asked_for():
    _, (call,) = changes()
    assert call.cmdlet == "Search-AdminAuditLog"
    assert set(call.parameters["Cmdlets"]) == {
        "New-SendConnector", "Set-SendConnector", "Remove-SendConnector",
    }  # fmt: skip


def test_an_entry_that_lacks_everything_breaks_nothing():
    (found,), _ = changes({"Succeeded": True})
    assert found == Deed("", "", "", "", {})
