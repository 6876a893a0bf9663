output "partner_domains" {
  description = "Domains whose mail is always encrypted."
  value       = sort([for partner in var.partners : partner.domain])
}

output "default_route" {
  value = {
    name = send_connector.internet.name
    guid = send_connector.internet.guid
  }
}
