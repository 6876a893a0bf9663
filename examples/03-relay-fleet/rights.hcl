# A right belongs to one connector and is lost with it: where a connector is made anew, the plan makes
# its right anew as well. No permission group has this one.
resource "receive_connector_permission" "relay" {
  for_each = receive_connector.applications

  connector      = each.value.guid
  user           = "NT AUTHORITY\\ANONYMOUS LOGON"
  extended_right = "ms-Exch-SMTP-Accept-Any-Recipient"
}
