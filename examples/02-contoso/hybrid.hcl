# The way to our mailboxes in Microsoft 365.
resource "send_connector" "microsoft365" {
  name                        = "Outbound to Microsoft 365"
  usage                       = "Internet"
  address_spaces              = ["${var.tenant}.mail.onmicrosoft.com"]
  dns_routing_enabled         = false
  smart_hosts                 = ["${var.tenant}-com.mail.protection.outlook.com"]
  cloud_services_mail_enabled = true
  fqdn                        = local.hello
  require_tls                 = true
  tls_auth_level              = "DomainValidation"
  tls_domain                  = "mail.protection.outlook.com"
  tls_certificate_name        = local.certificate
  source_transport_servers    = local.amsterdam
}
