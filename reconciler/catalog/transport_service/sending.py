"""Connections of the Transport service, and how it tries again."""

from reconciler.catalog.adopted import left
from reconciler.schema.declare import group
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.limits import limit
from reconciler.schema.kinds.number import integer, timespan

_MOST = (1 << 31) - 1
_HOUR, _DAY = 3600, 86_400

CONNECTIONS = group(
    "Connections",
    left(
        "max_outbound_connections",
        "MaxOutboundConnections",
        limit(1, _MOST),
        "Outbound connections at once, to everywhere.",
        1000,
    ),
    left(
        "max_per_domain_outbound_connections",
        "MaxPerDomainOutboundConnections",
        limit(1, _MOST),
        "Outbound connections at once to one domain; no more than to everywhere.",
        40,
    ),
    left(
        "max_connection_rate_per_minute",
        "MaxConnectionRatePerMinute",
        integer(1, _MOST),
        "Inbound connections begun in a minute, on all receive connectors together.",
        1200,
    ),
    left(
        "max_concurrent_mailbox_deliveries",
        "MaxConcurrentMailboxDeliveries",
        integer(1, 256),
        "Deliveries to mailboxes at once.",
        20,
    ),
    left(
        "max_concurrent_mailbox_submissions",
        "MaxConcurrentMailboxSubmissions",
        integer(1, 256),
        "Submissions from mailboxes at once.",
        20,
    ),
    left(
        "intra_org_connector_protocol_logging_level",
        "IntraOrgConnectorProtocolLoggingLevel",
        choice("None", "Verbose"),
        "What the connector between servers of the organisation, which nobody sees, logs.",
        "None",
    ),
    left(
        "intra_org_connector_smtp_max_messages_per_connection",
        "IntraOrgConnectorSmtpMaxMessagesPerConnection",
        integer(0, _MOST),
        "Messages that it sends in one connection; 0 is any number.",
        20,
    ),
    left(
        "use_downgraded_exchange_server_auth",
        "UseDowngradedExchangeServerAuth",
        flag,
        "Whether GSSAPI will do between servers where TLS is switched off on a receive connector.",
        at_first=False,
    ),
)

RETRIES = group(
    "Retries and expiry",
    left(
        "transient_failure_retry_count",
        "TransientFailureRetryCount",
        integer(0, 15),
        "How often a failed connection is tried again at short intervals.",
        6,
    ),
    left(
        "transient_failure_retry_interval",
        "TransientFailureRetryInterval",
        timespan(1, 12 * _HOUR),
        "The time between those tries.",
        "00:05:00",
        "00:10:00",
    ),
    left(
        "outbound_connection_failure_retry_interval",
        "OutboundConnectionFailureRetryInterval",
        timespan(1, 20 * _DAY),
        "The time between the tries that come after them.",
        "00:10:00",
        "00:30:00",
    ),
    left(
        "message_retry_interval",
        "MessageRetryInterval",
        timespan(1, _DAY),
        "The time until a single deferred message is tried again.",
        "00:05:00",
    ),
    left(
        "message_expiration_timeout",
        "MessageExpirationTimeout",
        timespan(5, 90 * _DAY),
        "How long a message is tried before it is returned.",
        "2.00:00:00",
    ),
    left(
        "delay_notification_timeout",
        "DelayNotificationTimeout",
        timespan(1, 30 * _DAY),
        "How long a message waits before its sender is told; longer than all tries at short "
        "intervals take.",
        "04:00:00",
    ),
    left(
        "queue_max_idle_time",
        "QueueMaxIdleTime",
        timespan(5, _HOUR),
        "How long an empty queue stays.",
        "00:03:00",
    ),
)
