# Contoso runs Exchange 2019 in two sites. The simulated Exchange knows these servers and refuses
# any other, as the real one would.
backend "simulated" {
  version = "2019"
  role    = "mailbox"
  servers = ["AMS-MBX1", "AMS-MBX2", "SIN-MBX1", "SIN-MBX2"]
}
