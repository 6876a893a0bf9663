"""Another admin edits an object between the plan and the call: what the configuration says comes to
be, what it leaves to others stays theirs, and both are told.
"""

import sys

import pytest
from fault_bench import APPLY, DESTROY, PLAN, Bench, connector, hasty

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

EDIT = {"RECONCILER_SIM_FAULTS": "Set-*#1=edit"}
"""Raises the port by one and writes a comment."""
BIGGER = 'max_message_size = "40MB"'
COMMENT_IS_THEIRS = "lifecycle {\n ignore_changes = [comment]\n }"


def edited(bench: Bench, *more: str, **options: str):
    """An update that somebody edits just before."""
    bench.write(connector("a", "A", *more))
    assert bench.run(APPLY).code == 0
    bench.write(connector("a", "A", BIGGER, *more))
    return bench.run(APPLY, PLAN, hook=hasty, **EDIT, **options)


def test_the_object_is_as_the_configuration_says_after_an_edit(bench):
    ended = edited(bench, "port = 2525", 'comment = "ours"')
    assert ended.code == 0, ended.out + ended.err
    (now,) = bench.world()
    assert (now["Port"], now["Comment"]) == (2525, "ours")
    assert str(now["MaxMessageSize"]).startswith("40 MB")


def test_an_edit_costs_one_call_more_and_is_in_the_audit_log(bench):
    edited(bench)
    log = bench.ask("Search-AdminAuditLog")
    callers = [each["Caller"] for each in reversed(log)]
    ours, theirs = callers[0], callers[1]
    assert callers == [ours, theirs, ours, ours]
    assert ours != theirs


def test_what_is_left_to_others_is_not_taken_back(bench):
    ended = edited(bench, 'comment = "ours"', COMMENT_IS_THEIRS)
    assert ended.code == 0, ended.out + ended.err
    (now,) = bench.world()
    assert now["Comment"] != "ours"
    assert now["Port"] == 25
    (row,) = bench.state().instances
    assert row.values["comment"] == now["Comment"]


def test_an_edit_of_what_is_left_to_others_alone_needs_no_call(bench):
    port_too = COMMENT_IS_THEIRS.replace("comment", "comment, port")
    edited(bench, port_too)
    assert len(bench.calls()) == 3


def test_an_edit_before_a_destroy_saves_nothing(bench):
    bench.write(connector("a"))
    assert bench.run(APPLY).code == 0
    assert bench.run(DESTROY, RECONCILER_SIM_FAULTS="Remove-*#1=edit").code == 0
    assert bench.world() == []


def test_a_saved_plan_that_was_made_before_an_edit_still_ends_as_it_says(bench):
    bench.write(connector("a"))
    assert bench.run(APPLY).code == 0
    bench.write(connector("a", "A", BIGGER))
    assert bench.run(("plan", "-out=p")).code == 0
    bench.ask("Set-SendConnector", Identity="A", Port=2525)
    ended = bench.run(("apply", "p"), PLAN, hook=hasty)
    assert ended.code == 0, ended.out + ended.err
    assert bench.world()[0]["Port"] == 25
