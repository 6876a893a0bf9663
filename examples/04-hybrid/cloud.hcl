# Mail from the servers on premises. They are known by their certificate, so that it does not matter
# which address they come from; that is why the send connector is there first.
resource "inbound_connector" "on_premises" {
  backend                     = simulated.cloud
  name                        = "Inbound from ${local.tenant}"
  comment                     = "The other end of ${send_connector.microsoft365.name}"
  connector_type              = "OnPremises"
  enabled                     = true # in some tenants only Microsoft's support can; see the reference page
  sender_domains              = ["*"]
  tls_sender_certificate_name = local.hello
  cloud_services_mail_enabled = true
}

# Mail to mailboxes that are still on premises.
resource "outbound_connector" "on_premises" {
  backend                     = simulated.cloud
  name                        = "Outbound to ${local.tenant}"
  connector_type              = "OnPremises"
  recipient_domains           = ["contoso.com"]
  use_mx_record               = false
  smart_hosts                 = [local.hello]
  tls_settings                = "DomainValidation"
  tls_domain                  = local.hello
  cloud_services_mail_enabled = true
}

# Get-OutboundConnector hides this one unless it is asked for: only transport rules send mail there.
resource "outbound_connector" "archive" {
  backend                  = simulated.cloud
  name                     = "Journal to the archive"
  is_transport_rule_scoped = true
  use_mx_record            = false
  smart_hosts              = ["journal.archive.example"]
  tls_settings             = "CertificateValidation"
}

output "halves" {
  value = {
    on_premises = send_connector.microsoft365.guid
    cloud       = inbound_connector.on_premises.guid
  }
}
