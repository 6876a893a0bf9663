partners = {
  fabrikam = { domain = "fabrikam.com" }
  litware  = { domain = "litware.example" }
  northwind = {
    domain      = "northwindtraders.com"
    mutual_tls  = false
    smart_hosts = ["mx1.northwindtraders.com", "mx2.northwindtraders.com"]
  }
  proseware = { domain = "proseware.example" }
}
