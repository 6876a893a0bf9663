"""What an outbound connector means for mail, and how a plan shows it."""

import pytest

from reconciler.app import planning
from reconciler.app.apply import run as apply
from reconciler.app.planning import Options
from reconciler.app.project import Project
from reconciler.catalog.outbound_connector import TYPE
from reconciler.model.route import Route, RouteChange

PLAIN = {"name": "Out", "recipient_domains": ("contoso.com",), "enabled": True}
BACKEND = 'backend "simulated" {\n  version = "EXO"\n}\n'


def route(**more):
    assert TYPE.route is not None
    return TYPE.route({**PLAIN, **more})


def test_recipient_domains_are_destinations():
    domains = ("*", "*.contoso.com", "smtp:fabrikam.com;5")
    assert route(recipient_domains=domains) == Route(
        "Out", (("SMTP", "*", 1), ("SMTP", "*.contoso.com", 1), ("SMTP", "fabrikam.com", 5))
    )


@pytest.mark.parametrize(
    "off", [{"enabled": False}, {"test_mode": True}, {"is_transport_rule_scoped": True}]
)
def test_a_connector_that_takes_no_ordinary_mail_is_off(off):
    found = route(**off)
    assert found is not None
    assert not found.enabled


def test_a_connector_that_takes_all_mail_serves_every_destination():
    found = route(recipient_domains=(), route_all_messages_via_on_premises=True)
    assert found == Route("Out", (("SMTP", "*", 1),))


def test_mail_for_all_accepted_domains_is_a_destination_of_its_own():
    found = route(recipient_domains=(), all_accepted_domains=True)
    assert found == Route("Out", (("SMTP", "all accepted domains", 1),))


def test_nothing_is_said_while_the_domains_are_not_known():
    assert TYPE.route is not None
    assert TYPE.route({"name": "Out"}) is None
    assert TYPE.route({"recipient_domains": ("*",)}) is None


def connector(label, *domains):
    listed = ", ".join(f'"{one}"' for one in domains)
    return (
        f'resource "outbound_connector" "{label}" {{\n  name = "{label.upper()}"\n'
        f"  recipient_domains = [{listed}]\n  use_mx_record = true\n}}\n"
    )


ON_PREMISES = """
resource "outbound_connector" "h" {
  name                 = "H"
  connector_type       = "OnPremises"
  all_accepted_domains = true
  use_mx_record        = false
  smart_hosts          = ["mail.contoso.com"]
  tls_settings         = "EncryptionOnly"
}
"""


def test_a_plan_shows_where_mail_for_all_accepted_domains_goes(tmp_path):
    project = Project(tmp_path, "default", {})

    def flow(text):
        (tmp_path / "main.hcl").write_text(BACKEND + text, encoding="utf-8")
        return planning.make(project, Options(), lambda _event: None).mail_flow

    every = connector("a", "*")
    assert flow(ON_PREMISES) == (RouteChange("all accepted domains", "", "H"),)
    apply(project, Options(), lambda _event: None, plan_file=None, approve=lambda _: True)
    assert flow(ON_PREMISES + every) == (RouteChange("*", "", "A"),)
    assert flow(ON_PREMISES.replace('"h"', '"i"').replace('"H"', '"I"')) == (
        RouteChange("all accepted domains", "H", "I"),
    )
    assert flow(every + ON_PREMISES.replace("= true", "= false")) == (
        RouteChange("*", "", "A"),
        RouteChange("all accepted domains", "H", "A"),
    )


def test_a_plan_shows_which_mail_takes_another_outbound_connector(tmp_path):
    project = Project(tmp_path, "default", {})

    def write(text):
        (tmp_path / "main.hcl").write_text(BACKEND + text, encoding="utf-8")

    write(connector("a", "a.example", "b.example"))
    apply(project, Options(), lambda _event: None, plan_file=None, approve=lambda _: True)
    write(connector("a", "a.example") + connector("b", "b.example", "c.example"))
    made = planning.make(project, Options(), lambda _event: None)
    assert made.mail_flow == (
        RouteChange("b.example", "A", "B"),
        RouteChange("c.example", "", "B"),
    )
