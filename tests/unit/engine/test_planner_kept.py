"""Rules see what an omitted argument keeps, where the object is there."""

import pytest
from planning_bench import World

from reconciler.engine.survey import Query
from reconciler.model.plan import Action
from reconciler.model.state import Handle

HANDLE = Handle("11111111-0000-0000-0000-000000000002")
SERVICE = Query("", "transport_service")
RECEIVE = Query("", "receive_connector")
ONE = "max_per_domain_outbound_connections"
ALL = "max_outbound_connections"


def service(*lines):
    return "\n".join(['resource "transport_service" "s" {', 'server = "MBX1"', *lines, "}", ""])


@pytest.fixture
def world():
    found = World()
    found.objects[SERVICE] = {
        HANDLE: {"server": "MBX1", "guid": HANDLE, ONE: 20, ALL: 1000, "comment": None}
    }
    return found


def test_a_limit_is_held_against_the_one_that_is_there(world):
    planned = world.plan(service(f"{ONE} = 2000"))
    (found,) = planned.problems.errors
    assert found.code == "domain-connections-above-all"
    assert found.span.line == 3
    assert f"{ALL} is not written here, so that it stays as it is: 1000." in found.detail


def test_a_mistake_about_what_is_not_written_stands_where_its_partner_is_written(world):
    planned = world.plan(service(f"{ALL} = 10"))
    (found,) = planned.problems.errors
    assert found.span.line == 3
    assert f"{ONE} is not written here, so that it stays as it is: 20." in found.detail


def test_what_fits_is_fine_and_what_nobody_wrote_is_not_complained_about(world):
    assert world.plan(service(f"{ONE} = 500")).codes == []
    world.objects[SERVICE][HANDLE] |= {ONE: 5000}
    assert world.plan(service('delay_notification_timeout = "04:00:00"')).codes == []


def test_values_that_must_not_be_shown_are_not(world):
    world.apply(service(f"{ONE} = sensitive(20)"))
    (found,) = world.plan(service(f"{ALL} = 10")).problems.errors
    assert found.detail.endswith(f"{ONE} is not written here, so that it stays as it is.")


RELAY = """
resource "receive_connector" "r" {{
  name              = "Relay"
  server            = "MBX1"
  bindings          = ["10.0.0.5:2600"]
  remote_ip_ranges  = ["10.0.0.0/8"]
  permission_groups = ["ExchangeServers"]
  auth_mechanism    = [{}]
}}
"""


def test_a_name_that_was_given_once_is_seen_by_the_rule_about_names():
    world = World()
    world.apply(RELAY.format('"Tls"'))
    world.edit("receive_connector.r", fqdn="mail.contoso.com")
    planned = world.plan(RELAY.format('"Tls", "ExchangeServer"'))
    (found,) = planned.problems.errors
    assert (found.code, found.span.line) == ("fqdn-not-of-the-server", 8)
    assert "mail.contoso.com" in found.detail


def test_an_object_that_is_still_to_be_made_keeps_nothing():
    planned = World().plan(RELAY.format('"Tls", "ExchangeServer"'))
    assert planned.codes == []
    assert planned.changes["receive_connector.r"].action is Action.CREATE
