# What the simulated Exchange is made of: four sites, twenty Mailbox servers. No cmdlet makes these,
# so that they are described; each server begins with the five receive connectors of setup.
name   = "Contoso"
domain = "contoso.com"

site "Amsterdam" {}
site "Dublin" {}
site "New York" {}
site "Singapore" {}

site_link {
  sites = ["Amsterdam", "Dublin"]
  cost  = 10
}
site_link {
  sites = ["Amsterdam", "New York"]
  cost  = 50
}
site_link {
  sites = ["Amsterdam", "Singapore"]
  cost  = 80
}

server "AMS-MBX1" { site = "Amsterdam" }
server "AMS-MBX2" { site = "Amsterdam" }
server "AMS-MBX3" { site = "Amsterdam" }
server "AMS-MBX4" { site = "Amsterdam" }
server "AMS-MBX5" { site = "Amsterdam" }
server "AMS-MBX6" { site = "Amsterdam" }
server "AMS-MBX7" { site = "Amsterdam" }
server "AMS-MBX8" { site = "Amsterdam" }
server "DUB-MBX1" { site = "Dublin" }
server "DUB-MBX2" { site = "Dublin" }
server "DUB-MBX3" { site = "Dublin" }
server "DUB-MBX4" { site = "Dublin" }
server "NYC-MBX1" { site = "New York" }
server "NYC-MBX2" { site = "New York" }
server "NYC-MBX3" { site = "New York" }
server "NYC-MBX4" { site = "New York" }
server "NYC-MBX5" { site = "New York" }
server "SIN-MBX1" { site = "Singapore" }
server "SIN-MBX2" { site = "Singapore" }
server "SIN-MBX3" { site = "Singapore" }

accepted_domain "contoso.com" { default = true }
accepted_domain "contoso.net" {}
