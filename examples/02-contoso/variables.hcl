variable "relay_password" {
  description = "Password of the account at the mail relay of our provider."
  type        = string
  sensitive   = true
}

variable "tenant" {
  description = "The first part of our onmicrosoft.com domain."
  type        = string
  default     = "contoso"

  validation {
    condition     = can(regex("^[a-z0-9]+$", var.tenant))
    error_message = "The tenant is the plain name, without .onmicrosoft.com."
  }
}

variable "partners" {
  description = "Organisations whose mail must be encrypted and whose servers must prove who they are."
  type = map(object({
    domain      = string
    port        = optional(number, 25)
    mutual_tls  = optional(bool, true)
    smart_hosts = optional(list(string), [])
  }))
}

locals {
  amsterdam   = ["AMS-MBX1", "AMS-MBX2"]
  singapore   = ["SIN-MBX1", "SIN-MBX2"]
  all_servers = concat(local.amsterdam, local.singapore)
  hello       = "mail.contoso.com"
  certificate = "<I>CN=Contoso Issuing CA 2, O=Contoso<S>CN=${local.hello}, O=Contoso"
}
