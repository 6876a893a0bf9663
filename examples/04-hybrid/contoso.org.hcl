# What the simulated servers on premises are made of: two of them, and the certificate that an admin
# has put on both. A certificate of the same issuer and subject beside it would be its renewal, which
# the plan then takes up on both connectors.
name   = "Contoso"
domain = "contoso.com"

server "AMS-MBX1" {}
server "AMS-MBX2" {}

certificate "mail" {
  subject    = "CN=mail.contoso.com"
  issuer     = "CN=Example Issuing CA, O=Example Trust, C=US"
  domains    = ["mail.contoso.com", "autodiscover.contoso.com"]
  not_before = "2026-01-01"
  not_after  = "2056-01-01"
}

accepted_domain "contoso.com" { default = true }
accepted_domain "contoso.mail.onmicrosoft.com" { domain_type = "InternalRelay" }
