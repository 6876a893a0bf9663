# One connector for each partner. Those who can do mutual TLS get it (it needs DNS routing and an
# exact domain); the others are reached at their smart hosts, with their certificate checked.
resource "send_connector" "partner" {
  for_each = var.partners

  name                = "Partner ${title(each.key)}"
  usage               = "Partner"
  address_spaces      = each.value.mutual_tls ? [each.value.domain] : [each.value.domain, "*.${each.value.domain};5"]
  dns_routing_enabled = length(each.value.smart_hosts) == 0
  smart_hosts         = each.value.smart_hosts
  port                = each.value.port

  domain_secure_enabled = each.value.mutual_tls
  require_tls           = true
  tls_auth_level        = each.value.mutual_tls ? null : "DomainValidation"
  tls_domain            = each.value.mutual_tls ? null : each.value.domain

  fqdn                     = local.hello
  tls_certificate_name     = local.certificate
  error_policies           = ["DowngradeDnsFailures"]
  source_transport_servers = local.amsterdam
}
