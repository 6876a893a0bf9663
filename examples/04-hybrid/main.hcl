# What both halves must agree on stands here once: a certificate that was renewed under another name,
# or a tenant with another, is a change of both in the same plan.
locals {
  tenant = "contoso"
  # The name in the certificate of the servers on premises, by which the cloud knows them.
  hello   = "mail.contoso.com"
  servers = ["AMS-MBX1", "AMS-MBX2"]
}

data "exchange_certificate" "hybrid" {
  subject = "CN=${local.hello}"
}
