"""Receive connectors through the whole of the application."""

import pytest
from app_bench import Run

from reconciler.backends.command import Command
from reconciler.backends.open import simulated_transport
from reconciler.model.diagnostic import ReconcilerError

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


OF_USAGE = """
resource "receive_connector" "relay" {{
  name              = "Relay"
  server            = "mbx1"
  usage             = "{usage}"
  bindings          = ["{binding}"]
  remote_ip_ranges  = ["10.0.0.0/8"]
  {more}
}}
"""


def of_usage(usage, binding="10.0.0.5:2600", more=""):
    return OF_USAGE.format(usage=usage, binding=binding, more=more)


@pytest.mark.parametrize("usage", ["Client", "Internal"])
def test_a_usage_that_setups_connectors_leave_no_room_for_is_refused_before_anything_is_sent(
    run, usage
):
    assert run.refused(of_usage(usage)) == ["creation-collides"]


def test_the_refusal_names_both_places_and_what_to_write_instead(run):
    with pytest.raises(ReconcilerError) as caught:
        run.plan(of_usage("Internal"))
    (found,) = caught.value.diagnostics
    assert found.span.line == 6
    for said in ("receive_connector.relay", r"MBX1\Default Frontend MBX1", "0.0.0.0:25", "Custom"):
        assert said in found.detail


def test_the_open_range_of_usage_internet_collides_like_a_binding(run):
    front = 'transport_role = "FrontendTransport"'
    assert run.refused(of_usage("Internet", "0.0.0.0:25", front)) == ["creation-collides"]


def test_what_the_refusal_says_to_write_is_made_in_that_place(run):
    run.apply(
        of_usage(
            "Custom",
            more='permission_groups = ["ExchangeServers", "ExchangeLegacyServers"]\n'
            'auth_mechanism = ["Tls", "ExchangeServer"]',
        )
    )
    assert run.plan() == ({}, {})


def test_an_object_that_exists_may_be_said_to_have_any_usage(run):
    run.apply(of_usage("Custom", more='permission_groups = ["ExchangeServers"]'))
    again = of_usage("Internal", more='permission_groups = ["ExchangeServers"]')
    assert run.plan(again.replace("}\n", 'auth_mechanism = ["Tls"]\n}\n')) == ({}, {})


WITH_RIGHT = """
resource "receive_connector" "relay" {{
  name              = "Relay"
  server            = "MBX1"
  bindings          = ["10.0.0.5:2600"]
  remote_ip_ranges  = ["10.0.0.0/8"]
  permission_groups = [{groups}]
}}

resource "receive_connector_permission" "relay" {{
  connector      = receive_connector.relay.guid
  user           = "CONTOSO\\\\Printers"
  extended_right = "ms-Exch-SMTP-Accept-Any-Recipient"
}}
"""


def test_groups_change_while_rights_are_granted_and_nothing_is_left_to_do(run):
    for groups in ('"Partners"', '"AnonymousUsers"', '"None"'):
        run.apply(WITH_RIGHT.format(groups=groups))
        assert run.plan() == ({}, {})


def test_the_mark_of_single_rights_cannot_be_written(run):
    assert run.refused(WITH_RIGHT.format(groups='"Partners", "Custom"')) == ["custom-is-a-mark"]


def test_an_unknown_accepted_domain_is_refused_and_a_known_one_is_not(run):
    """R55: Exchange says it when it carries out the change."""
    ours = 'remote_ip_ranges = ["10.0.0.0/8"]\ndefault_domain = "contoso.com"'
    text = RELAY.format(usage=ours)
    run.apply(text)
    assert run.plan() == ({}, {})
    assert run.apply(text.replace("contoso.com", "nowhere.example")).failed == 1


def test_what_only_set_takes_of_a_usage_comes_after_creation_and_the_rest_with_it(run):
    """R42: New-ReceiveConnector refuses bindings for Client and Internal, ranges for Internet."""
    run.apply(RELAY.format(usage='remote_ip_ranges = ["10.0.0.0/8"]').replace("bare_line", "#"))
    assert cmdlets(run.root) == ["New-ReceiveConnector"]


def domain(run, part):
    """What Exchange has of the accepted domain that setup made."""
    transport = simulated_transport({}, root=run.root, environment={}, user="admin")
    try:
        return str(transport.invoke(Command("Get", "AcceptedDomain", {}))[0][part])
    finally:
        transport.close()


def with_domain(given):
    return RELAY.format(usage=f'remote_ip_ranges = ["10.0.0.0/8"]\ndefault_domain = {given}')


@pytest.mark.parametrize("part", ["Guid", "DistinguishedName", "Name"])
def test_an_accepted_domain_may_be_called_by_any_of_its_identities(run, part):
    """N10: Exchange answers with the name."""
    text = with_domain(f'"{domain(run, part)}"')
    run.apply(text)
    assert run.done
    assert run.plan() == ({}, {})
    assert run.plan(with_domain('"CONTOSO.com"')) == ({}, {})


def test_a_domain_that_is_made_in_the_same_run_is_named_by_its_guid(run):
    made = 'resource "accepted_domain" "d" {\n  name = "Own"\n  domain_name = "own.example"\n}\n'
    text = made + with_domain("accepted_domain.d.guid")
    run.apply(text)
    assert run.plan() == ({}, {})
    assert run.plan(made + with_domain("accepted_domain.d.name")) == ({}, {})


def test_another_accepted_domain_is_a_change(run):
    run.apply(with_domain('"contoso.com"'))
    made = 'resource "accepted_domain" "d" {\n  name = "Own"\n  domain_name = "own.example"\n}\n'
    changed, _ = run.plan(made + with_domain('"Own"'))
    assert changed["receive_connector.relay"] == "update"
