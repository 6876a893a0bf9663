"""The arguments of a send connector: what they mean, what they default to, where they exist.

Facts: the New-SendConnector and Set-SendConnector pages, and what real servers answer.
"""

from dataclasses import replace

from reconciler.catalog.send_connector.delivery import AUTHENTICATION, DELIVERY, TLS
from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN, Canonical, Values
from reconciler.schema.attribute import OnChange
from reconciler.schema.declare import argument, computed, group, kept, required
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.number import size
from reconciler.schema.kinds.routing import address_spaces
from reconciler.schema.kinds.server import servers
from reconciler.schema.kinds.text import guid, name_of, reference, text
from reconciler.schema.resource_type import Shorthand

_ONLY_2010 = ("2010",)
_SINCE_2013 = ("2013", "2016", "2019", "SE")
_SINCE_2016 = ("2016", "2019", "SE")
_MEGABYTE = 1 << 20

_SIZES = {"2010": 10 * _MEGABYTE, "2013": 25 * _MEGABYTE}
_SIZE_SINCE_2016 = 35 * _MEGABYTE


def _max_message_size(values: Values, platform: Platform) -> Canonical:
    """Pinned, because Microsoft's pages disagree: real servers say 35 MB since 2016."""
    usage = values.get("usage")
    if usage is UNKNOWN:
        return UNKNOWN
    if usage == "Internal":
        return "unlimited"
    return _SIZES.get(platform.version, _SIZE_SINCE_2016)


_GENERAL = group(
    "General",
    required(
        argument(
            "name",
            "Name",
            name_of(64),
            "What people call the connector, unique in the organisation whatever its case. "
            "Another name is a rename, for the connector is known by its GUID.",
        )
    ),
    replace(
        argument(
            "usage",
            "Usage",
            choice("Custom", "Internal", "Internet", "Partner"),
            "What the connector is for, given at creation only: it chooses default permissions "
            "and the default of `max_message_size`, and cannot be read back. `custom`, `internal`, "
            '`internet` and `partner` = true say the same: `internet = true` is `usage = "Internet"`.',
            "Custom",
        ),
        on_change=OnChange.IGNORE,
        reads="",
    ),
    argument("enabled", "Enabled", flag, "Whether the connector takes mail at all.", default=True),
    argument("comment", "Comment", text, "A note for other administrators."),
    argument(
        "protocol_logging_level",
        "ProtocolLoggingLevel",
        choice("None", "Verbose"),
        "Whether SMTP conversations are written to the protocol log.",
        "None",
    ),
)

_ROUTING = group(
    "Routing",
    argument(
        "address_spaces",
        "AddressSpaces",
        address_spaces,
        "Destinations as `type:address;cost`; the type is SMTP and the cost 1 where left out, and "
        'a lower cost (1 to 100) wins. `"*"` is everything, `"*.contoso.com"` a domain and all '
        "below it. Required, except with `linked_receive_connector`.",
    ),
    replace(
        kept(
            argument(
                "source_transport_servers",
                "SourceTransportServers",
                servers,
                "The servers that send for this connector: Mailbox servers, or Edge subscriptions.",
            ),
            "the server that runs the cmdlet; left as it is while omitted",
        ),
        roles=("mailbox",),
        refers_to="server",
    ),
    argument(
        "is_scoped_connector",
        "IsScopedConnector",
        flag,
        "Whether only servers in the Active Directory site of the source servers may use it.",
        default=False,
    ),
    replace(
        argument(
            "max_message_size",
            "MaxMessageSize",
            size,
            'The largest message that may pass, such as "25MB", or "unlimited". Always sent, '
            "because the published defaults disagree.",
        ),
        default=_max_message_size,
        pinned=True,
        default_doc='"10MB" on 2010, "25MB" on 2013, "35MB" since 2016; "unlimited" for usage '
        "Internal",
    ),
    replace(
        argument(
            "linked_receive_connector",
            "LinkedReceiveConnector",
            reference,
            "Everything that this receive connector accepts leaves through this send connector. "
            r"Named by GUID, distinguished name or `server\name`.",
        ),
        versions=_ONLY_2010,
        refers_to="receive_connector",
    ),
)

_HYBRID = group(
    "Hybrid",
    replace(
        argument(
            "cloud_services_mail_enabled",
            "CloudServicesMailEnabled",
            flag,
            "Whether internal headers survive on the way to Microsoft 365. Usually set by the "
            "Hybrid Configuration wizard.",
            default=False,
        ),
        versions=_SINCE_2013,
    ),
    replace(
        argument(
            "connector_type",
            "ConnectorType",
            choice("Default", "XPremises"),
            "XPremises for connectors to Microsoft 365.",
            "Default",
        ),
        versions=_SINCE_2016,
    ),
    replace(
        argument(
            "is_coexistence_connector",
            "IsCoexistenceConnector",
            flag,
            "Whether the connector leads to Microsoft 365, as Exchange 2010 says it.",
            default=False,
        ),
        versions=_ONLY_2010,
    ),
)

_RESERVED = group(
    "Reserved",
    kept(
        argument(
            "require_oorg",
            "RequireOorg",
            flag,
            "Microsoft reserves it for itself: it is read, and refused where it is written.",
        ),
        "`false` at first, then left as it is",
        at_first=False,
    ),
)

_COMPUTED = (
    computed("guid", "Guid", guid, "What Exchange knows the connector by for ever."),
    computed(
        "distinguished_name",
        "DistinguishedName",
        text,
        "Where it stands in the directory; it follows the name.",
        follows_name=True,
    ),
)

ATTRIBUTES = (
    *_GENERAL,
    *_ROUTING,
    *DELIVERY,
    *AUTHENTICATION,
    *TLS,
    *_HYBRID,
    *_RESERVED,
    *_COMPUTED,
)

SHORTHANDS = tuple(
    Shorthand(usage.lower(), "usage", usage, usage)
    for usage in ("Custom", "Internal", "Internet", "Partner")
)
