"""Messages that end with a command to look at what there is ask the backend that was meant."""

import pytest
from planning_bench import World, connector

from reconciler.engine.survey import Query
from reconciler.model.platform import Platform

BOTH = 'backend "simulated" {}\nbackend "simulated" {\n  alias = "cloud"\n  version = "EXO"\n}\n'
ELSEWHERE = "backend = simulated.cloud"
ADOPTED = (
    f'resource "accepted_domain" "a" {{\n  {ELSEWHERE}\n  name = "q.example"\n'
    '  domain_name = "q.example"\n}\n'
)
LOOKED_UP = f'data "accepted_domain" "a" {{\n  {ELSEWHERE}\n  name = "q.example"\n}}\n'
IMPORTED = (
    f'resource "outbound_connector" "o" {{\n  {ELSEWHERE}\n  name = "O"\n}}\n'
    'import {\n  to = outbound_connector.o\n  id = "Nobody"\n}\n'
)


@pytest.fixture
def world():
    found = World(platforms={"": Platform("2019"), "cloud": Platform("EXO")})
    for name in ("accepted_domain", "outbound_connector"):
        found.objects[Query("cloud", name)] = {}
    return found


@pytest.mark.parametrize(
    ("text", "command"),
    [
        (ADOPTED, "reconciler sim -backend=cloud Get-AcceptedDomain"),
        (LOOKED_UP, "reconciler sim -backend=cloud Get-AcceptedDomain"),
        (IMPORTED, "reconciler sim -backend=cloud Get-OutboundConnector"),
    ],
    ids=["adopted", "looked up", "imported"],
)
def test_the_command_names_the_backend_of_the_block(world, text, command):
    (found,) = world.plan(BOTH + text).problems.found
    assert command in found.detail


def test_the_backend_without_an_alias_needs_no_name(world):
    world.objects[Query("", "send_connector")] = {}
    text = connector("a", "A") + 'import {\n  to = send_connector.a\n  id = "Nobody"\n}\n'
    (found,) = world.plan(BOTH + text).problems.found
    assert "reconciler sim Get-SendConnector" in found.detail
