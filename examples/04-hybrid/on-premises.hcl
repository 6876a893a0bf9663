# Mail to mailboxes in Microsoft 365. It carries the headers that tell internal mail apart, and shows
# the certificate that the inbound connector of the tenant asks for.
resource "send_connector" "microsoft365" {
  name                        = "Outbound to Microsoft 365"
  address_spaces              = ["${local.tenant}.mail.onmicrosoft.com"]
  dns_routing_enabled         = false
  smart_hosts                 = ["${local.tenant}-com.mail.protection.outlook.com"]
  cloud_services_mail_enabled = true
  fqdn                        = local.hello
  require_tls                 = true
  tls_auth_level              = "DomainValidation"
  tls_domain                  = "mail.protection.outlook.com"
  tls_certificate_name        = data.exchange_certificate.hybrid.tls_certificate_name
  certificate_thumbprint      = data.exchange_certificate.hybrid.thumbprint
  source_transport_servers    = local.servers
}

# Mail from Microsoft 365. Whoever shows its certificate is believed what the headers say of internal
# mail; the hybrid wizard writes the same capability into setup's "Default Frontend", for which this
# one takes the sessions from Microsoft's addresses, so that what is setup's stays as setup made it.
resource "receive_connector" "microsoft365" {
  for_each = toset(local.servers)

  name                    = "Inbound from Microsoft 365"
  server                  = each.key
  transport_role          = "FrontendTransport"
  bindings                = ["0.0.0.0:25"]
  remote_ip_ranges        = ["40.92.0.0/15", "40.107.0.0/16", "52.100.0.0/14", "104.47.0.0/17"]
  permission_groups       = ["AnonymousUsers"]
  auth_mechanism          = ["Tls"]
  fqdn                    = local.hello
  tls_certificate_name    = data.exchange_certificate.hybrid.tls_certificate_name
  certificate_thumbprint  = data.exchange_certificate.hybrid.thumbprint
  tls_domain_capabilities = ["mail.protection.outlook.com:AcceptCloudServicesMail"]
  max_message_size        = "150MB"
}
