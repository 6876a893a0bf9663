# Mail to the world leaves by the Edge server. EdgeSync brings this connector to it; changes are made
# here, for on the Edge server they would be refused.
resource "send_connector" "internet" {
  name                     = "Internet by Edge"
  usage                    = "Internet"
  address_spaces           = ["*;10"]
  source_transport_servers = [edge_subscription.edge1.name]
  fqdn                     = "mail.contoso.com"
  comment                  = "In the place of EdgeSync's own connector to the Internet."
}

# Mail from the Edge server to the site goes by a connector that came with the subscription and goes
# with it. It stays EdgeSync's: it is looked at here, and not managed.
data "send_connector" "inbound" {
  name       = "EdgeSync - Inbound to ${edge_subscription.edge1.site}"
  depends_on = [edge_subscription.edge1]
}

output "inbound" {
  description = "Where the Edge server delivers mail for our own domains."
  value = {
    name           = data.send_connector.inbound.name
    address_spaces = data.send_connector.inbound.address_spaces
    smart_hosts    = data.send_connector.inbound.smart_hosts
  }
}
