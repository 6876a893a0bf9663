"""R51: the name that a connector gives among servers is its server's own, domain and all."""

import pytest
from app_bench import Run

from reconciler.app import planning
from reconciler.app.planning import Options
from reconciler.model.diagnostic import ReconcilerError

CONNECTOR = """
resource "receive_connector" "hub" {{
  name              = "Hub"
  server            = "{server}"
  bindings          = ["10.0.0.5:2600"]
  remote_ip_ranges  = ["10.9.0.7"]
  permission_groups = ["ExchangeServers"]
  auth_mechanism    = ["{mechanism}"]
  {fqdn}
}}
"""
DESCRIBED = 'backend "simulated" { organization = "here.org.hcl" }\n'
ORGANISATION = 'domain = "contoso.com"\nserver "MBX1" { fqdn = "mbx1.emea.contoso.com" }\n'


def connector(fqdn="", server="MBX1", mechanism="ExchangeServer"):
    line = f'fqdn = "{fqdn}"' if fqdn else ""
    return CONNECTOR.format(fqdn=line, server=server, mechanism=mechanism)


@pytest.fixture
def run(tmp_path):
    (tmp_path / "here.org.hcl").write_text(ORGANISATION, encoding="utf-8")
    return Run(tmp_path)


def told(run, text):
    run.write(text)
    with pytest.raises(ReconcilerError) as caught:
        planning.make(run.project, Options(), lambda _event: None)
    (found,) = caught.value.diagnostics
    return found


def test_another_domain_than_exchange_says_is_refused_with_the_place_and_the_cure(run):
    found = told(run, DESCRIBED + connector("mbx1.contoso.com"))
    assert found.code == "fqdn-not-the-full-name"
    assert found.span.line == 10
    assert 'fqdn = "mbx1.emea.contoso.com"' in found.detail
    assert found.address == "receive_connector.hub"


@pytest.mark.parametrize("name", ["mbx1.emea.contoso.com", "MBX1.Emea.Contoso.com", "mbx1", ""])
def test_the_full_name_and_the_short_one_are_made(run, name):
    assert run.apply(DESCRIBED + connector(name)).failed == 0
    assert run.plan() == ({}, {})


def test_without_the_mechanism_any_name_will_do(run):
    assert run.apply(DESCRIBED + connector("mbx1.contoso.com", mechanism="Tls")).failed == 0


def test_without_an_organisation_file_exchange_still_knows_its_own_server(run):
    assert run.refused(connector("mbx1.fabrikam.com")) == ["fqdn-not-the-full-name"]
    assert run.apply(connector("mbx1.contoso.com")).failed == 0


def test_of_a_server_that_exchange_does_not_tell_of_nothing_is_guessed(run):
    changed, _ = run.plan(connector("mbx7.fabrikam.com", server="MBX7"))
    assert changed == {"receive_connector.hub": "create"}


def test_a_name_that_nobody_writes_any_more_stays_and_the_mechanism_does_not_go_with_it(run):
    run.apply(DESCRIBED + connector("mbx1.contoso.com", mechanism="Tls"))
    found = told(run, DESCRIBED + connector())
    assert (found.code, found.span.line) == ("fqdn-not-the-full-name", 9)
    assert "not written here" in found.detail


def test_a_plan_without_a_refresh_does_not_guess_either(run):
    run.apply(DESCRIBED + connector())
    changed, _ = run.plan(DESCRIBED + connector("mbx1.contoso.com"), refresh=False)
    assert changed == {"receive_connector.hub": "update"}


def test_a_data_source_is_enough_to_know(run):
    server = 'data "exchange_server" "hub" { name = "MBX1" }\n'
    run.apply(DESCRIBED + server + connector())
    run.write(DESCRIBED + server + connector("mbx1.contoso.com"))
    assert run.refused(refresh=False) == ["fqdn-not-the-full-name"]
