"""The arguments that say how a send connector delivers, proves who it is, and encrypts.

Facts: the New-SendConnector and Set-SendConnector pages, and what real servers answer.
"""

from dataclasses import replace

from reconciler.catalog.renewal import CERTIFICATE_THUMBPRINT
from reconciler.schema.declare import argument, group
from reconciler.schema.kinds.certificate import certificate_name
from reconciler.schema.kinds.choice import choice, flag, flags
from reconciler.schema.kinds.net import fqdn, ip_address, smart_hosts
from reconciler.schema.kinds.net import smtp_domain_or_wildcard as domain
from reconciler.schema.kinds.number import integer, timespan
from reconciler.schema.kinds.secret import credential

_SINCE_2013 = ("2013", "2016", "2019", "SE")
_LARGEST_INT = (1 << 31) - 1
_DAY = 86_400
_TEN_MINUTES = 600

DELIVERY = group(
    "Delivery",
    argument(
        "dns_routing_enabled",
        "DNSRoutingEnabled",
        flag,
        "Whether DNS says where mail goes. Must be false with `smart_hosts`.",
        default=True,
    ),
    argument(
        "smart_hosts",
        "SmartHosts",
        smart_hosts,
        "The servers that take all the mail of this connector, by domain name or IP address. "
        "Required where `dns_routing_enabled` is false.",
    ),
    argument("port", "Port", integer(0, 65535), "The port of the smart hosts.", 25),
    argument(
        "fqdn",
        "Fqdn",
        fqdn,
        "The name that the connector gives in HELO or EHLO and in TLS; null is the server's own.",
    ),
    argument(
        "force_helo", "ForceHELO", flag, "Whether HELO is sent instead of EHLO.", default=False
    ),
    argument(
        "use_external_dns_servers_enabled",
        "UseExternalDNSServersEnabled",
        flag,
        "Whether the external DNS servers of the transport service are asked.",
        default=False,
    ),
    replace(
        argument(
            "frontend_proxy_enabled",
            "FrontendProxyEnabled",
            flag,
            "Whether mail leaves through the Front End Transport service.",
            default=False,
        ),
        versions=_SINCE_2013,
    ),
    replace(
        argument(
            "source_ip_address",
            "SourceIPAddress",
            ip_address,
            "The local address that connections are made from; 0.0.0.0 is any.",
            "0.0.0.0",  # noqa: S104 (a value of Exchange's; nothing listens here)
        ),
        roles=("edge",),
    ),
    argument(
        "smtp_max_messages_per_connection",
        "SmtpMaxMessagesPerConnection",
        integer(0, _LARGEST_INT),
        "How many messages go over one connection before a new one is opened.",
        20,
    ),
    argument(
        "connection_inactivity_timeout",
        "ConnectionInactivityTimeOut",
        timespan(1, _DAY),
        "How long an idle connection stays open, as `hh:mm:ss`; from one second to one day.",
        _TEN_MINUTES,
    ),
    argument(
        "error_policies",
        "ErrorPolicies",
        flags(
            "Default",
            "DowngradeAuthFailures",
            "DowngradeDnsFailures",
            "DowngradeCustomFailures",
            "UpgradeCustomFailures",
        ),
        "Which errors count as temporary (Downgrade…) or final (Upgrade…). On 2010: "
        "DowngradeAuthFailures and DowngradeDnsFailures; since 2013: DowngradeDnsFailures, "
        'DowngradeCustomFailures and UpgradeCustomFailures. "Default" is none of them.',
    ),
)

AUTHENTICATION = group(
    "Authentication",
    argument(
        "smart_host_auth_mechanism",
        "SmartHostAuthMechanism",
        choice(
            "None", "BasicAuth", "BasicAuthRequireTLS", "ExchangeServer", "ExternalAuthoritative"
        ),
        "How the smart hosts are convinced that this server may send. Exactly one.",
        "None",
    ),
    replace(
        argument(
            "authentication_credential",
            "AuthenticationCredential",
            credential,
            "User name and password for the two Basic mechanisms. Write-only: only a salted digest "
            "of the password is remembered, to notice that it changed.",
        ),
        write_only=True,
        reads="",
    ),
)

TLS = group(
    "TLS",
    argument(
        "require_tls", "RequireTLS", flag, "Whether mail leaves over TLS only.", default=False
    ),
    argument(
        "ignore_starttls",
        "IgnoreSTARTTLS",
        flag,
        "Whether an offer of STARTTLS is passed over. Must be false with `require_tls`.",
        default=False,
    ),
    argument(
        "tls_auth_level",
        "TlsAuthLevel",
        choice("EncryptionOnly", "CertificateValidation", "DomainValidation"),
        "What is checked of the other side: nothing, its certificate, or that the certificate is "
        "for the right domain too. Needs `require_tls`.",
    ),
    argument(
        "tls_domain",
        "TlsDomain",
        domain,
        "The domain that the certificate must be for; only with DomainValidation, where null "
        "means the recipient's domain.",
    ),
    replace(
        argument(
            "tls_certificate_name",
            "TlsCertificateName",
            certificate_name,
            "The certificate that this side presents, as `<I>issuer<S>subject`. It must be on every "
            "source server.",
        ),
        versions=_SINCE_2013,
        refers_to="certificate",
    ),
    CERTIFICATE_THUMBPRINT,
    argument(
        "domain_secure_enabled",
        "DomainSecureEnabled",
        flag,
        "Whether both sides prove who they are (mutual TLS, Domain Security).",
        default=False,
    ),
)
