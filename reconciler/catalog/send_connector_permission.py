"""Rights on send connectors: what of a message goes out to whom."""

from reconciler.catalog.permission import SENDING, Parent, permission

_EXAMPLE = """\
resource "send_connector_permission" "partner_headers" {
  connector      = send_connector.partner.guid
  user           = "MS Exchange\\\\Partner Servers"
  extended_right = "ms-Exch-Send-Headers-Organization"
}
"""

TYPE = permission(
    Parent("send_connector", "SendConnector", SENDING, _EXAMPLE),
    "One extended right of one account on one send connector: which headers leave the organisation "
    "with the mail. What Exchange itself grants when a connector is made is left as it is.",
)
