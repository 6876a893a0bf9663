"""New receive connectors that pass through each other's places while they are made."""

import pytest
from app_bench import Run

from reconciler.app import inspect

CONNECTOR = """
resource "receive_connector" "{label}" {{
  name             = "{label}"
  server           = "MBX7"
  usage            = "{usage}"
  bindings         = ["0.0.0.0:{port}"]
  remote_ip_ranges = ["10.0.0.0/8"]
  {more}
}}
"""


def connector(label, usage, port, more=""):
    return CONNECTOR.format(label=label, usage=usage, port=port, more=more)


CROSSED = connector("inner", "Internal", 587) + connector("outer", "Client", 25)


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def bindings(run):
    return {str(r.address): r.values["bindings"] for r in inspect.state(run.project).instances}


def test_two_that_pass_through_each_others_place_are_made_by_one_making_way(run):
    tally = run.apply(CROSSED)
    assert (tally.failed, tally.added, tally.changed) == (0, 2, 0)
    assert run.done == [
        ("receive_connector.outer", "create"),
        ("receive_connector.inner", "create"),
        ("receive_connector.outer", "update"),
    ]
    assert run.plan() == ({}, {})


def test_a_saved_plan_does_so_too(run):
    run.write(CROSSED)
    run.save()
    assert run.apply_saved().failed == 0
    assert run.plan() == ({}, {})


def test_who_gives_up_the_place_for_a_moment_goes_before_the_one_that_makes_way(run):
    run.apply(connector("zz", "Custom", 25) + connector("yy", "Custom", 587))
    moved = connector("zz", "Custom", 2525) + connector("yy", "Custom", 2587)
    assert run.apply(moved + CROSSED).failed == 0
    assert run.plan() == ({}, {})


def test_who_uses_a_connector_that_makes_way_finds_it_made(run):
    used = CROSSED + connector("after", "Custom", 99, "comment = receive_connector.inner.guid")
    used += connector("last", "Custom", 98, "comment = receive_connector.outer.guid")
    assert run.apply(used).failed == 0
    assert run.plan() == ({}, {})


def test_a_value_that_is_known_at_apply_only_comes_with_the_creation(run):
    first = connector("first", "Custom", 99)
    crossed = connector("inner", "Internal", 587, "comment = receive_connector.first.guid")
    crossed += connector("outer", "Client", 25, "comment = receive_connector.first.guid")
    assert run.apply(first + crossed).failed == 0
    assert run.plan() == ({}, {})


def test_one_that_refers_to_the_other_is_made_after_it(run):
    more = "comment = receive_connector.outer.guid"
    crossed = connector("inner", "Internal", 587, more) + connector("outer", "Client", 25)
    assert run.apply(crossed).failed == 0
    assert run.plan() == ({}, {})


def test_where_somebody_else_stands_the_plan_says_so(run):
    run.apply(connector("there", "Custom", 587))
    assert run.refused(connector("there", "Custom", 587) + CROSSED) == [
        "binding-and-range-taken",
        "creation-collides",
    ]
