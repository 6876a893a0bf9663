"""Which entry of an audit log explains what has drifted."""

from reconciler.catalog.index import types
from reconciler.engine.blame import blamed
from reconciler.engine.diff import drift
from reconciler.model.address import Address
from reconciler.model.audit import Deed
from reconciler.model.state import Handle, Instance

RTYPE = types()["send_connector"]
BEFORE = {"name": "A", "port": 25, "comment": None, "address_spaces": ("SMTP:a.example;1",)}
ROW = Instance(Address("send_connector", "a"), Handle("g-1"), BEFORE)


def deed(user, cmdlet="Set-SendConnector", called="A", **parameters):
    return Deed("2026-01-01T00:00:00Z", user, cmdlet, called, parameters)


def culprits(log, **changes):
    found = drift(RTYPE, ROW, {**BEFORE, **changes})
    told = blamed(RTYPE, ROW, found, log)
    return {name: one.user for name, one in told.deeds.items()}


def test_the_newest_call_that_set_an_argument_is_to_blame():
    log = [deed("bob", Port="2525"), deed("eve", Port="587"), deed("us", Port="25")]
    assert culprits(log, port=2525) == {"port": "bob"}


def test_a_call_that_set_what_we_remember_is_not_to_blame():
    assert culprits([deed("us", Port="25")], port=2525) == {}


def test_each_argument_has_its_own_culprit():
    log = [deed("eve", Comment="x"), deed("bob", Port="2525")]
    assert culprits(log, port=2525, comment="x") == {"port": "bob", "comment": "eve"}


def test_what_changed_along_with_another_argument_is_told_with_it():
    assert culprits([deed("bob", Port="2525")], port=2525, comment="x") == {
        "port": "bob",
        "comment": "bob",
    }


def test_a_value_that_the_log_spells_in_another_way_is_understood():
    ours = deed("us", AddressSpaces='["smtp:A.example"]')
    assert culprits([ours], address_spaces=("SMTP:b.example;1",)) == {}
    edit = deed("bob", AddressSpaces='{"Add": ["b.example"], "Remove": []}')
    assert culprits([edit, ours], address_spaces=("SMTP:b.example;1",)) == {
        "address_spaces": "bob"
    }


def test_a_value_taken_away_is_told():
    row = Instance(ROW.address, ROW.handle, {**BEFORE, "comment": "x"})
    found = drift(RTYPE, row, BEFORE)
    log = [deed("bob", Comment="null"), deed("us", Comment="x")]
    assert blamed(RTYPE, row, found, log).deeds["comment"].user == "bob"


def test_a_renamed_object_is_found_under_its_old_name_and_under_its_new_one():
    log = [deed("eve", called="B", Port="2525"), deed("bob", called="A", Name="B")]
    assert culprits(log, name="B", port=2525) == {"name": "bob", "port": "eve"}


def test_an_object_is_found_by_its_guid_whatever_it_was_called_then():
    log = [deed("bob", called="Meanwhile", Identity="G-1", Port="2525")]
    assert culprits(log, port=2525) == {"port": "bob"}


def test_a_call_on_another_object_explains_nothing():
    assert culprits([deed("bob", called="Other", Port="2525")], port=2525) == {}


def test_who_removed_an_object_is_told():
    log = [deed("eve", "Set-SendConnector", Port="1"), deed("bob", "Remove-SendConnector")]
    told = blamed(RTYPE, ROW, drift(RTYPE, ROW, None), log)
    assert (told.removal.user, dict(told.deeds)) == ("bob", {})


def test_without_a_log_there_is_the_difference_alone():
    told = blamed(RTYPE, ROW, drift(RTYPE, ROW, {**BEFORE, "port": 1}), [])
    assert ([d.name for d in told.drift.differences], dict(told.deeds)) == (["port"], {})
