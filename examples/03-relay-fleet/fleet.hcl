# How many servers each site has. They are numbered: AMS-MBX1, AMS-MBX2, …
variable "servers" {
  description = "The number of Mailbox servers by the short name of their site."
  type        = map(number)
  default = {
    AMS = 8
    DUB = 4
    NYC = 5
    SIN = 3
  }

  validation {
    condition     = alltrue([for count in values(var.servers) : count >= 1])
    error_message = "A site without servers is left out."
  }
}

# Who may come, written once for all servers: ranges, subnets and single addresses.
variable "ranges" {
  description = "The hosts that each connector is for."
  type        = map(list(string))
  default = {
    applications = ["10.20.0.10-10.20.0.40", "10.120.0.10-10.120.0.40", "10.60.0.15"]
    devices      = ["10.21.0.0/16", "10.61.0.0/16", "10.121.0.0/16", "10.161.0.0/16"]
    scanners     = ["10.22.5.0/24", "10.122.5.0/24"]
    accounts     = ["10.30.0.0/16", "10.130.0.0/16"]
  }
}

locals {
  servers = toset(flatten([
    for site, count in var.servers : [for number in range(1, count + 1) : "${site}-MBX${number}"]
  ]))
}
