# Setup's own "Default Frontend" listens on port 25 too, for every address. That is no conflict: both
# are of the front end, and the connector with the narrower range takes the session.

# Applications that send to the whole world without a password: an anonymous relay. The right that
# makes it one is in rights.hcl; that it is not open to everybody is what the ranges see to.
resource "receive_connector" "applications" {
  for_each = local.servers

  name                   = "Application relay"
  server                 = each.key
  transport_role         = "FrontendTransport"
  bindings               = ["0.0.0.0:25"]
  remote_ip_ranges       = var.ranges.applications
  permission_groups      = ["AnonymousUsers"]
  max_message_size       = "25MB"
  message_rate_limit     = 600
  protocol_logging_level = "Verbose"
  comment                = "Anonymous relay for applications. Owner: messaging team."
}

# Printers, scanners and machines that write to our own people only.
resource "receive_connector" "devices" {
  for_each = local.servers

  name              = "Devices"
  server            = each.key
  transport_role    = "FrontendTransport"
  bindings          = ["0.0.0.0:25"]
  remote_ip_ranges  = concat(var.ranges.devices, var.ranges.scanners)
  permission_groups = ["AnonymousUsers"]
  max_message_size  = "50MB"
  tarpit_interval   = "00:00:00"
  comment           = "Internal recipients only."
}

# Applications with an account of their own. They prove it over TLS and may then send anywhere, as
# every user may.
resource "receive_connector" "accounts" {
  for_each = local.servers

  name              = "Applications with accounts"
  server            = each.key
  transport_role    = "FrontendTransport"
  bindings          = ["0.0.0.0:2587"]
  remote_ip_ranges  = var.ranges.accounts
  permission_groups = ["ExchangeUsers"]
  auth_mechanism    = ["Tls", "BasicAuth", "BasicAuthRequireTLS"]
  require_tls       = true
}

output "connectors" {
  description = "How many connectors there are on each server."
  value = {
    for server in local.servers : server => length([
      for connector in [
        receive_connector.applications[server],
        receive_connector.devices[server],
        receive_connector.accounts[server],
      ] : connector if connector.enabled
    ])
  }
}
