"""The Exchange server: a machine with a role, in a site. Setup makes it, so that it is only found.

Facts: the Get-ExchangeServer page.
"""

from reconciler.model.platform import VERSIONS
from reconciler.schema.declare import computed
from reconciler.schema.kinds.net import fqdn
from reconciler.schema.kinds.server import exchange_version, server_role
from reconciler.schema.kinds.site import ad_site
from reconciler.schema.kinds.text import guid, name_of, text
from reconciler.schema.resource_type import ResourceType

_EXAMPLE = """\
data "exchange_server" "hub" {
  name = "MBX1"
}

resource "send_connector" "internet" {
  name                     = "Internet"
  address_spaces           = ["*"]
  source_transport_servers = [data.exchange_server.hub.name]
  fqdn                     = data.exchange_server.hub.fqdn
}
"""

TYPE = ResourceType(
    name="exchange_server",
    noun="ExchangeServer",
    summary="Finds a server of the organisation. Setup makes servers; nothing here does.",
    attributes=(
        computed("name", "Name", name_of(64), "What the server is called, without its domain."),
        computed("fqdn", "Fqdn", fqdn, "Its name with the domain, such as mbx1.contoso.com."),
        computed("guid", "Guid", guid, "What Exchange knows the server by for ever."),
        computed(
            "site",
            "Site",
            ad_site,
            "The Active Directory site it stands in; of an Edge server the one it is subscribed to.",
        ),
        computed("role", "ServerRole", server_role, "`mailbox` or `edge`."),
        computed(
            "version",
            "AdminDisplayVersion",
            exchange_version,
            "`2010`, `2013`, `2016`, `2019` or `SE`.",
        ),
        computed(
            "distinguished_name", "DistinguishedName", text, "Where it stands in the directory."
        ),
    ),
    can=frozenset(),
    lookups=("fqdn",),
    versions=VERSIONS,
    source="Get-ExchangeServer reference page",
    example=_EXAMPLE,
)
