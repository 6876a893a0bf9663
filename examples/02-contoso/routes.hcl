# The default route: whatever no other connector wants.
resource "send_connector" "internet" {
  name                     = "Internet"
  usage                    = "Internet"
  address_spaces           = ["*;10"]
  source_transport_servers = local.all_servers
  fqdn                     = local.hello
  protocol_logging_level   = "Verbose"
  comment                  = "Default route. Owner: messaging team."

  lifecycle {
    prevent_destroy = true
  }
}

# If Amsterdam is cut off, Singapore takes over: same address space, higher cost.
resource "send_connector" "internet_singapore" {
  name                     = "Internet (Singapore)"
  usage                    = "Internet"
  address_spaces           = ["*;20"]
  source_transport_servers = local.singapore
  fqdn                     = local.hello
  comment                  = "Fallback for ${send_connector.internet.name}."
}

# Newsletters go through a provider, which wants a user name and a password over TLS.
resource "send_connector" "newsletter" {
  name                      = "Newsletter relay"
  address_spaces            = ["news.contoso.com", "*.news.contoso.com;5"]
  dns_routing_enabled       = false
  smart_hosts               = ["smtp.relay.example"]
  port                      = 587
  require_tls               = true
  smart_host_auth_mechanism = "BasicAuthRequireTLS"
  authentication_credential = {
    username = "contoso-news"
    password = var.relay_password
  }
  source_transport_servers = local.amsterdam
}

# Only servers in Singapore may use the line to the local regulator: it is scoped to their site.
resource "send_connector" "regulator" {
  name                     = "Regulator (Singapore)"
  address_spaces           = ["filings.regulator.example"]
  dns_routing_enabled      = false
  smart_hosts              = ["10.40.0.25", "10.40.1.25"]
  is_scoped_connector      = true
  source_transport_servers = ["SIN-MBX1"]
  max_message_size         = "100MB"
}

# Fax numbers are no SMTP addresses; the gateway takes them over SMTP all the same.
resource "send_connector" "fax" {
  name                     = "Fax gateway"
  address_spaces           = ["FAX:*;1"]
  dns_routing_enabled      = false
  smart_hosts              = ["fax.contoso.com"]
  max_message_size         = "10MB"
  source_transport_servers = local.amsterdam
}

# A merged company whose mail system stays until summer.
resource "send_connector" "tailspin" {
  name                     = "Tailspin (until the move)"
  usage                    = "Internal"
  address_spaces           = ["tailspintoys.com", "*.tailspintoys.com"]
  dns_routing_enabled      = false
  smart_hosts              = ["hub.tailspintoys.com"]
  source_transport_servers = local.amsterdam
}

# Ready for the day when the provider's filter is needed; until then switched off.
resource "send_connector" "emergency" {
  name                     = "Emergency filter"
  address_spaces           = ["*;90"]
  enabled                  = false
  dns_routing_enabled      = false
  smart_hosts              = ["filter.relay.example"]
  require_tls              = true
  tls_auth_level           = "CertificateValidation"
  source_transport_servers = local.all_servers
}
