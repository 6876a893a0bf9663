# What must hold of partners, whoever they are. `reconciler -chdir=examples/02-contoso test` tries
# it on a simulated Exchange of its own.
variables {
  relay_password = "only for this test"
}

run "mail_to_partners_is_encrypted" {
  assert {
    condition     = alltrue([for partner in send_connector.partner : partner.require_tls])
    error_message = "Mail to a partner may leave in the clear."
  }

  assert {
    condition     = toset(output.partner_domains) == toset([for partner in var.partners : partner.domain])
    error_message = "The output does not list every partner."
  }
}

run "a_partner_without_mutual_tls_needs_a_smart_host_or_dns" {
  command = plan

  variables {
    partners = {
      fabrikam = { domain = "fabrikam.com", mutual_tls = false }
    }
  }

  assert {
    condition     = send_connector.partner["fabrikam"].dns_routing_enabled
    error_message = "Without smart hosts the partner must be found by DNS."
  }

  assert {
    condition     = send_connector.partner["fabrikam"].tls_auth_level == "DomainValidation"
    error_message = "The partner's certificate is not checked."
  }
}

run "the_tenant_is_a_plain_name" {
  command = plan

  variables {
    tenant = "contoso.onmicrosoft.com"
  }

  expect_failures = [var.tenant]
}

run "exchange_refuses_a_port_that_does_not_exist" {
  command = plan

  variables {
    partners = {
      fabrikam = { domain = "fabrikam.com", port = 70000 }
    }
  }

  expect_failures = [send_connector.partner["fabrikam"]]
}
