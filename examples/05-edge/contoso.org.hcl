# What the simulated organisation is made of: Mailbox servers in one site, and an Edge Transport server
# in the perimeter network, which is not subscribed yet. Both backends read this file.
name   = "Contoso"
domain = "contoso.com"

site "Amsterdam" {}

server "AMS-MBX1" {}
server "AMS-MBX2" {}
server "EDGE1" {
  role = "edge"
  fqdn = "edge1.perimeter.contoso.com"
}

accepted_domain "contoso.com" { default = true }
