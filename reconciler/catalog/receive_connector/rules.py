"""What must hold between the arguments of one receive connector.

Numbers are those of docs/types/receive_connector.md.
"""

from reconciler.catalog.receive_connector import checks
from reconciler.catalog.receive_connector.checks import has, only
from reconciler.catalog.renewal import RENEWAL_RULE
from reconciler.schema.rule import Level, Rule
from reconciler.schema.rules import both, is_on, is_one_of, needs, never, no

_E, _MUST = Level.E, Level.DOCUMENTED
_EXTERNAL = has("auth_mechanism", "ExternalAuthoritative")
_TLS = has("auth_mechanism", "Tls")

RULES: tuple[Rule, ...] = (
    Rule(
        "R41",
        _E,
        "missing-bindings",
        "Missing bindings",
        ("bindings", "usage"),
        checks.missing(
            "bindings",
            "A connector of this usage must say where it listens. Add bindings, such as "
            '["0.0.0.0:25"].',
            "Custom",
            "Internet",
            "Partner",
        ),
        always=True,
    ),
    Rule(
        "R41",
        _E,
        "missing-remote-ip-ranges",
        "Missing remote IP ranges",
        ("remote_ip_ranges", "usage"),
        checks.missing(
            "remote_ip_ranges",
            "A connector of this usage must say who may connect. Add remote_ip_ranges, such as "
            '["192.168.1.0/24"].',
            "Custom",
            "Client",
            "Internal",
            "Partner",
        ),
        always=True,
    ),
    Rule(
        "R47",
        _MUST,
        "basic-auth-tls-alone",
        "Authentication mechanism without its companions",
        ("auth_mechanism",),
        needs(
            has("auth_mechanism", "BasicAuthRequireTLS"),
            has("auth_mechanism", "BasicAuth", "Tls"),
            "auth_mechanism",
            "BasicAuthRequireTLS says when basic authentication is offered, and needs BasicAuth "
            "and Tls beside it. Add both, or remove it.",
        ),
    ),
    Rule(
        "R48",
        _MUST,
        "external-authoritative-with-others",
        "Authentication mechanisms that exclude each other",
        ("auth_mechanism",),
        needs(
            _EXTERNAL,
            only("auth_mechanism", "ExternalAuthoritative", "Tls"),
            "auth_mechanism",
            "ExternalAuthoritative trusts whoever connects, so that nothing but Tls goes with it. "
            "Remove the others, or remove ExternalAuthoritative.",
        ),
    ),
    Rule(
        "R49",
        _MUST,
        "require-tls-without-tls",
        "TLS required and not offered",
        ("require_tls", "auth_mechanism"),
        needs(
            is_on("require_tls"),
            _TLS,
            "require_tls",
            "A connector cannot require TLS that it does not offer. Add Tls to auth_mechanism, or "
            "remove require_tls = true.",
        ),
    ),
    Rule(
        "R50",
        _MUST,
        "external-authoritative-without-servers",
        "Trusted servers without permission",
        ("auth_mechanism", "permission_groups"),
        needs(
            _EXTERNAL,
            has("permission_groups", "ExchangeServers"),
            "permission_groups",
            "ExternalAuthoritative treats clients as Exchange servers, which then must be allowed. "
            "Add ExchangeServers to permission_groups.",
        ),
    ),
    Rule(
        "R51",
        _E,
        "fqdn-not-of-the-server",
        "Name that is not the server's",
        ("fqdn", "auth_mechanism", "server"),
        checks.own_name,
    ),
    Rule(
        "R52",
        _MUST,
        "banner-without-220",
        "Banner without its code",
        ("banner",),
        checks.banner,
    ),
    Rule(
        "R53",
        _MUST,
        "binary-mime-without-chunking",
        "BINARYMIME without CHUNKING",
        ("binary_mime_enabled", "chunking_enabled"),
        needs(
            is_on("binary_mime_enabled"),
            is_on("chunking_enabled"),
            "binary_mime_enabled",
            "Binary messages travel in chunks only, and binary_mime_enabled is true unless it is "
            "set. Set binary_mime_enabled = false, or chunking_enabled = true.",
        ),
    ),
    Rule(
        "R54",
        _MUST,
        "idle-longer-than-whole",
        "Time-outs the wrong way round",
        ("connection_inactivity_timeout", "connection_timeout"),
        checks.times,
    ),
    Rule(
        "R56",
        Level.W,
        "domain-security-without-effect",
        "Domain Security without effect",
        ("domain_secure_enabled", "auth_mechanism"),
        needs(
            is_on("domain_secure_enabled"),
            both(_TLS, no(_EXTERNAL)),
            "domain_secure_enabled",
            "Mutual TLS needs Tls in auth_mechanism, and ExternalAuthoritative not there. Change "
            "auth_mechanism, or remove domain_secure_enabled.",
        ),
    ),
    Rule(
        "R57",
        Level.W,
        "gssapi-without-integrated",
        "GSSAPI without effect",
        ("enable_auth_gssapi", "auth_mechanism"),
        needs(
            is_on("enable_auth_gssapi"),
            has("auth_mechanism", "Integrated"),
            "enable_auth_gssapi",
            "GSSAPI is a way of Integrated authentication. Add Integrated to auth_mechanism, or "
            "remove enable_auth_gssapi.",
        ),
    ),
    Rule(
        "R58",
        Level.L,
        "fqdn-of-default-connector",
        "Default connector under another name",
        ("fqdn", "name", "server"),
        checks.default_connector,
    ),
    Rule(
        "R59",
        _MUST,
        "long-addresses-on-front-end",
        "Long addresses on the front end",
        ("long_addresses_enabled", "transport_role"),
        needs(
            is_on("long_addresses_enabled"),
            no(is_one_of("transport_role", "FrontendTransport")),
            "long_addresses_enabled",
            "Only HubTransport takes long X.400 addresses. Set transport_role to it, or remove "
            "long_addresses_enabled.",
        ),
    ),
    Rule(
        "R61",
        _MUST,
        "usage-not-on-this-role",
        "Usage does not exist on this server role",
        ("usage",),
        checks.usage_on_edge,
    ),
    Rule(
        "R61",
        _MUST,
        "permission-group-not-on-this-role",
        "Permission group does not exist on this server role",
        ("permission_groups",),
        checks.groups_on_edge,
    ),
    Rule(
        "R61",
        Level.W,
        "nobody-may-send",
        "Nobody may send to this connector",
        ("permission_groups", "usage", "enabled"),
        checks.nobody,
        always=True,
    ),
    Rule(
        "R61",
        _E,
        "custom-is-a-mark",
        "Mark that only Exchange sets",
        ("permission_groups",),
        never(
            has("permission_groups", "Custom"),
            "permission_groups",
            "Exchange shows Custom by itself where single rights were granted, and refuses to be "
            "given it. Remove it here, and grant the rights as receive_connector_permission.",
        ),
        source="https://granikos.eu/exchange-receive-connector-and-the-custom-permissions-group/",
    ),
    Rule(
        "R62",
        _MUST,
        "no-tls-for-everybody",
        "Every address without TLS among servers",
        ("suppress_x_anonymous_tls", "remote_ip_ranges"),
        checks.narrow,
    ),
    Rule(
        "R63",
        _MUST,
        "capability-not-on-this-version",
        "Capability does not exist on this version",
        ("tls_domain_capabilities",),
        checks.capabilities,
    ),
    RENEWAL_RULE,
)
