"""Receive connectors through the whole of the application."""

import pytest
from app_bench import Run

from reconciler.backends.command import Command
from reconciler.backends.open import simulated_transport

RELAY = """
resource "receive_connector" "relay" {{
  name                            = "Relay"
  server                          = "mbx1"
  {usage}
  bindings                        = ["10.0.0.5:2600"]
  permission_groups               = ["AnonymousUsers"]
  bare_linefeed_rejection_enabled = true
}}
"""


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def cmdlets(root):
    transport = simulated_transport({}, root=root, environment={}, user="admin")
    try:
        log = transport.invoke(Command("Search", "AdminAuditLog", {}))
        return [str(one["CmdletName"]) for one in reversed(log)]
    finally:
        transport.close()


def test_what_creation_refuses_comes_after_it(run):
    run.apply(RELAY.format(usage="internet = true"))
    assert run.plan() == ({}, {})
    assert cmdlets(run.root) == ["New-ReceiveConnector", "Set-ReceiveConnector"]


def test_what_setup_made_is_not_collided_with(run):
    text = RELAY.format(usage='remote_ip_ranges = ["10.0.0.0/8"]').replace(":2600", ":25")
    assert run.refused(text) == ["binding-of-another-role"]
