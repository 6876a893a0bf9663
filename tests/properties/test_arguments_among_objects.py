"""Laws of arguments that make sense only beside other objects: random edits of them converge."""

from random import Random

import pytest
from loop_worlds import folder

from reconciler.model.diagnostic import ReconcilerError

DOMAIN = """
resource "accepted_domain" "d{n}" {{
  name        = "D{n}"
  domain_name = "d{n}.example"
{more}}}
"""
CONNECTOR = """
resource "receive_connector" "r{n}" {{
  name             = "R{n}"
  server           = "MBX1"
  transport_role   = "FrontendTransport"
  bindings         = ["0.0.0.0:{port}"]
  remote_ip_ranges = ["10.0.{n}.0/24"]
  auth_mechanism   = ["Tls", "ExchangeServer"]
  permission_groups = ["ExchangeServers"]
{more}}}
"""
NAMES = ("", '  fqdn = "MBX1.contoso.com"\n', '  fqdn = "mbx1"\n')


@pytest.mark.parametrize("seed", range(6))
def test_the_default_domain_moves_at_random_and_there_is_always_one(seed):
    random = Random(seed)
    with folder() as at:
        for _ in range(4):
            chosen = random.randrange(4)
            at.apply(
                "".join(
                    DOMAIN.format(n=n, more="  make_default = true\n" if n == chosen else "")
                    for n in range(4)
                )
            )
            assert at.plan().is_empty


DEFAULT = "  make_default = true\n"
REFUSED = {"default-domain-goes", "not-free-in-time", "step-cycle"}
FIRST = "  lifecycle {\n    create_before_destroy = true\n  }\n"


def some_domains(random: Random) -> str:
    """Up to four blocks; names and domains go round among them, one is the default at most."""
    names, domains = (random.choice((random.sample(range(5), 5), range(5))) for _ in range(2))
    chosen = random.randrange(5)
    return "".join(
        f'resource "accepted_domain" "d{n}" {{\n'
        f'  name = "D{names[n]}"\n'
        f'  domain_name = "d{domains[n]}.example"\n'
        f"{DEFAULT if n == chosen else ''}"
        f"{random.choice((FIRST, ''))}}}\n"
        for n in random.sample(range(4), random.randint(1, 4))
    )


@pytest.mark.parametrize("seed", range(6))
def test_domains_at_random_are_refused_in_the_plan_or_changed_as_a_whole(seed):
    random = Random(seed)
    with folder() as at:
        for _ in range(6):
            text = some_domains(random)
            try:
                at.write(text)
                at.plan()
            except ReconcilerError as refusal:
                codes = {one.code for one in refusal.diagnostics if one.severity == "error"}
                assert codes <= REFUSED
            else:
                at.apply(text)
                assert at.plan().is_empty


@pytest.mark.parametrize("seed", range(4))
def test_the_names_that_connectors_announce_change_at_random(seed):
    random = Random(seed)
    with folder() as at:
        for _ in range(4):
            at.apply(
                "".join(
                    CONNECTOR.format(n=n, port=2600 + n, more=random.choice(NAMES))
                    for n in range(3)
                )
            )
            assert at.plan().is_empty
