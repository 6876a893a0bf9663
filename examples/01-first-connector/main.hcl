# All mail for other organisations leaves by DNS, straight to their servers.
backend "simulated" {}

resource "send_connector" "internet" {
  name             = "Internet"
  usage            = "Internet"
  address_spaces   = ["*"]
  max_message_size = "25MB"
}
