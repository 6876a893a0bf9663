# What EdgeSync does not bring stays the Edge server's own: where it listens, and how it sends.

# The public address. Setup's "Default internal receive connector" listens on every address; on this one
# the connector that names it takes the sessions.
resource "receive_connector" "internet" {
  backend                = simulated.edge
  name                   = "From the Internet"
  server                 = "EDGE1"
  bindings               = ["192.0.2.25:25"]
  remote_ip_ranges       = ["0.0.0.0-255.255.255.255"]
  permission_groups      = ["AnonymousUsers"]
  auth_mechanism         = ["Tls"]
  fqdn                   = "mail.contoso.com"
  max_message_size       = "35MB"
  protocol_logging_level = "Verbose"
}

# The Transport service is there from the start, so that it is adopted; what stands here is set, and
# everything else is left as it is.
resource "transport_service" "edge1" {
  backend                      = simulated.edge
  server                       = "EDGE1"
  max_outbound_connections     = 500
  message_expiration_timeout   = "1.00:00:00"
  receive_protocol_log_max_age = "14.00:00:00"
}
