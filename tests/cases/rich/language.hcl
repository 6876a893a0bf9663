# Every sort of block and of expression, without a mistake.
reconciler {
  required_version = ">= 0.1"
  state {
    url = "sqlite:///${var.dir}/state.db"
  }
}
backend "simulated" {}
backend "simulated" {
  alias   = "lab"
  version = "2019"
}
variable "dir" {
  type        = string
  default     = ".reconciler"
  description = <<-EOT
    Where state lives.
  EOT
  validation {
    condition     = length(var.dir) > 0 && !can(regex("^/", var.dir))
    error_message = "Relative, not \"${var.dir}\"."
  }
}
variable "partners" {
  type = map(object({
    space = string
    hosts = optional(list(string), ["mx.example"])
    port  = optional(number)
    tags  = tuple([string, number, bool])
  }))
  default  = { a = { space = "a.example", tags = ["x", 1, true] }, "b" : { space = "b.example", tags = ["y", 2, false] } }
  nullable = false
}
variable "secret" {
  type      = string
  sensitive = true
  default   = "hunter2"
}
locals {
  names  = [for k, v in var.partners : "${k}-${v.space}" if v.space != ""]
  groups = { for k, v in var.partners : v.space => k... if length(k) < 9 }
  flat   = flatten([for k, v in var.partners : [for h in v.hosts : { (k) = h }]])
  n      = -1.5e3 + 2 * (3 - 4) % 5 / 7
  big    = 1e1 == 10 ? 1 : 2
  bools  = !true || false && 1 >= 2 != (3 <= 4)
  all    = local.names[*]
  legacy = local.flat.*.a
  first  = local.names[0]
  key    = { a = { "b c" = 1 } }.a["b c"]
  text   = <<EOT
hello ${join(", ", local.names...)} $${x} %%{y}
%{ for i, n in local.names ~}
  ${i}: ${n}
%{~ endfor }
%{ if length(local.names) > 0 }yes%{ else }no%{ endif }
EOT
  json   = jsonencode({ a = [1, null, "é\u00e9\U0001F600\n\t\\"] })
  fn     = try(tonumber("x"), max([1, 2, 3]...), "n")
}
/* block
   comment */
resource "send_connector" "partner" {
  for_each        = var.partners
  backend         = simulated.lab
  name            = "Partner ${each.key}"
  address_spaces  = [each.value.space, "*.${each.value.space};5"]
  dns_routing_enabled = false
  smart_hosts     = each.value.hosts
  port            = coalesce(each.value.port, 25)
  max_message_size = "35MB"
  lifecycle {
    create_before_destroy = true
    prevent_destroy       = each.key == "a"
    ignore_changes        = [comment, port]
    replace_triggered_by  = [send_connector.plain[0].guid]
    precondition {
      condition     = length(each.value.hosts) > 0
      error_message = "No hosts."
    }
    postcondition {
      condition     = self.port > 0
      error_message = "No port."
    }
  }
}
resource "send_connector" "plain" { # one
  count          = 2
  name           = "Plain ${count.index}" // two
  address_spaces = ["plain${count.index}.example"]
  depends_on     = [send_connector.login]
}
resource "send_connector" "login" {
  name                      = "Login"
  address_spaces            = ["login.example"]
  dns_routing_enabled       = false
  smart_hosts               = ["mx.example"]
  require_tls               = true
  smart_host_auth_mechanism = "BasicAuthRequireTLS"
  authentication_credential = { username = "u", password = var.secret }
}
output "names" {
  value       = { for k, c in send_connector.partner : k => c.name }
  description = "Names."
}
output "s" {
  value     = var.secret
  sensitive = true
  precondition {
    condition     = var.secret != ""
    error_message = "Empty."
  }
}
data "send_connector" "made" {
  guid = send_connector.login.guid
}
check "ports" {
  assert {
    condition     = alltrue([for c in values(send_connector.partner) : c.port < 65536])
    error_message = "The port of ${data.send_connector.made.name} is too large."
  }
}
