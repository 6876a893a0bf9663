"""Configurations of any size: connectors for us, and for Terraform its own blocks that hold an
object of the same arguments. Only text; knows no tool.
"""

from collections.abc import Mapping

BACKEND = 'backend "simulated" {}\n'

_ARGUMENTS = """\
name                   = "Partner {key}"
usage                  = "Partner"
address_spaces         = ["{key}.example", "*.{key}.example;5"]
dns_routing_enabled    = false
smart_hosts            = ["mx1.{key}.example", "mx2.{key}.example"]
port                   = 587
require_tls            = true
max_message_size       = "25MB"
protocol_logging_level = "Verbose"
comment                = "Agreed with partner {key}."
"""

_COMPUTED = """\
name                   = "Partner ${each.key}"
usage                  = "Partner"
address_spaces         = ["${each.key}.example", "*.${each.key}.example;${each.value.cost}"]
dns_routing_enabled    = false
smart_hosts            = [each.value.host, lower("MX2.${each.key}.example")]
port                   = each.value.tls ? 587 : 25
require_tls            = each.value.tls
tls_auth_level         = each.value.tls ? "EncryptionOnly" : null
max_message_size       = "${25 + 10}MB"
protocol_logging_level = "Verbose"
fqdn                   = join(".", [each.key, "mail", "contoso.com"])
comment                = "Agreed with partner ${upper(each.key)}."
"""
_PARTNERS = """
locals {
  partners = {
    for n in range({count}) : format("p%05d", n) => {
      host = "mx${n}.example", cost = n % 100 + 1, tls = n % 2 == 0
    }
  }
}
"""


def connector_blocks(count: int) -> Mapping[str, str]:
    """One file, a block for every connector."""
    blocks = (_connector(f"p{n:05}", _arguments(f"p{n:05}")) for n in range(count))
    return {"main.hcl": BACKEND + "".join(blocks)}


def connectors_for_each(count: int) -> Mapping[str, str]:
    """One block that stands for all connectors."""
    every = f'  for_each = toset([for n in range({count}) : format("p%05d", n)])\n\n'
    return {"main.hcl": BACKEND + _connector("partner", every + _arguments("${each.key}"))}


def computed_connectors(count: int) -> Mapping[str, str]:
    """One block with twelve arguments, most of which are computed for each connector."""
    every = "  for_each = local.partners\n\n"
    partners = _PARTNERS.replace("{count}", str(count))
    return {"main.hcl": BACKEND + partners + _connector("partner", every + _indented(_COMPUTED))}


def terraform_blocks(count: int) -> Mapping[str, str]:
    return {"main.tf": "".join(_terraform_data(f"p{n:05}") for n in range(count))}


def _arguments(key: str) -> str:
    return _indented(_ARGUMENTS.replace("{key}", key))


def _connector(name: str, body: str) -> str:
    return f'\nresource "send_connector" "{name}" {{\n{body}}}\n'


def _terraform_data(key: str) -> str:
    body = _indented(f"input = {{\n{_arguments(key)}}}\n")
    return f'\nresource "terraform_data" "{key}" {{\n{body}}}\n'


def _indented(text: str) -> str:
    return "".join(f"  {line}" for line in text.splitlines(keepends=True))
