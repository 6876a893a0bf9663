"""Connectors that change places and take a value from what is made in the same run."""

import pytest
from app_bench import Run, block


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def test_the_first_of_two_steps_waits_for_what_it_sends(run):
    run.apply(block("a") + block("b"))
    more = "comment = send_connector.zz.guid"
    crossed = block("a", more) + block("b", more)
    crossed = crossed.replace('"a.example"', "1").replace('"b.example"', '"a.example"')
    assert run.apply(crossed.replace("[1]", '["b.example"]') + block("zz")).failed == 0
    assert run.plan() == ({}, {})
