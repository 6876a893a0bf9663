"""What must hold between the arguments of one send connector; TLS has its own file.

Numbers are those of docs/types/send_connector.md.
"""

from reconciler.catalog.send_connector import checks
from reconciler.catalog.send_connector.checks import LINKED
from reconciler.catalog.send_connector.rules_tls import BASIC, TLS_RULES
from reconciler.schema.rule import Level, Rule
from reconciler.schema.rules import (
    both,
    excludes,
    is_off,
    is_on,
    is_one_of,
    is_set,
    needs,
    no,
)

RULES: tuple[Rule, ...] = (
    Rule(
        "R3",
        Level.E,
        "missing-address-spaces",
        "Missing address spaces",
        ("address_spaces", "linked_receive_connector"),
        needs(
            no(LINKED),
            is_set("address_spaces"),
            "address_spaces",
            "A send connector must say which destinations it takes. Add address_spaces, such as "
            '["contoso.com"] or ["*"] for everything.',
        ),
        always=True,
    ),
    Rule(
        "R3",
        Level.E,
        "address-spaces-with-linked-receive-connector",
        "Two sources of mail for one connector",
        ("address_spaces", "linked_receive_connector"),
        excludes(
            LINKED,
            is_set("address_spaces"),
            "address_spaces",
            "A connector takes either what its address spaces name or what its linked receive "
            "connector accepts. Remove address_spaces or linked_receive_connector.",
        ),
    ),
    Rule(
        "R8",
        Level.DOCUMENTED,
        "address-space-not-on-this-role",
        "Address space does not exist on this server role",
        ("address_spaces",),
        checks.types_fit_the_role,
    ),
    Rule(
        "R9",
        Level.DOCUMENTED,
        "address-space-needs-smart-host",
        "Address space without a smart host",
        ("address_spaces", "smart_hosts", "dns_routing_enabled"),
        checks.other_types_need_a_smart_host,
    ),
    Rule(
        "R10",
        Level.DOCUMENTED,
        "smart-hosts-with-dns-routing",
        "Smart hosts and DNS routing at once",
        ("smart_hosts", "dns_routing_enabled"),
        excludes(
            is_set("smart_hosts"),
            is_on("dns_routing_enabled"),
            "smart_hosts",
            "Mail goes either to smart hosts or where DNS says, and dns_routing_enabled is true "
            "unless it is set. Add dns_routing_enabled = false, or remove smart_hosts.",
        ),
    ),
    Rule(
        "R11",
        Level.DOCUMENTED,
        "missing-smart-hosts",
        "Neither smart hosts nor DNS routing",
        ("smart_hosts", "dns_routing_enabled"),
        needs(
            is_off("dns_routing_enabled"),
            is_set("smart_hosts"),
            "dns_routing_enabled",
            "Without DNS routing the connector has nowhere to deliver to. Add smart_hosts, or "
            "remove dns_routing_enabled = false.",
        ),
    ),
    Rule(
        "R12",
        Level.DOCUMENTED,
        "smart-host-not-on-this-role",
        "Smart host does not exist on this server role",
        ("smart_hosts",),
        checks.edgesync_host,
    ),
    Rule(
        "R13",
        Level.W,
        "auth-mechanism-without-smart-host",
        "Authentication mechanism without effect",
        ("smart_host_auth_mechanism", "smart_hosts", "dns_routing_enabled"),
        needs(
            no(is_one_of("smart_host_auth_mechanism", "None")),
            both(is_set("smart_hosts"), is_off("dns_routing_enabled")),
            "smart_host_auth_mechanism",
            "The mechanism is used with smart hosts only. Add smart_hosts and "
            "dns_routing_enabled = false, or remove smart_host_auth_mechanism.",
        ),
    ),
    Rule(
        "R15",
        Level.DOCUMENTED,
        "missing-credential",
        "Missing credential",
        ("smart_host_auth_mechanism", "authentication_credential"),
        needs(
            BASIC,
            is_set("authentication_credential"),
            "smart_host_auth_mechanism",
            "Basic authentication needs a user name and a password. Add authentication_credential "
            "= { username = …, password = var.… }, or choose another mechanism.",
        ),
    ),
    Rule(
        "R16",
        Level.L,
        "credential-without-basic-auth",
        "Credential without effect",
        ("smart_host_auth_mechanism", "authentication_credential"),
        needs(
            is_set("authentication_credential"),
            BASIC,
            "authentication_credential",
            "Only BasicAuth and BasicAuthRequireTLS use the credential. Set "
            "smart_host_auth_mechanism to one of them, or remove authentication_credential.",
        ),
    ),
    *TLS_RULES,
    Rule(
        "R30",
        Level.DOCUMENTED,
        "error-policy-not-on-this-version",
        "Error policy does not exist on this version",
        ("error_policies",),
        checks.policies_fit_the_version,
    ),
    Rule(
        "R32",
        Level.DOCUMENTED,
        "linked-receive-connector-needs-companions",
        "Linked receive connector without its companions",
        (
            "linked_receive_connector",
            "dns_routing_enabled",
            "max_message_size",
            "smart_hosts",
            "smart_host_auth_mechanism",
        ),
        checks.linked_companions,
    ),
    Rule(
        "R32",
        Level.DOCUMENTED,
        "linked-receive-connector-cannot-be-scoped",
        "Linked receive connector on a scoped connector",
        ("linked_receive_connector", "is_scoped_connector"),
        checks.linked_alone,
    ),
    Rule(
        "R35",
        Level.W,
        "frontend-proxy-on-edge",
        "Front-end proxy without effect",
        ("frontend_proxy_enabled",),
        checks.no_front_end,
    ),
    Rule(
        "R36",
        Level.L,
        "scoped-connector-with-several-servers",
        "Scoped connector with several source servers",
        ("is_scoped_connector", "source_transport_servers"),
        checks.several_sources,
    ),
    Rule(
        "R37",
        Level.DOCUMENTED,
        "no-source-server",
        "No source server",
        ("source_transport_servers",),
        checks.no_source,
    ),
    Rule(
        "R38",
        Level.W,
        "external-dns-without-dns-routing",
        "External DNS servers without effect",
        ("use_external_dns_servers_enabled", "dns_routing_enabled"),
        needs(
            is_on("use_external_dns_servers_enabled"),
            is_on("dns_routing_enabled"),
            "use_external_dns_servers_enabled",
            "A connector with smart hosts never asks DNS where mail goes. Remove the argument, or "
            "set dns_routing_enabled = true.",
        ),
    ),
    Rule(
        "",
        Level.DOCUMENTED,
        "reserved-argument",
        "Argument reserved for Microsoft",
        ("require_oorg",),
        checks.reserved,
    ),
)
