"""R62: a connector without TLS among servers, and the Transport service of its server."""

import pytest
from app_bench import Run

from reconciler.app import planning
from reconciler.app.planning import Options

CONNECTOR = """
resource "receive_connector" "wan" {
  name                     = "WAN"
  server                   = "MBX1"
  bindings                 = ["10.0.0.5:2600"]
  remote_ip_ranges         = ["10.9.0.7"]
  permission_groups        = ["ExchangeServers"]
  suppress_x_anonymous_tls = true
}
"""


def service(line="", server="MBX1"):
    return f'resource "transport_service" "s" {{\n  server = "{server}"\n  {line}\n}}\n'


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def warned(run, text):
    run.write(text)
    made = planning.make(run.project, Options(), lambda _event: None)
    return [found.code for found in made.warnings]


def test_a_service_that_still_expects_tls_is_a_mistake_with_both_places(run):
    off = service("use_downgraded_exchange_server_auth = false")
    assert run.refused(off + CONNECTOR) == ["downgraded-authentication-needed"]


def test_what_the_service_keeps_counts_too(run):
    assert run.refused(service() + CONNECTOR) == ["downgraded-authentication-needed"]


def test_a_service_that_allows_it_is_what_is_needed(run):
    on = service("use_downgraded_exchange_server_auth = true")
    assert warned(run, on + CONNECTOR) == []
    run.apply(on + CONNECTOR)
    assert run.plan() == ({}, {})


def test_where_nothing_is_known_of_the_service_a_warning_says_so(run):
    assert warned(run, CONNECTOR) == ["downgraded-authentication-unseen"]
    assert warned(run, CONNECTOR.replace("= true", "= false")) == []
