"""The arguments of a receive connector: what they mean, what they default to, where they exist.

Facts: the New-ReceiveConnector and Set-ReceiveConnector pages, and what real servers answer.
"""

from dataclasses import replace

from reconciler.catalog.late import always
from reconciler.catalog.receive_connector.limits import LIMITS
from reconciler.catalog.receive_connector.listening import (
    AUTHENTICATION,
    LISTENING,
    SINCE_2013,
    USAGES,
)
from reconciler.catalog.renewal import CERTIFICATE_THUMBPRINT
from reconciler.schema.attribute import OnChange
from reconciler.schema.declare import argument, computed, group, kept, required
from reconciler.schema.kinds.capability import tls_domain_capabilities
from reconciler.schema.kinds.certificate import certificate_name
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.net import fqdn
from reconciler.schema.kinds.server import server
from reconciler.schema.kinds.text import guid, name_of, reference, text
from reconciler.schema.resource_type import Shorthand

_SINCE_2016 = ("2016", "2019", "SE")

_GENERAL = group(
    "General",
    required(
        argument(
            "name",
            "Name",
            name_of(64),
            "What people call the connector, unique on its server whatever its case. Another name "
            "is a rename, for the connector is known by its GUID.",
        )
    ),
    replace(
        required(
            argument(
                "server",
                "Server",
                server,
                "The transport server that the connector belongs to. Another server needs a new "
                "connector.",
            )
        ),
        on_change=OnChange.REPLACE,
        refers_to="server",
    ),
    replace(
        argument(
            "usage",
            "Usage",
            choice(*USAGES),
            "What the connector is for, given at creation only: it chooses the defaults of "
            "`bindings`, `remote_ip_ranges`, `permission_groups` and `auth_mechanism`, and cannot "
            "be read back. `client`, `custom`, `internal`, `internet` and `partner` = true say "
            'the same: `internet = true` is `usage = "Internet"`.',
            "Custom",
        ),
        on_change=OnChange.IGNORE,
        reads="",
    ),
    argument("enabled", "Enabled", flag, "Whether the connector listens at all.", default=True),
    argument("comment", "Comment", text, "A note for other administrators."),
    argument(
        "protocol_logging_level",
        "ProtocolLoggingLevel",
        choice("None", "Verbose"),
        "Whether SMTP conversations are written to the protocol log.",
        "None",
    ),
    kept(
        argument(
            "fqdn",
            "Fqdn",
            fqdn,
            "The name that the connector gives in its banner, in EHLO and in TLS.",
        ),
        "the name of the server; left as it is while omitted",
    ),
    argument(
        "banner",
        "Banner",
        text,
        'The greeting instead of the usual one; it begins with "220".',
    ),
    replace(
        argument(
            "default_domain",
            "DefaultDomain",
            reference,
            "The accepted domain of senders and recipients that name none, by name, GUID or "
            "distinguished name.",
        ),
        refers_to="accepted_domain",
    ),
    replace(
        argument(
            "service_discovery_fqdn",
            "ServiceDiscoveryFqdn",
            fqdn,
            "The name under which the service is discovered.",
        ),
        versions=SINCE_2013,
    ),
)

_TLS = group(
    "TLS",
    argument("require_tls", "RequireTLS", flag, "Whether all sessions need TLS.", default=False),
    replace(
        argument(
            "tls_certificate_name",
            "TlsCertificateName",
            certificate_name,
            "The certificate to present: its issuer and subject as `<I>issuer<S>subject`.",
        ),
        versions=SINCE_2013,
    ),
    CERTIFICATE_THUMBPRINT,
    argument(
        "tls_domain_capabilities",
        "TlsDomainCapabilities",
        tls_domain_capabilities,
        "What domains that prove themselves by a certificate may do besides, as "
        "`domain:capability`. For hybrid organisations.",
    ),
    argument(
        "domain_secure_enabled",
        "DomainSecureEnabled",
        flag,
        "Whether the domains of Domain Security must prove themselves by a certificate.",
        default=False,
    ),
    argument(
        "suppress_x_anonymous_tls",
        "SuppressXAnonymousTls",
        flag,
        "Whether Exchange servers do without TLS among themselves, as WAN optimisers need it.",
        default=False,
    ),
)


def _smtp() -> tuple[tuple[str, str, str, bool], ...]:
    return (
        ("advertise_client_settings", "AdvertiseClientSettings", ("Whether Outlook on the web "
         "shows this connector's settings to users."), False),
        ("binary_mime_enabled", "BinaryMimeEnabled", ("Whether BINARYMIME is offered; needs "
         "`chunking_enabled`."), True),
        ("chunking_enabled", "ChunkingEnabled", "Whether CHUNKING is offered.", True),
        ("delivery_status_notification_enabled", "DeliveryStatusNotificationEnabled",
         "Whether DSN is offered.", True),
        ("eight_bit_mime_enabled", "EightBitMimeEnabled", "Whether 8BITMIME is offered.", True),
        ("enhanced_status_codes_enabled", "EnhancedStatusCodesEnabled",
         "Whether ENHANCEDSTATUSCODES is offered.", True),
        ("long_addresses_enabled", "LongAddressesEnabled", ("Whether long X.400 addresses are "
         "taken; HubTransport only."), False),
        ("orar_enabled", "OrarEnabled", ("Whether XORAR is offered: the alternate recipient of the "
         "sender's choice."), False),
        ("pipelining_enabled", "PipeliningEnabled", "Whether PIPELINING is offered.", True),
        ("require_ehlo_domain", "RequireEHLODomain", ("Whether clients must name their domain in "
         "EHLO."), False),
    )  # fmt: skip


_SMTP = group(
    "SMTP",
    *(argument(name, parameter, flag, doc, default) for name, parameter, doc, default in _smtp()),
    argument(
        "size_enabled",
        "SizeEnabled",
        choice("Enabled", "Disabled", "EnabledWithoutValue"),
        "Whether SIZE is offered, and with the largest size or without.",
        "Enabled",
    ),
    replace(
        argument(
            "bare_linefeed_rejection_enabled",
            "BareLinefeedRejectionEnabled",
            flag,
            "Whether messages with bare line feeds are refused. Only Set-ReceiveConnector takes "
            "it, so that it comes after creation.",
            default=False,
        ),
        late=always,
    ),
    *(
        replace(argument(name, parameter, flag, doc, default=False), versions=_SINCE_2016)
        for name, parameter, doc in (
            (
                "reject_reserved_second_level_recipient_domains",
                "RejectReservedSecondLevelRecipientDomains",
                "Whether recipients in example.com and its like (RFC 2606) are refused.",
            ),
            (
                "reject_reserved_top_level_recipient_domains",
                "RejectReservedTopLevelRecipientDomains",
                "Whether recipients under .test, .example and their like (RFC 2606) are refused.",
            ),
            (
                "reject_single_label_recipient_domains",
                "RejectSingleLabelRecipientDomains",
                "Whether recipients in domains of one label are refused.",
            ),
        )
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

ATTRIBUTES = (*_GENERAL, *LISTENING, *AUTHENTICATION, *_TLS, *_SMTP, *LIMITS, *_COMPUTED)

SHORTHANDS = tuple(Shorthand(usage.lower(), "usage", usage, usage) for usage in USAGES)
