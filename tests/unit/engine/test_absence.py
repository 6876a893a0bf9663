"""Types that do not exist on the Exchange that a block is for."""

import pytest
from planning_bench import World, connector

from reconciler.catalog.index import types
from reconciler.engine import absence
from reconciler.model.address import parse
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.platform import ONLINE, Platform

CLOUD = Platform(ONLINE)
BOTH = 'backend "simulated" {}\nbackend "simulated" {\n  alias = "cloud"\n  version = "EXO"\n}\n'
PLATFORMS = {"": Platform("2019"), "cloud": CLOUD}


def problems(text, platforms):
    return World(platforms=platforms).plan(text).problems.errors


def test_a_type_that_exchange_online_lacks_is_found_before_anything_is_asked():
    (found,) = problems(connector("a", "A"), {"": CLOUD})
    assert found.code == "type-not-on-this-version"
    assert found.detail == (
        "A send_connector exists on Exchange 2010, 2013, 2016, 2019, SE only, and the backend without "
        "an alias is Exchange Online. Take the block out, or name the right version and role in the "
        "backend block."
    )
    assert (found.span.line, found.context) == (1, 'resource "send_connector" "a"')


def test_the_backend_that_has_the_type_is_named():
    (found,) = problems(BOTH + connector("a", "A", "backend = simulated.cloud"), PLATFORMS)
    assert 'the backend "cloud" is Exchange Online. Take backend out of the block' in found.detail


def test_a_block_is_told_once_however_many_objects_it_has():
    assert len(problems(connector("a", "A", "count = 3"), {"": CLOUD})) == 1


def test_who_uses_such_a_block_is_not_blamed():
    text = connector("a", "A") + 'output "o" {\n  value = send_connector.a.guid\n}\n'
    assert len(problems(text, {"": CLOUD})) == 1


def test_a_data_source_of_such_a_type_does_not_exist_either():
    text = 'data "send_connector" "a" {\n  name = "A"\n}\n'
    (found,) = problems(text, {"": CLOUD})
    assert found.code == "type-not-on-this-version"


@pytest.mark.parametrize("platform", [Platform("2010"), Platform("SE", "edge"), CLOUD])
def test_what_lives_in_state_alone_exists_everywhere(platform):
    assert absence.exists(types()["reconciler_data"], platform)


def test_what_state_remembers_must_be_readable():
    rows = [(parse("send_connector.a"), "")]
    absence.of_rows(rows, types(), {"": Platform("2019")})
    with pytest.raises(ReconcilerError) as caught:
        absence.of_rows(rows, types(), {"": CLOUD})
    assert "State remembers send_connector.a there." in caught.value.diagnostics[0].detail
