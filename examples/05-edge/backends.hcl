# An Edge Transport server is in no domain and shares nothing with the Mailbox servers, so that it is a
# backend of its own. One plan holds both, and the subscription that ties them together.
#
#   reconciler apply -auto-approve
#   reconciler sim Get-SendConnector
#   reconciler sim -backend=edge Get-ReceiveConnector

backend "simulated" {
  version      = "2019"
  organization = "contoso.org.hcl"
}

backend "simulated" {
  alias        = "edge"
  version      = "2019"
  role         = "edge"
  organization = "contoso.org.hcl"
}
