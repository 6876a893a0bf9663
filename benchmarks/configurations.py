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


def connector_blocks(count: int) -> Mapping[str, str]:
    """One file, a block for every connector."""
    blocks = (_connector(f"p{n:05}", _arguments(f"p{n:05}")) for n in range(count))
    return {"main.hcl": BACKEND + "".join(blocks)}


def connectors_for_each(count: int) -> Mapping[str, str]:
    """One block that stands for all connectors."""
    every = f'  for_each = toset([for n in range({count}) : format("p%05d", n)])\n\n'
    return {"main.hcl": BACKEND + _connector("partner", every + _arguments("${each.key}"))}


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
