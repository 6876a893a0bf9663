"""The remote domain: what the organisation sends to one other domain, and in which form."""

from reconciler.catalog import setup
from reconciler.catalog.edge_sync import HELD_BY_SUBSCRIPTION, YIELDS
from reconciler.catalog.remote_domain.attributes import ATTRIBUTES
from reconciler.catalog.remote_domain.rules import FLEET_RULES, HELD, RULES
from reconciler.catalog.settings import OTHERS
from reconciler.model.platform import EVERY_VERSION
from reconciler.schema.resource_type import ResourceType

_EXAMPLE = """\
resource "remote_domain" "fabrikam" {
  name                 = "Fabrikam"
  domain_name          = "*.fabrikam.com"
  allowed_oof_type     = "ExternalLegacy"
  auto_forward_enabled = false
  tnef_enabled         = false
}
"""

TYPE = ResourceType(
    name="remote_domain",
    noun="RemoteDomain",
    summary=(
        "What another domain gets from the organisation, such as automatic replies and reports, and "
        "in which form. Setup makes one under the name Default for all domains; import it to manage "
        "it."
    ),
    attributes=ATTRIBUTES,
    rules=RULES,
    fleet_rules=FLEET_RULES,
    coupled=(frozenset({"allowed_oof_type", "is_internal"}),),
    others=tuple(one for one in OTHERS if one.parameter != "Force"),
    source="New-RemoteDomain and Set-RemoteDomain reference pages",
    held=(*HELD, HELD_BY_SUBSCRIPTION),
    example=_EXAMPLE,
    versions=EVERY_VERSION,
    yields=YIELDS,
    setup=setup.remote_domain,
)
