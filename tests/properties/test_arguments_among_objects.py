"""Laws of arguments that make sense only beside other objects: random edits of them converge."""

from random import Random

import pytest
from loop_worlds import folder

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
