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
  tls_certificate_name        = "<I>${local.issuer}<S>CN=${local.hello}"
  source_transport_servers    = ["AMS-MBX1", "AMS-MBX2"]
}
