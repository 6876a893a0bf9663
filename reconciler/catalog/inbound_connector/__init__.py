"""The inbound connector of Exchange Online: whose mail it takes, and on which conditions."""

from reconciler.catalog import cloud
from reconciler.catalog.inbound_connector.attributes import ATTRIBUTES
from reconciler.catalog.inbound_connector.rules import FLEET_RULES, HELD, RULES
from reconciler.model.platform import ONLINE
from reconciler.schema.resource_type import ResourceType

_EXAMPLE = """\
resource "inbound_connector" "headquarters" {
  name                        = "From headquarters"
  connector_type              = "OnPremises"
  enabled                     = true
  sender_domains              = ["*"]
  tls_sender_certificate_name = "mail.contoso.com"
  cloud_services_mail_enabled = true
}
"""

TYPE = ResourceType(
    name="inbound_connector",
    noun="InboundConnector",
    summary=(
        "Takes mail into a tenant of Exchange Online, from a partner or from the organisation's "
        "own servers on premises."
    ),
    attributes=ATTRIBUTES,
    rules=RULES,
    fleet_rules=FLEET_RULES,
    coupled=(
        frozenset({"connector_type", "cloud_services_mail_enabled", "treat_messages_as_internal"}),
        frozenset({"ef_skip_last_ip", "ef_skip_ips"}),
        frozenset({"restrict_domains_to_certificate", "tls_sender_certificate_name"}),
        frozenset({"restrict_domains_to_ip_addresses", "sender_ip_addresses"}),
    ),
    others=cloud.others("EFSkipMailGateway", "EFTestMode", "ScanAndDropRecipients"),
    source="New-InboundConnector and Set-InboundConnector reference pages",
    held=HELD,
    example=_EXAMPLE,
    listings=(cloud.ALL_OF_THEM,),
    versions=(ONLINE,),
)
