"""What the organisation lets through, and how it guards mail."""

from reconciler.catalog.adopted import by_version, left
from reconciler.catalog.transport_config.where import on_servers, online, since_2013
from reconciler.schema.declare import group
from reconciler.schema.kinds.choice import flag
from reconciler.schema.kinds.ip_range import trusted_addresses
from reconciler.schema.kinds.limits import limit, size_between
from reconciler.schema.kinds.mail import plain_domains, tags
from reconciler.schema.kinds.number import integer, timespan

_MOST = (1 << 31) - 1
_LARGEST_MESSAGE = 2_147_482_624
_HOUR = 3600

LIMITS = group(
    "Limits",
    *on_servers(
        left(
            "max_receive_size",
            "MaxReceiveSize",
            size_between(0, _LARGEST_MESSAGE),
            "The largest message that recipients get; encoding makes one a third larger.",
            "10MB",
        ),
        left(
            "max_send_size",
            "MaxSendSize",
            size_between(0, _LARGEST_MESSAGE),
            "The largest message that senders send; encoding makes one a third larger.",
            "10MB",
        ),
    ),
    by_version(
        left(
            "max_recipient_envelope_limit",
            "MaxRecipientEnvelopeLimit",
            limit(0, _MOST),
            "Recipients of one message, a group that is not expanded counting as one.",
            500,
        ),
        {"EXO": "unlimited"},
    ),
    *since_2013(
        by_version(
            left(
                "transport_rule_attachment_text_scan_limit",
                "TransportRuleAttachmentTextScanLimit",
                size_between(0, (1 << 63) - 1, unlimited=False),
                "How much text of an attachment transport rules look at.",
                "1MB",
            ),
            {"2013": "150KB"},
        ),
        left(
            "max_allowed_agent_generated_message_depth",
            "MaxAllowedAgentGeneratedMessageDepth",
            integer(0, (1 << 32) - 1),
            "How often all agents together may handle copies of a message.",
            3,
        ),
        left(
            "max_allowed_agent_generated_message_depth_per_agent",
            "MaxAllowedAgentGeneratedMessageDepthPerAgent",
            integer(0, (1 << 32) - 1),
            "How often one agent may.",
            2,
        ),
    ),
    *online(
        left(
            "message_expiration",
            "MessageExpiration",
            timespan(12 * _HOUR, 24 * _HOUR),
            "How long a message is tried before it is returned.",
            "1.00:00:00",
        ),
        left(
            "journal_message_expiration_days",
            "JournalMessageExpirationDays",
            integer(0, 7),
            "How many days longer journal reports are tried.",
            0,
        ),
    ),
)

SECURITY = group(
    "Security",
    *on_servers(
        left(
            "tls_receive_domain_secure_list",
            "TLSReceiveDomainSecureList",
            plain_domains,
            "The domains whose mail comes in by mutual TLS, none with a wildcard. Receive connectors "
            "need `domain_secure_enabled` besides.",
            (),
        ),
        left(
            "tls_send_domain_secure_list",
            "TLSSendDomainSecureList",
            plain_domains,
            "The domains that mail goes out to by mutual TLS, none with a wildcard. Send connectors "
            "need `domain_secure_enabled` besides.",
            (),
        ),
        left(
            "internal_smtp_servers",
            "InternalSMTPServers",
            trusted_addresses,
            "Addresses and ranges of servers that Sender ID and connection filtering pass over.",
            (),
        ),
        left(
            "verify_secure_submit_enabled",
            "VerifySecureSubmitEnabled",
            flag,
            "Whether submission by MAPI must be encrypted to count as secure.",
            at_first=False,
        ),
        left(
            "xexch50_enabled",
            "Xexch50Enabled",
            flag,
            "Whether XEXCH50 is spoken with servers of Exchange 2003.",
            at_first=True,
        ),
        left(
            "supervision_tags",
            "SupervisionTags",
            tags,
            "The tags of transport supervision.",
            ("Allow", "Reject"),
        ),
    ),
    *online(
        left(
            "smtp_client_authentication_disabled",
            "SmtpClientAuthenticationDisabled",
            flag,
            "Whether nobody can authenticate to send by SMTP.",
        ),
        left("allow_legacy_tls_clients", "AllowLegacyTLSClients", flag, "Not documented."),
    ),
)
