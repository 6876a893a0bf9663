"""The outbound connector of Exchange Online: which mail it hands on, to whom, and how secure."""

from collections.abc import Mapping

from reconciler.catalog import cloud
from reconciler.catalog.outbound_connector.attributes import ATTRIBUTES
from reconciler.catalog.outbound_connector.route import route
from reconciler.catalog.outbound_connector.rules import FLEET_RULES, HELD, RULES
from reconciler.model.platform import ONLINE
from reconciler.model.values import Scalar
from reconciler.schema.resource_type import ResourceType

_EXAMPLE = """\
resource "outbound_connector" "headquarters" {
  name                        = "To headquarters"
  connector_type              = "OnPremises"
  recipient_domains           = ["contoso.com"]
  use_mx_record               = false
  smart_hosts                 = ["mail.contoso.com"]
  tls_settings                = "DomainValidation"
  tls_domain                  = "mail.contoso.com"
  cloud_services_mail_enabled = true
}
"""

LISTINGS: tuple[Mapping[str, Scalar], ...] = (
    cloud.ALL_OF_THEM,
    {**cloud.ALL_OF_THEM, "IncludeTestModeConnectors": True},
    {**cloud.ALL_OF_THEM, "IsTransportRuleScoped": True},
    {**cloud.ALL_OF_THEM, "IncludeTestModeConnectors": True, "IsTransportRuleScoped": True},
)
"""Get- hides connectors in test mode, and those of transport rules, from who does not ask for them."""

TYPE = ResourceType(
    name="outbound_connector",
    noun="OutboundConnector",
    summary=(
        "Takes mail out of a tenant of Exchange Online, to a partner or to the organisation's own "
        "servers on premises."
    ),
    attributes=ATTRIBUTES,
    rules=RULES,
    fleet_rules=FLEET_RULES,
    coupled=(
        frozenset({"use_mx_record", "smart_hosts"}),
        frozenset({"tls_settings", "tls_domain"}),
        frozenset(
            {
                "connector_type",
                "all_accepted_domains",
                "route_all_messages_via_on_premises",
                "sender_rewriting_enabled",
            }
        ),
    ),
    others=cloud.others("LinkForModifiedConnector"),
    source="New-OutboundConnector and Set-OutboundConnector reference pages",
    held=HELD,
    example=_EXAMPLE,
    listings=LISTINGS,
    versions=(ONLINE,),
    route=route,
)
