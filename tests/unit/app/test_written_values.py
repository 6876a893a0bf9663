"""What users write is verified after it is sent, also where Exchange would have filled it in."""

import pytest
from app_bench import Run

NEW_DEFAULT = """
resource "accepted_domain" "a" {
  name         = "Fabrikam"
  domain_name  = "fabrikam.example"
  make_default = true
}
"""
UNSAID = NEW_DEFAULT.replace("  make_default = true\n", "")


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def test_a_domain_that_is_made_as_the_default_is_the_default_at_once(run):
    run.apply(NEW_DEFAULT)
    assert run.plan() == ({}, {})


def test_what_is_not_written_stays_as_exchange_has_it(run):
    run.apply(UNSAID)
    assert run.plan() == ({}, {})
    run.apply(NEW_DEFAULT)
    assert run.plan(UNSAID) == ({}, {})
