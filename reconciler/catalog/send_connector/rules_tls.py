"""What must hold between the TLS arguments of one send connector, and with Microsoft 365."""

from collections.abc import Iterator

from reconciler.catalog.renewal import RENEWAL_RULE
from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.kinds.make import elements
from reconciler.schema.kinds.routing import read
from reconciler.schema.rule import Finding, Level, Rule
from reconciler.schema.rules import (
    both,
    either,
    excludes,
    is_off,
    is_on,
    is_one_of,
    is_set,
    needs,
)

BASIC = is_one_of("smart_host_auth_mechanism", "BasicAuth", "BasicAuthRequireTLS")
_DOMAIN_VALIDATION = is_one_of("tls_auth_level", "DomainValidation")
_VALIDATED = is_one_of("tls_auth_level", "CertificateValidation", "DomainValidation")

_M365_HOSTS = ".mail.protection.outlook.com"
_M365_DOMAINS = ".mail.onmicrosoft.com"
_M365_CERTIFICATE = "mail.protection.outlook.com"


def wildcards_under_domain_security(
    values: Values, _given: frozenset[str], _platform: Platform
) -> Iterator[Finding]:
    wild = any(s.address.startswith("*") for s in read(values.get("address_spaces")))
    if wild and is_on("domain_secure_enabled")(values):
        yield Finding(
            "address_spaces",
            "Mutual TLS knows no wildcards. Name the domains one by one, and list them in the "
            "transport configuration too.",
        )


def _leads_to_m365(values: Values) -> bool:
    hosts = elements(values.get("smart_hosts"))
    spaces = read(values.get("address_spaces"))
    return any(host.endswith(_M365_HOSTS) for host in hosts) or any(
        space.type == "SMTP" and space.address.endswith(_M365_DOMAINS) for space in spaces
    )


def hybrid_settings(
    values: Values, _given: frozenset[str], _platform: Platform
) -> Iterator[Finding]:
    if not _leads_to_m365(values):
        return
    if is_off("cloud_services_mail_enabled")(values):
        yield Finding(
            "cloud_services_mail_enabled",
            "Mail to Microsoft 365 loses its internal headers and is treated as a stranger's. Set "
            "cloud_services_mail_enabled = true.",
        )
    if not either(is_set("tls_certificate_name"), is_set("fqdn"))(values):
        yield Finding(
            "tls_certificate_name",
            "Microsoft 365 knows the sender by its certificate, and none is chosen. Set "
            "tls_certificate_name, or at least fqdn.",
        )
    if not _VALIDATED(values):
        yield Finding(
            "tls_auth_level",
            "The certificate of Microsoft 365 is not checked. Set require_tls = true and "
            'tls_auth_level = "CertificateValidation" or "DomainValidation".',
        )
    named = values.get("tls_domain") in (None, _M365_CERTIFICATE)
    if _DOMAIN_VALIDATION(values) and not named:
        yield Finding(
            "tls_domain",
            f"Microsoft 365 presents a certificate for {_M365_CERTIFICATE}. Set tls_domain to it.",
        )


TLS_RULES: tuple[Rule, ...] = (
    RENEWAL_RULE,
    Rule(
        "R16",
        Level.L,
        "basic-auth-tls-without-starttls",
        "Authentication that cannot work",
        ("smart_host_auth_mechanism", "ignore_starttls"),
        excludes(
            is_one_of("smart_host_auth_mechanism", "BasicAuthRequireTLS"),
            is_on("ignore_starttls"),
            "ignore_starttls",
            "BasicAuthRequireTLS waits for TLS, which ignore_starttls prevents. Remove "
            "ignore_starttls = true.",
        ),
    ),
    Rule(
        "R17",
        Level.DOCUMENTED,
        "require-tls-with-ignore-starttls",
        "TLS required and ignored at once",
        ("require_tls", "ignore_starttls"),
        excludes(
            is_on("require_tls"),
            is_on("ignore_starttls"),
            "ignore_starttls",
            "A connector cannot require TLS and pass over every offer of it. Remove "
            "ignore_starttls = true or require_tls = true.",
        ),
    ),
    Rule(
        "R18",
        Level.L,
        "helo-without-extensions",
        "HELO prevents TLS and authentication",
        ("force_helo", "require_tls", "tls_auth_level", "smart_host_auth_mechanism"),
        excludes(
            is_on("force_helo"),
            either(is_on("require_tls"), is_set("tls_auth_level"), BASIC),
            "force_helo",
            "After HELO no server offers STARTTLS or AUTH, which this connector needs. Remove "
            "force_helo = true.",
        ),
    ),
    Rule(
        "R19",
        Level.DOCUMENTED,
        "tls-auth-level-without-tls",
        "TLS authentication without TLS",
        ("tls_auth_level", "require_tls", "ignore_starttls"),
        needs(
            is_set("tls_auth_level"),
            both(is_on("require_tls"), is_off("ignore_starttls")),
            "tls_auth_level",
            "tls_auth_level says what is checked once TLS is required. Set require_tls = true and "
            "leave ignore_starttls false, or remove tls_auth_level.",
        ),
    ),
    Rule(
        "R20",
        Level.E,
        "tls-domain-without-domain-validation",
        "TLS domain that nothing is compared with",
        ("tls_domain", "tls_auth_level"),
        needs(
            is_set("tls_domain"),
            _DOMAIN_VALIDATION,
            "tls_domain",
            "Exchange refuses tls_domain unless the certificate's domain is checked. Set "
            'tls_auth_level = "DomainValidation", or remove tls_domain.',
        ),
    ),
    Rule(
        "R21",
        Level.DOCUMENTED,
        "missing-tls-domain",
        "Missing TLS domain",
        ("tls_auth_level", "tls_domain", "dns_routing_enabled"),
        needs(
            both(_DOMAIN_VALIDATION, is_off("dns_routing_enabled")),
            is_set("tls_domain"),
            "tls_auth_level",
            "The certificate of a smart host cannot be compared with the recipient's domain. Set "
            "tls_domain to the domain that it is for.",
        ),
    ),
    Rule(
        "R24",
        Level.W,
        "domain-security-without-effect",
        "Domain Security without effect",
        ("domain_secure_enabled", "dns_routing_enabled", "ignore_starttls"),
        needs(
            is_on("domain_secure_enabled"),
            both(is_on("dns_routing_enabled"), is_off("ignore_starttls")),
            "domain_secure_enabled",
            "Mutual TLS works only where DNS routes the mail and STARTTLS is not ignored. Set "
            "dns_routing_enabled = true and ignore_starttls = false, or remove "
            "domain_secure_enabled.",
        ),
    ),
    Rule(
        "R25",
        Level.W,
        "domain-security-with-wildcard",
        "Domain Security with a wildcard",
        ("domain_secure_enabled", "address_spaces"),
        wildcards_under_domain_security,
    ),
    Rule(
        "R34",
        Level.L,
        "hybrid-connector-settings",
        "Connector to Microsoft 365 with unusual settings",
        (
            "smart_hosts",
            "address_spaces",
            "cloud_services_mail_enabled",
            "tls_certificate_name",
            "fqdn",
            "tls_auth_level",
            "tls_domain",
        ),
        hybrid_settings,
    ),
)
