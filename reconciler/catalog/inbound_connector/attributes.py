"""The arguments of an inbound connector.

Facts: the New-, Set- and Get-InboundConnector pages.
"""

from dataclasses import replace

from reconciler.catalog import cloud
from reconciler.schema.attribute import OnChange
from reconciler.schema.declare import argument, group, required
from reconciler.schema.kinds.choice import flag
from reconciler.schema.kinds.cloud import (
    address_ranges,
    mail_addresses,
    names,
    sender_domains,
    sender_networks,
)
from reconciler.schema.kinds.net import smtp_domain_or_wildcard

_SENDERS = (
    required(
        argument(
            "sender_domains",
            "SenderDomains",
            sender_domains,
            'Whose mail the connector takes: `"contoso.com"`, `"*.contoso.com"` for it and all '
            'below it, `"*"` for everybody. Exchange shows `smtp:contoso.com;1`, which means the '
            "same.",
        )
    ),
    argument(
        "sender_ip_addresses",
        "SenderIPAddresses",
        sender_networks,
        "The addresses that the mail comes from: IPv4 alone, networks from /24 to /32.",
    ),
    replace(
        argument(
            "associated_accepted_domains",
            "AssociatedAcceptedDomains",
            names,
            "The accepted domains that the connector is for; none stands for all of them.",
        ),
        refers_to="accepted_domain",
    ),
    replace(
        argument("client_host_names", "ClientHostNames", names, "Not documented."),
        on_change=OnChange.REPLACE,
    ),
    argument("trusted_organizations", "TrustedOrganizations", names, "Trusted organisations."),
)

_SECURITY = (
    argument(
        "require_tls",
        "RequireTls",
        flag,
        "Whether mail must come by TLS. It counts for partners.",
        default=True,
    ),
    argument(
        "restrict_domains_to_certificate",
        "RestrictDomainsToCertificate",
        flag,
        "Whether a partner's mail is refused unless its certificate has the name of "
        "`tls_sender_certificate_name`.",
        default=False,
    ),
    argument(
        "restrict_domains_to_ip_addresses",
        "RestrictDomainsToIPAddresses",
        flag,
        "Whether a partner's mail is refused unless it comes from `sender_ip_addresses`.",
        default=False,
    ),
    argument(
        "tls_sender_certificate_name",
        "TlsSenderCertificateName",
        smtp_domain_or_wildcard,
        "The name in the certificate of the other side.",
    ),
)

_TREATMENT = (
    cloud.CLOUD_SERVICES,
    argument(
        "treat_messages_as_internal",
        "TreatMessagesAsInternal",
        flag,
        "Whether mail counts as that of the organisation itself, where it comes from servers of "
        "one's own that are no part of a hybrid deployment.",
        default=False,
    ),
)

_FILTERING = (
    argument(
        "ef_skip_last_ip",
        "EFSkipLastIP",
        flag,
        "Enhanced filtering: whether the address that mail comes from last is passed over.",
        default=False,
    ),
    argument(
        "ef_skip_ips",
        "EFSkipIPs",
        address_ranges,
        "Enhanced filtering: the addresses to pass over, where `ef_skip_last_ip` is false.",
    ),
    argument(
        "ef_users",
        "EFUsers",
        mail_addresses,
        "Enhanced filtering: the recipients that it is for; none stands for everybody.",
    ),
)

ATTRIBUTES = (
    *group("Arguments", cloud.NAME, *cloud.COMMON),
    *group("Senders", *_SENDERS),
    *group("Security", *_SECURITY),
    *group("Treatment", *_TREATMENT),
    *group("Enhanced filtering", *_FILTERING),
    *cloud.computed_of("connector"),
)
