"""The arguments that say which domain it is, what it gets by itself, and how far it is trusted.

Facts: the New- and Set-RemoteDomain pages.
"""

from dataclasses import replace

from reconciler.catalog.remote_domain.arguments import late
from reconciler.catalog.remote_domain.form import FORM
from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN, Canonical, Values
from reconciler.schema.attribute import OnChange
from reconciler.schema.declare import argument, computed, group, required
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.domains import domain_or_every
from reconciler.schema.kinds.number import integer
from reconciler.schema.kinds.text import guid, name_of, text

_LARGEST_INT = (1 << 31) - 1
_SERVERS_SINCE_2013 = ("2013", "2016", "2019", "SE")


def _internal(values: Values, _platform: Platform) -> Canonical:
    """Exchange itself makes a domain internal that gets internal replies."""
    replies = values.get("allowed_oof_type")
    return UNKNOWN if replies is UNKNOWN else replies == "InternalLegacy"


_NAMES = group(
    "Names",
    required(argument("name", "Name", name_of(64), "What people call the domain.")),
    replace(
        required(
            argument(
                "domain_name",
                "DomainName",
                domain_or_every,
                'The domain; `"*.fabrikam.com"` stands for all below it, and `"*"`, which setup '
                "makes under the name Default, for all that no other object names. Exchange cannot "
                "change it.",
            )
        ),
        on_change=OnChange.REPLACE,
    ),
)

_REPLIES = group(
    "Replies and reports",
    late(
        "allowed_oof_type",
        "AllowedOOFType",
        choice("External", "ExternalLegacy", "InternalLegacy", "None"),
        "Which out-of-office replies the domain gets: those meant for outside, also those meant for "
        "nobody in particular, those meant for inside, or none. InternalLegacy goes with "
        "`is_internal` = true alone.",
        "External",
    ),
    late(
        "auto_reply_enabled",
        "AutoReplyEnabled",
        flag,
        "Whether the domain gets other automatic replies, as rules in Outlook send them.",
        default=True,
    ),
    late(
        "auto_forward_enabled",
        "AutoForwardEnabled",
        flag,
        "Whether the domain gets what mail programs forward by themselves.",
        default=True,
    ),
    late(
        "delivery_report_enabled",
        "DeliveryReportEnabled",
        flag,
        "Whether the domain gets delivery reports.",
        default=True,
    ),
    late(
        "ndr_enabled",
        "NDREnabled",
        flag,
        "Whether the domain gets reports of messages that could not be delivered.",
        default=True,
    ),
    late(
        "ndr_diagnostic_info_enabled",
        "NDRDiagnosticInfoEnabled",
        flag,
        "Whether those reports say how mail went, with the names of internal servers. Of no effect "
        "in Exchange Online.",
        default=True,
    ),
    late(
        "meeting_forward_notification_enabled",
        "MeetingForwardNotificationEnabled",
        flag,
        "Whether organisers hear that somebody in the domain forwarded their meeting.",
        default=True,
    ),
)

_TRUST = group(
    "Trust",
    replace(
        late(
            "is_internal",
            "IsInternal",
            flag,
            "Whether its people count as internal, as in another forest of the organisation. "
            "Exchange sets it where `allowed_oof_type` becomes InternalLegacy, and takes that back "
            "to ExternalLegacy where it becomes false.",
        ),
        default=_internal,
        default_doc="`true` with `allowed_oof_type` InternalLegacy, else `false`",
    ),
    late(
        "target_delivery_domain",
        "TargetDeliveryDomain",
        flag,
        "Whether mail users who stand for people in the other forest get addresses in the domain.",
        default=False,
    ),
    late(
        "trusted_mail_inbound_enabled",
        "TrustedMailInboundEnabled",
        flag,
        "Whether mail from the domain passes content and recipient filters unseen.",
        default=False,
    ),
    late(
        "trusted_mail_outbound_enabled",
        "TrustedMailOutboundEnabled",
        flag,
        "Whether mail to the domain does.",
        default=False,
    ),
    replace(
        late(
            "message_count_threshold",
            "MessageCountThreshold",
            integer(0, _LARGEST_INT),
            "How many messages to the domain make the health of the server an issue.",
            _LARGEST_INT,
        ),
        versions=_SERVERS_SINCE_2013,
    ),
    replace(
        late(
            "is_coexistence_domain",
            "IsCoexistenceDomain",
            flag,
            "Whether the domain is the organisation's half in Exchange Online.",
            default=False,
        ),
        versions=("2010",),
    ),
)

_COMPUTED = (
    computed("guid", "Guid", guid, "What Exchange knows the domain by for ever."),
    computed(
        "distinguished_name",
        "DistinguishedName",
        text,
        "Where it stands in the directory; it follows the name.",
        follows_name=True,
    ),
)

ATTRIBUTES = (*_NAMES, *_REPLIES, *FORM, *_TRUST, *_COMPUTED)
