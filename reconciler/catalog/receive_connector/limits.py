"""The limits of a receive connector: sizes, counts, rates and times.

Facts: the New-ReceiveConnector and Set-ReceiveConnector pages.
"""

from dataclasses import replace

from reconciler.model.platform import Platform
from reconciler.model.values import Canonical, Values
from reconciler.schema.attribute import Default
from reconciler.schema.declare import argument, group
from reconciler.schema.kinds.choice import choice
from reconciler.schema.kinds.limits import UNLIMITED, limit, size_within
from reconciler.schema.kinds.number import integer, timespan

_LARGEST = (1 << 31) - 1
_DAY = 86_400
_SINCE_2016 = ("2016", "2019", "SE")


def _by_role(mailbox: Canonical, edge: Canonical) -> Default:
    def fill(_values: Values, platform: Platform) -> Canonical:
        return edge if platform.role == "edge" else mailbox

    return fill


LIMITS = group(
    "Limits",
    replace(
        argument(
            "auth_tarpit_interval",
            "AuthTarpitInterval",
            timespan(0, _DAY),
            "How long answers to failed authentication wait; `00:00:00` is not at all.",
            5,
        ),
        versions=_SINCE_2016,
    ),
    argument(
        "tarpit_interval",
        "TarpitInterval",
        timespan(0, _DAY),
        "How long answers to suspicious sessions wait; `00:00:00` is not at all.",
        5,
    ),
    replace(
        argument(
            "connection_timeout",
            "ConnectionTimeout",
            timespan(1, _DAY),
            "How long a session may last, even an active one.",
        ),
        default=_by_role(600, 300),
        default_doc='`"00:10:00"`, on Edge `"00:05:00"`',
    ),
    replace(
        argument(
            "connection_inactivity_timeout",
            "ConnectionInactivityTimeout",
            timespan(1, _DAY),
            "How long an idle session stays open; less than `connection_timeout`.",
        ),
        default=_by_role(300, 60),
        default_doc='`"00:05:00"`, on Edge `"00:01:00"`',
    ),
    argument(
        "max_acknowledgement_delay",
        "MaxAcknowledgementDelay",
        timespan(0, _DAY),
        "How long the acknowledgement waits for delivery (shadow redundancy).",
        30,
    ),
    argument(
        "max_header_size",
        "MaxHeaderSize",
        size_within(1, _LARGEST),
        "The largest header of a message.",
        256 << 10,
    ),
    argument(
        "max_message_size",
        "MaxMessageSize",
        size_within(65_536, _LARGEST),
        "The largest message.",
        36 << 20,
    ),
    argument(
        "max_hop_count",
        "MaxHopCount",
        integer(1, 500),
        "The most servers that a message may have passed.",
        30,
    ),
    argument(
        "max_local_hop_count",
        "MaxLocalHopCount",
        integer(0, 50),
        "The most servers of this organisation that a message may have passed; 0 is any number.",
        8,
    ),
    argument(
        "max_inbound_connection",
        "MaxInboundConnection",
        limit(1, _LARGEST),
        "Sessions at once.",
        5000,
    ),
    argument(
        "max_inbound_connection_per_source",
        "MaxInboundConnectionPerSource",
        limit(1, 10_000),
        "Sessions at once from one address.",
        20,
    ),
    argument(
        "max_inbound_connection_percentage_per_source",
        "MaxInboundConnectionPercentagePerSource",
        integer(1, 100),
        "Sessions at once from one address, in per cent of those that are left.",
        2,
    ),
    argument(
        "max_logon_failures",
        "MaxLogonFailures",
        integer(0, 10),
        "Failed logons before the session is closed; 0 is never.",
        3,
    ),
    argument(
        "max_protocol_errors",
        "MaxProtocolErrors",
        limit(0, _LARGEST),
        "SMTP errors before the session is closed.",
        5,
    ),
    argument(
        "max_recipients_per_message",
        "MaxRecipientsPerMessage",
        integer(1, 512_000),
        "Recipients of one message in one session.",
        200,
    ),
    replace(
        argument(
            "message_rate_limit",
            "MessageRateLimit",
            limit(1, _LARGEST),
            "Messages a minute from one source.",
        ),
        default=_by_role(UNLIMITED, 600),
        default_doc='`"unlimited"`, on Edge 600',
    ),
    replace(
        argument(
            "message_rate_source",
            "MessageRateSource",
            choice("None", "User", "IPAddress", "All"),
            "What counts as one source. Microsoft documents no default; this is what real servers "
            "have.",
            "IPAddress",
        ),
        default_doc='`"IPAddress"`',
    ),
)
