"""What must hold of an inbound connector. Numbers are those of docs/types/inbound_connector.md."""

from collections.abc import Iterator

from reconciler.catalog.cloud import ON_PREMISES, PARTNER
from reconciler.catalog.names import unique_names
from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.rule import Finding, Held, Level, Rule
from reconciler.schema.rules import both, excludes, is_off, is_on, is_set, needs, no

_GRAMMAR = "the spelling of the argument"


def _may_stay_disabled(
    values: Values, given: frozenset[str], _platform: Platform
) -> Iterator[Finding]:
    if ON_PREMISES(values) and "enabled" not in given:
        yield Finding(
            "connector_type",
            "In some tenants Exchange makes such a connector disabled, and nobody but Microsoft's "
            "support can enable it. Write enabled = true where that is no worry, or enabled = "
            "false until support has been.",
        )


def _only_partners(
    values: Values, _given: frozenset[str], _platform: Platform
) -> Iterator[Finding]:
    for name in ("restrict_domains_to_certificate", "restrict_domains_to_ip_addresses"):
        if ON_PREMISES(values) and is_on(name)(values):
            yield Finding(
                name,
                f"{name} counts for partners alone, and this connector is for servers of one's own. "
                'Remove it, or write connector_type = "Partner".',
            )


RULES: tuple[Rule, ...] = (
    Rule(
        "R68",
        Level.E,
        "no-sender-domains",
        "No sender domains",
        ("sender_domains",),
        excludes(
            no(is_set("sender_domains")),
            no(is_set("sender_domains")),
            "sender_domains",
            "A connector that takes nobody's mail is none. Write the domains of the senders, or "
            '["*"] for everybody.',
        ),
    ),
    Rule(
        "R68",
        Level.DOCUMENTED,
        "internal-with-cloud-services",
        "Mail both of a hybrid deployment and not",
        ("treat_messages_as_internal", "cloud_services_mail_enabled"),
        excludes(
            is_on("treat_messages_as_internal"),
            is_on("cloud_services_mail_enabled"),
            "treat_messages_as_internal",
            "treat_messages_as_internal is for servers outside a hybrid deployment, and "
            "cloud_services_mail_enabled for those inside one, which are trusted anyway. Remove one "
            "of the two.",
        ),
    ),
    Rule(
        "R68",
        Level.DOCUMENTED,
        "internal-needs-on-premises",
        "Mail of others as one's own",
        ("treat_messages_as_internal", "connector_type"),
        needs(
            is_on("treat_messages_as_internal"),
            ON_PREMISES,
            "treat_messages_as_internal",
            "Only mail from one's own servers can count as internal. Write connector_type = "
            '"OnPremises", or remove treat_messages_as_internal.',
        ),
    ),
    Rule(
        "R68",
        Level.W,
        "partner-argument-on-premises",
        "Argument for partners without effect",
        ("restrict_domains_to_certificate", "restrict_domains_to_ip_addresses", "connector_type"),
        _only_partners,
    ),
    Rule(
        "R68",
        Level.W,
        "missing-certificate-name",
        "Restriction to no certificate",
        ("restrict_domains_to_certificate", "tls_sender_certificate_name"),
        needs(
            is_on("restrict_domains_to_certificate"),
            is_set("tls_sender_certificate_name"),
            "restrict_domains_to_certificate",
            "Nothing says which certificate mail is restricted to. Add tls_sender_certificate_name, "
            "or remove restrict_domains_to_certificate.",
        ),
    ),
    Rule(
        "R68",
        Level.W,
        "missing-sender-addresses",
        "Restriction to no address",
        ("restrict_domains_to_ip_addresses", "sender_ip_addresses"),
        needs(
            is_on("restrict_domains_to_ip_addresses"),
            is_set("sender_ip_addresses"),
            "restrict_domains_to_ip_addresses",
            "Nothing says which addresses mail is restricted to. Add sender_ip_addresses, or remove "
            "restrict_domains_to_ip_addresses.",
        ),
    ),
    Rule(
        "R68",
        Level.W,
        "skipped-addresses-without-effect",
        "Skipped addresses without effect",
        ("ef_skip_ips", "ef_skip_last_ip"),
        needs(
            is_set("ef_skip_ips"),
            is_off("ef_skip_last_ip"),
            "ef_skip_ips",
            "Where the last address is passed over anyway, the list is not looked at. Remove "
            "ef_skip_ips, or ef_skip_last_ip = true.",
        ),
    ),
    Rule(
        "R68",
        Level.L,
        "addresses-and-certificate",
        "Partner known by two things at once",
        ("sender_ip_addresses", "tls_sender_certificate_name", "connector_type"),
        excludes(
            PARTNER,
            both(is_set("sender_ip_addresses"), is_set("tls_sender_certificate_name")),
            "sender_ip_addresses",
            "Microsoft advises against both addresses and a certificate on the connector of one "
            "partner. Remove sender_ip_addresses or tls_sender_certificate_name.",
        ),
    ),
    Rule(
        "R68",
        Level.L,
        "may-stay-disabled",
        "Exchange may leave the connector disabled",
        ("connector_type",),
        _may_stay_disabled,
    ),
)

FLEET_RULES = (unique_names("R68"),)

HELD = (
    Held(
        "R68",
        Level.E,
        "missing-argument",
        "Missing argument",
        ("name", "sender_domains"),
        "always required",
    ),
    Held(
        "R68", Level.DOCUMENTED, "invalid-domain", "Invalid domain", ("sender_domains",), _GRAMMAR
    ),
    Held(
        "R68",
        Level.DOCUMENTED,
        "invalid-ip-address",
        "Invalid address or network",
        ("sender_ip_addresses",),
        _GRAMMAR,
    ),
    Held(
        "R68",
        Level.DOCUMENTED,
        "network-too-large",
        "Invalid address or network",
        ("sender_ip_addresses",),
        "prefixes from /24 to /32",
    ),
    Held(
        "R68",
        Level.E,
        "value-refused",
        "Not an accepted domain",
        ("associated_accepted_domains",),
        "Exchange, which alone knows the domains that the tenant has",
    ),
)
