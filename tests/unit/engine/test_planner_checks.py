"""Check blocks: what should hold, and is only a warning where it does not."""

import pytest
from planning_bench import World, applied, connector

A = connector("a", "A", "port = 25")


def check(condition, message="Not so."):
    inner = f'condition = {condition}\n    error_message = "{message}"'
    return f'check "c" {{\n  assert {{\n    {inner}\n  }}\n}}\n'


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        ("send_connector.a.port == 25", "pass"),
        ("send_connector.a.port == 26", "fail"),
        ('send_connector.a.guid != ""', "unknown"),
    ],
)
def test_a_check_passes_fails_or_waits(condition, status):
    assert World().plan(A + check(condition)).checks == [("check.c", "check", status)]


def test_a_check_that_fails_is_a_warning_with_its_message():
    planned = World().plan(
        A + check("send_connector.a.port > 25", "Port ${send_connector.a.port}.")
    )
    (found,) = planned.problems.warnings
    assert (found.code, found.detail, found.context) == ("check-failed", "Port 25.", 'check "c"')
    assert not planned.problems.errors
    assert planned.actions == {"send_connector.a": "create"}


@pytest.mark.parametrize(
    ("condition", "code"),
    [('"x"', "condition-not-bool"), ('tonumber("x") == 1', "invalid-function-argument")],
)
def test_a_check_that_cannot_be_told_is_an_error(condition, code):
    planned = World().plan(A + check(condition))
    assert [found.code for found in planned.problems.errors][:1] == [code]


def test_a_check_sees_what_is_there_now():
    text = A + check("send_connector.a.guid == null")
    assert applied(A).plan(text).checks == [("check.c", "check", "fail")]


def with_source(name):
    source = f'data "send_connector" "d" {{\n    name = "{name}"\n  }}\n  assert'
    return check("data.send_connector.d.port == 26").replace("assert", source, 1)


def test_a_check_reads_a_source_of_its_own():
    world = World()
    world.stranger("Legacy", port=26)
    planned = world.plan(with_source("Legacy"))
    assert (planned.checks, planned.codes) == ([("check.c", "check", "pass")], [])


def test_a_check_that_has_nothing_to_read_is_a_warning():
    planned = World().plan(with_source("Legacy"))
    assert planned.checks == [("check.c", "check", "unknown")]
    assert [found.code for found in planned.problems.warnings] == ["data-not-found"]
    assert not planned.problems.errors
