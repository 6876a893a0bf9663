# Twenty Mailbox servers in four sites, and the same three receive connectors on each of them:
#
#   reconciler apply -auto-approve
#   reconciler sim Get-ReceiveConnector -Identity 'AMS-MBX1\Application relay'
#
# A new server is one more number in `servers`, a new subnet one more line in `ranges`: the plan says
# on which servers that changes what. Nothing has to be copied from one server to the next.
backend "simulated" {
  organization = "contoso.org.hcl"
}
