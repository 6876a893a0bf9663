"""The send connector: hands mail for its address spaces on to the next server."""

from reconciler.catalog import setup
from reconciler.catalog.edge_sync import HELD_BY_SUBSCRIPTION, YIELDS
from reconciler.catalog.order import bridges, new_route_first
from reconciler.catalog.renewal import RENEWED_TOGETHER
from reconciler.catalog.routing import route
from reconciler.catalog.send_connector.attributes import ATTRIBUTES, SHORTHANDS
from reconciler.catalog.send_connector.elsewhere import HELD
from reconciler.catalog.send_connector.fleet import FLEET_RULES
from reconciler.catalog.send_connector.rules import RULES
from reconciler.catalog.settings import OTHERS
from reconciler.schema.resource_type import ParameterSet, ResourceType

_EXAMPLE = """\
resource "send_connector" "fabrikam" {
  name                = "Fabrikam (partner)"
  usage               = "Partner"
  address_spaces      = ["fabrikam.com", "*.fabrikam.com;5"]
  dns_routing_enabled = false
  smart_hosts         = ["mx1.fabrikam.com", "10.10.1.1"]
  require_tls         = true
  tls_auth_level      = "DomainValidation"
  tls_domain          = "fabrikam.com"
}
"""

TYPE = ResourceType(
    name="send_connector",
    noun="SendConnector",
    summary=(
        "Takes the mail for its address spaces and delivers it by SMTP, either to the servers that "
        "DNS names or to smart hosts. It belongs to the whole organisation; its source servers do "
        "the sending."
    ),
    attributes=ATTRIBUTES,
    rules=RULES,
    fleet_rules=FLEET_RULES,
    coupled=(
        frozenset({"dns_routing_enabled", "smart_hosts"}),
        frozenset({"smart_host_auth_mechanism", "authentication_credential"}),
        frozenset({"require_tls", "ignore_starttls", "tls_auth_level", "tls_domain"}),
        frozenset({"address_spaces", "linked_receive_connector"}),
        RENEWED_TOGETHER,
    ),
    others=OTHERS,
    source="New-SendConnector and Set-SendConnector reference pages",
    shorthands=SHORTHANDS,
    parameter_sets=(
        ParameterSet(
            "LinkedReceiveConnector",
            "linked_receive_connector",
            frozenset(
                {
                    "address_spaces",
                    "cloud_services_mail_enabled",
                    "connector_type",
                    "frontend_proxy_enabled",
                    "is_scoped_connector",
                    "tls_certificate_name",
                }
            ),
        ),
    ),
    held=(*HELD, HELD_BY_SUBSCRIPTION),
    example=_EXAMPLE,
    order=new_route_first,
    bridges=bridges,
    route=route,
    yields=YIELDS,
    setup=setup.send_connector,
)
