from dataclasses import replace

import pytest

from reconciler.catalog.index import types
from reconciler.engine.recover import mismatches, recover
from reconciler.engine.survey import Query
from reconciler.model.address import Address
from reconciler.model.state import Handle, Instance, Intent, IntentVerb, State
from reconciler.model.values import Sealed

RELAY = Address("send_connector", "relay")
HERE = Query("", "send_connector")
OLD, NEW, OTHER = Handle("guid-old"), Handle("guid-new"), Handle("guid-other")
SENT = {"name": "Relay", "port": 2525}


def intent(verb, handle=None, **rest):
    return Intent("1/x", 1, RELAY, verb, handle, "Relay", SENT, **rest)


def settled(state, there):
    return recover(state, {HERE: there}, types())


def test_a_creation_that_never_happened_is_dropped():
    found = settled(State(intents=(intent(IntentVerb.CREATE),)), {})
    assert [s.how for s in found.settlements] == ["dropped"]
    assert found.state.instances == ()


def test_a_creation_that_happened_is_adopted():
    found = settled(State(intents=(intent(IntentVerb.CREATE),)), {NEW: dict(SENT)})
    assert [(i.address, i.handle) for i in found.state.instances] == [(RELAY, NEW)]
    assert found.state.intents == ()


def test_a_name_counts_whatever_its_case():
    found = settled(
        State(intents=(intent(IntentVerb.CREATE),)), {NEW: {"name": "RELAY", "port": 2525}}
    )
    assert [s.how for s in found.settlements] == ["adopted"]


def test_an_object_with_other_settings_is_not_taken_for_ours():
    found = settled(
        State(intents=(intent(IntentVerb.CREATE),)), {NEW: {"name": "Relay", "port": 25}}
    )
    assert [p.code for p in found.problems] == ["unproven-object"]
    assert found.state.intents != ()


def test_two_candidates_are_one_too_many():
    there = {NEW: dict(SENT), OTHER: dict(SENT)}
    found = settled(State(intents=(intent(IntentVerb.CREATE),)), there)
    assert [p.code for p in found.problems] == ["unproven-object"]


def test_an_object_that_was_there_before_is_not_ours():
    found = settled(State(intents=(intent(IntentVerb.CREATE, seen=(OLD,)),)), {OLD: dict(SENT)})
    assert [s.how for s in found.settlements] == ["dropped"]


def test_an_object_of_another_row_is_not_adopted():
    row = Instance(Address("send_connector", "b"), OTHER, dict(SENT))
    found = settled(
        State(instances=(row,), intents=(intent(IntentVerb.CREATE),)), {OTHER: dict(SENT)}
    )
    assert [s.how for s in found.settlements] == ["dropped"]


def test_a_deletion_that_happened_removes_the_row():
    row = Instance(RELAY, OLD, dict(SENT))
    found = settled(State(instances=(row,), intents=(intent(IntentVerb.DELETE, OLD),)), {})
    assert (found.state.instances, found.settlements[0].how) == ((), "finished")


def test_a_deletion_that_did_not_happen_keeps_the_row():
    row = Instance(RELAY, OLD, dict(SENT))
    found = settled(
        State(instances=(row,), intents=(intent(IntentVerb.DELETE, OLD),)), {OLD: SENT}
    )
    assert found.state.instances == (row,)


def test_an_update_leaves_the_row_for_the_plan_to_compare():
    row = Instance(RELAY, OLD, {"name": "Relay", "port": 25})
    found = settled(
        State(instances=(row,), intents=(intent(IntentVerb.UPDATE, OLD),)), {OLD: SENT}
    )
    assert found.state.instances == (row,)
    assert found.state.intents == ()


@pytest.mark.parametrize(
    ("there", "how"),
    [
        (SENT, "finished"),
        ({"name": "relay", "port": 2525}, "finished"),
        ({"name": "Relay", "port": 25}, "dropped"),
        ({"name": "Relay"}, "dropped"),
        (None, "dropped"),
    ],
)
def test_an_update_is_found_done_where_all_that_was_sent_is_there(there, how):
    row = Instance(RELAY, OLD, {"name": "Relay", "port": 25})
    seen = {} if there is None else {OLD: there}
    found = settled(State(instances=(row,), intents=(intent(IntentVerb.UPDATE, OLD),)), seen)
    assert [s.how for s in found.settlements] == [how]


def test_an_update_that_sent_nothing_is_not_found_done():
    row = Instance(RELAY, OLD, {"name": "Relay"})
    update = replace(intent(IntentVerb.UPDATE, OLD), values={})
    found = settled(State(instances=(row,), intents=(update,)), {OLD: SENT})
    assert [s.how for s in found.settlements] == ["dropped"]


def test_an_update_that_sent_a_password_is_not_found_done():
    row = Instance(RELAY, OLD, {"name": "Relay"})
    sent = {**SENT, "authentication_credential": Sealed("u", "digest")}
    update = replace(intent(IntentVerb.UPDATE, OLD), values=sent)
    found = settled(State(instances=(row,), intents=(update,)), {OLD: SENT})
    assert [s.how for s in found.settlements] == ["dropped"]


def test_an_adopted_successor_pushes_the_old_object_aside():
    row = Instance(RELAY, OLD, {"name": "Old relay"})
    state = State(instances=(row,), intents=(intent(IntentVerb.CREATE),))
    found = settled(state, {OLD: {"name": "Old relay"}, NEW: dict(SENT)})
    assert {i.handle: bool(i.deposed) for i in found.state.instances} == {NEW: False, OLD: True}


def test_settling_twice_changes_nothing_more():
    state = State(intents=(intent(IntentVerb.CREATE),))
    once = settled(state, {NEW: dict(SENT)}).state
    again = settled(replace(once), {NEW: dict(SENT)})
    assert (again.state, again.settlements) == (once, ())


def test_a_password_that_may_have_been_written_is_written_again():
    """It cannot be read back: whatever is wanted now, old or new, differs from what is known."""
    old, new = Sealed("u", "digest of old"), Sealed("u", "digest of new")
    row = Instance(RELAY, OLD, {"name": "Relay", "authentication_credential": old})
    sent = {"authentication_credential": new}
    found = settled(
        State(instances=(row,), intents=(replace(intent(IntentVerb.UPDATE, OLD), values=sent),)),
        {OLD: SENT},
    )
    remembered = found.state.instances[0].values["authentication_credential"]
    assert remembered not in (old, new, None)


@pytest.mark.parametrize(
    ("written", "wrong"), [((), ()), (("max_send_size",), ("max_send_size",))]
)
def test_what_exchange_fills_in_may_differ_and_what_is_written_may_not(written, wrong):
    sent, found = {"max_send_size": 1 << 20}, {"max_send_size": 2 << 20}
    assert mismatches(types()["transport_config"], sent, found, written) == wrong
