# A hybrid deployment has two halves, and each is a backend: the servers on premises, which every
# resource is for that names no other, and the tenant in Exchange Online. One plan holds both.
#
#   reconciler apply -auto-approve
#   reconciler sim Get-SendConnector
#   reconciler sim Get-ReceiveConnector -Identity 'AMS-MBX1\Inbound from Microsoft 365'
#   reconciler sim -backend=cloud Get-InboundConnector

backend "simulated" {
  version      = "2019"
  organization = "contoso.org.hcl"
}

backend "simulated" {
  alias   = "cloud"
  version = "EXO"
  domain  = "contoso.com"
}
