# A subscription has two ends. On the Edge server it writes a file, and from then on the server's own
# send connectors, accepted domains and remote domains are EdgeSync's.
resource "edge_subscription" "on_the_edge" {
  backend   = simulated.edge
  file_name = "C:\\Subscription\\EDGE1.xml"
}

# An admin carries the file over, within a day. It holds credentials, which no state, plan or log keeps;
# once the subscription is made the file and its line are best deleted.
resource "edge_subscription" "edge1" {
  site      = "Amsterdam"
  file_data = filebase64("EDGE1.xml")

  # "EdgeSync - Amsterdam to Internet" would send everything by DNS at cost 100 and belong to nobody.
  # The connector in routes.hcl takes its place.
  create_internet_send_connector = false

  depends_on = [edge_subscription.on_the_edge]
}
