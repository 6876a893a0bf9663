"""The arguments of an outbound connector.

Facts: the New-, Set- and Get-OutboundConnector pages.
"""

from dataclasses import replace

from reconciler.catalog import cloud
from reconciler.catalog.late import always
from reconciler.model.values import Canonical
from reconciler.schema.attribute import Attribute
from reconciler.schema.declare import argument, group, kept
from reconciler.schema.kind import Kind
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.cloud import cloud_smart_hosts, mail_addresses, recipient_domains
from reconciler.schema.kinds.moment import moment
from reconciler.schema.kinds.net import smtp_domain_or_wildcard

_MAIL = (
    argument(
        "recipient_domains",
        "RecipientDomains",
        recipient_domains,
        'Whose mail the connector takes: `"contoso.com"`, `"*.contoso.com"` for it and all below '
        'it, `"*"` for everybody.',
    ),
    argument(
        "is_transport_rule_scoped",
        "IsTransportRuleScoped",
        flag,
        "Whether only transport rules send mail to the connector.",
        default=False,
    ),
    argument(
        "all_accepted_domains",
        "AllAcceptedDomains",
        flag,
        "Whether the connector takes the mail for all accepted domains.",
        default=False,
    ),
    argument(
        "route_all_messages_via_on_premises",
        "RouteAllMessagesViaOnPremises",
        flag,
        "Whether all mail that leaves the tenant goes through the servers on premises.",
        default=False,
    ),
    argument(
        "test_mode",
        "TestMode",
        flag,
        "Whether the connector is only being tried out.",
        default=False,
    ),
)

_DELIVERY = (
    argument(
        "use_mx_record",
        "UseMXRecord",
        flag,
        "Whether DNS says where mail goes, and not `smart_hosts`.",
        default=True,
    ),
    argument(
        "smart_hosts",
        "SmartHosts",
        cloud_smart_hosts,
        "Where mail goes, where `use_mx_record` is false: names, addresses or networks of them.",
    ),
    cloud.CLOUD_SERVICES,
    argument(
        "sender_rewriting_enabled",
        "SenderRewritingEnabled",
        flag,
        "Whether the sender's address in the envelope is rewritten.",
        default=False,
    ),
)

_SECURITY = (
    argument(
        "tls_settings",
        "TlsSettings",
        choice("EncryptionOnly", "CertificateValidation", "DomainValidation"),
        "What is asked of the other side; null is TLS where it can be had.",
    ),
    argument(
        "tls_domain",
        "TlsDomain",
        smtp_domain_or_wildcard,
        "The domain that the certificate of the other side must have, for `DomainValidation`.",
    ),
    argument(
        "smtp_dane_mode",
        "SmtpDaneMode",
        choice("Opportunistic", "Mandatory", "None"),
        "What becomes of DANE for SMTP.",
        "Opportunistic",
    ),
    argument(
        "mta_sts_mode",
        "MtaStsMode",
        choice("Opportunistic", "None"),
        "What becomes of MTA-STS.",
        "Opportunistic",
    ),
)


def _noted(
    name: str, parameter: str, kind: Kind, doc: str, at_first: Canonical = None
) -> Attribute:
    """What Exchange notes when the connector is tried out."""
    found = kept(argument(name, parameter, kind, doc), "left as it is", at_first=at_first)
    return replace(found, late=always)


_VALIDATION = (
    _noted("is_validated", "IsValidated", flag, "Whether it was tried out.", at_first=False),
    _noted("last_validation_timestamp", "LastValidationTimestamp", moment, "When it was, last."),
    _noted(
        "validation_recipients",
        "ValidationRecipients",
        mail_addresses,
        "Who got the mail that tried it out.",
    ),
)

ATTRIBUTES = (
    *group("Arguments", cloud.NAME, *cloud.COMMON),
    *group("Mail", *_MAIL),
    *group("Delivery", *_DELIVERY),
    *group("Security", *_SECURITY),
    *group("Validation", *_VALIDATION),
    *cloud.computed_of("connector"),
)
