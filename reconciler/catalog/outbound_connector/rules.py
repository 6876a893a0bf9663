"""What must hold of an outbound connector. Numbers are those of docs/types/outbound_connector.md."""

from collections.abc import Iterator

from reconciler.catalog.cloud import ON_PREMISES
from reconciler.catalog.names import unique_names
from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.rule import Finding, Held, Level, Rule
from reconciler.schema.rules import excludes, is_off, is_on, is_one_of, is_set, needs

_GRAMMAR = "the spelling of the argument"
HYBRID = ("all_accepted_domains", "route_all_messages_via_on_premises", "sender_rewriting_enabled")
"""What only connectors to servers of one's own may do."""


def _hybrid(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    for name in HYBRID:
        if is_on(name)(values) and not ON_PREMISES(values):
            yield Finding(
                name,
                f"{name} is for connectors to one's own servers. Write connector_type = "
                f'"OnPremises", or remove {name}.',
            )


RULES: tuple[Rule, ...] = (
    Rule(
        "R69",
        Level.DOCUMENTED,
        "missing-smart-hosts",
        "Neither smart hosts nor MX records",
        ("use_mx_record", "smart_hosts"),
        needs(
            is_off("use_mx_record"),
            is_set("smart_hosts"),
            "use_mx_record",
            "Without MX records the connector has nowhere to deliver to. Add smart_hosts, or remove "
            "use_mx_record = false.",
        ),
    ),
    Rule(
        "R69",
        Level.L,
        "smart-hosts-without-effect",
        "Smart hosts without effect",
        ("use_mx_record", "smart_hosts"),
        excludes(
            is_set("smart_hosts"),
            is_on("use_mx_record"),
            "smart_hosts",
            "Mail goes where MX records say as long as use_mx_record is true, which it is unless it "
            "is set. Add use_mx_record = false, or remove smart_hosts.",
        ),
    ),
    Rule(
        "R69",
        Level.DOCUMENTED,
        "needs-on-premises",
        "Argument for one's own servers alone",
        ("connector_type", *HYBRID),
        _hybrid,
    ),
    Rule(
        "R69",
        Level.W,
        "tls-domain-without-validation",
        "TLS domain without effect",
        ("tls_domain", "tls_settings"),
        needs(
            is_set("tls_domain"),
            is_one_of("tls_settings", "DomainValidation"),
            "tls_domain",
            'Only DomainValidation looks at the domain. Write tls_settings = "DomainValidation", or '
            "remove tls_domain.",
        ),
    ),
)

FLEET_RULES = (unique_names("R69"),)

HELD = (
    Held("R69", Level.E, "missing-argument", "Missing argument", ("name",), "always required"),
    Held(
        "R69",
        Level.DOCUMENTED,
        "name-too-long",
        "Invalid name",
        ("name",),
        "at most 64 characters",
    ),
    Held(
        "R69",
        Level.DOCUMENTED,
        "invalid-domain",
        "Invalid domain",
        ("recipient_domains",),
        _GRAMMAR,
    ),
    Held(
        "R69",
        Level.DOCUMENTED,
        "invalid-smart-host",
        "Invalid smart host",
        ("smart_hosts",),
        _GRAMMAR,
    ),
)
