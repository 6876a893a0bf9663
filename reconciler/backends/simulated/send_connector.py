"""Send connectors as the simulated Exchange has them: parameters, defaults, shape.

Read from Microsoft's pages and from real property bags, not from our own resource type, of which
it refuses to know anything.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from reconciler.backends.simulated import coerce, coerce_names, mailnames
from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.edges import judge_sources
from reconciler.backends.simulated.noun import Noun, ParameterSet, Properties, Taken
from reconciler.backends.simulated.send_connector_rules import REFUSED, USAGES
from reconciler.backends.simulated.world import CONNECTIONS, World
from reconciler.model.platform import VERSIONS

_SINCE_2013 = ("2013", "2016", "2019", "SE")
_SINCE_2016 = ("2016", "2019", "SE")
_ONLY_2010 = ("2010",)
_ALL = ("New", "Set", "Get", "Remove")
_CHANGING = ("New", "Set", "Remove")


def _error_policies(world: World) -> Sequence[str]:
    """The first means "none of them"."""
    if world.platform.version == "2010":
        return ("Default", "DowngradeAuthFailures", "DowngradeDnsFailures")
    return ("Default", "DowngradeDnsFailures", "DowngradeCustomFailures", "UpgradeCustomFailures")


def _switch(name: str, *verbs: str, aliases: tuple[str, ...] = ()) -> Taken:
    return Taken(name, coerce.boolean, verbs, kept=False, switch=True, aliases=aliases)


_TAKEN = (
    Taken("Identity", coerce.text, ("Set", "Get", "Remove"), kept=False),
    Taken("Name", coerce.name),
    Taken("AddressSpaces", coerce_names.each(mailnames.address_space), several=True),
    Taken("AuthenticationCredential", coerce_names.credential),
    Taken("CloudServicesMailEnabled", coerce.boolean, versions=_SINCE_2013),
    Taken("Comment", coerce.text),
    Taken("ConnectionInactivityTimeOut", coerce.span(1, 86_400)),
    Taken("ConnectorType", coerce.one_of("Default", "XPremises"), versions=_SINCE_2016),
    Taken("DNSRoutingEnabled", coerce.boolean),
    Taken("DomainSecureEnabled", coerce.boolean),
    Taken("Enabled", coerce.boolean),
    Taken("ErrorPolicies", coerce.flags(_error_policies)),
    Taken("ForceHELO", coerce.boolean),
    Taken("Fqdn", coerce_names.named(mailnames.domain)),
    Taken("FrontendProxyEnabled", coerce.boolean, versions=_SINCE_2013),
    Taken("IgnoreSTARTTLS", coerce.boolean),
    Taken("IsCoexistenceConnector", coerce.boolean, versions=_ONLY_2010),
    Taken("IsScopedConnector", coerce.boolean),
    Taken("LinkedReceiveConnector", coerce_names.named(str), versions=_ONLY_2010),
    Taken("MaxMessageSize", coerce.size),
    Taken("Port", coerce.whole(0, 65_535)),
    Taken("ProtocolLoggingLevel", coerce.one_of("None", "Verbose")),
    Taken("RequireOorg", coerce.boolean),
    Taken("RequireTLS", coerce.boolean),
    Taken(
        "SmartHostAuthMechanism",
        coerce.one_of(
            "None", "BasicAuth", "BasicAuthRequireTLS", "ExchangeServer", "ExternalAuthoritative"
        ),
    ),
    Taken("SmartHosts", coerce_names.each(mailnames.smart_host), several=True),
    Taken("SmtpMaxMessagesPerConnection", coerce.whole(0)),
    Taken("SourceIPAddress", coerce_names.ip_address, roles=("edge",)),
    Taken("SourceTransportServers", coerce_names.servers, several=True, roles=("mailbox",)),
    Taken(
        "TlsAuthLevel",
        coerce.one_of("EncryptionOnly", "CertificateValidation", "DomainValidation", null=True),
    ),
    Taken(
        "TlsCertificateName", coerce_names.named(mailnames.certificate_name), versions=_SINCE_2013
    ),
    Taken("TlsDomain", coerce_names.named(mailnames.domain_or_subdomains)),
    Taken("UseExternalDNSServersEnabled", coerce.boolean),
    Taken("Usage", coerce.one_of(*USAGES), ("New",), kept=False),
    *(_switch(usage, "New") for usage in USAGES),
    _switch("Confirm", *_CHANGING, aliases=("cf",)),
    _switch("WhatIf", *_CHANGING, aliases=("wi",)),
    _switch("Force", "New", "Set"),
    Taken(
        "DomainController", coerce_names.domain_controller, _ALL, kept=False, roles=("mailbox",)
    ),
)

_SETS = (
    ParameterSet(
        "AddressSpaces",
        frozenset(
            {
                "AddressSpaces",
                "CloudServicesMailEnabled",
                "ConnectorType",
                "FrontendProxyEnabled",
                "IsScopedConnector",
                "TlsCertificateName",
            }
        ),
        ("Name", "AddressSpaces"),
    ),
    ParameterSet(
        "LinkedReceiveConnector",
        frozenset({"LinkedReceiveConnector"}),
        ("Name", "DNSRoutingEnabled", "MaxMessageSize", "SmartHosts", "SmartHostAuthMechanism"),
    ),
)

_MEGABYTE = 1 << 20
_LARGEST_MESSAGE = {"2010": 10, "2013": 25}


@lru_cache(maxsize=8)
def _template(world: World) -> Properties:
    """Every property, as it is where nobody sets it."""
    organisation = world.organisation
    server = f"{organisation.server}.{organisation.domain}"
    shown: Properties = {
        "DNSRoutingEnabled": True,
        "TlsDomain": None,
        "TlsAuthLevel": None,
        "ErrorPolicies": "Default",
        "SmartHosts": [],
        "Port": 25,
        "ConnectionInactivityTimeOut": "00:10:00",
        "ForceHELO": False,
        "FrontendProxyEnabled": False,
        "IgnoreSTARTTLS": False,
        "CloudServicesMailEnabled": False,
        "Fqdn": None,
        "TlsCertificateName": None,
        "RequireTLS": False,
        "RequireOorg": False,
        "Enabled": True,
        "ProtocolLoggingLevel": "None",
        "SmartHostAuthMechanism": "None",
        "AuthenticationCredential": None,
        "UseExternalDNSServersEnabled": False,
        "DomainSecureEnabled": False,
        "SourceIPAddress": "0.0.0.0",  # noqa: S104 - shown for "any address"; nothing is bound
        "SmtpMaxMessagesPerConnection": 20,
        "ConnectorType": "Default",
        "IsCoexistenceConnector": False,
        "LinkedReceiveConnector": None,
        "SmartHostsString": "",
        "CertificateSubject": None,
        "Region": "NotSpecified",
        "AddressSpaces": [],
        "ConnectedDomains": [],
        "IsScopedConnector": False,
        "IsSmtpConnector": True,
        "Comment": "",
        "SourceRoutingGroup": "Exchange Routing Group (DWBGZMFD01QNBJR)",
        "SourceTransportServers": [organisation.server],
        "HomeMTA": "Microsoft MTA",
        "HomeMtaServerId": organisation.server,
        "MaxMessageSize": coerce.show_size(
            _LARGEST_MESSAGE.get(world.platform.version, 35) * _MEGABYTE
        ),
        "AdminDisplayName": "",
        "ExchangeVersion": "0.1 (8.0.535.0)",
        "Name": "",
        "DistinguishedName": "",
        "Identity": "",
        "Guid": "",
        "ObjectCategory": (
            f"{organisation.domain}/Configuration/Schema/ms-Exch-Routing-SMTP-Connector"
        ),
        "ObjectClass": ["top", "msExchConnector", "mailGateway", "msExchRoutingSMTPConnector"],
        "WhenChanged": "",
        "WhenCreated": "",
        "WhenChangedUTC": "",
        "WhenCreatedUTC": "",
        "OrganizationId": None,
        "Id": "",
        "OriginatingServer": organisation.controller,
        "IsValid": True,
        "ObjectState": "Unchanged",
        "PSComputerName": server.lower(),
        "RunspaceId": world.runspace,
        "PSShowComputerName": False,
    }
    absent = {t.name for t in _TAKEN if t.kept and world.platform.version not in t.versions}
    return {name: value for name, value in shown.items() if name not in absent}


def _initial(given: Mapping[str, Property], world: World) -> Properties:
    """What the usage type sets beside the template (2016 and later: the size alone)."""
    usage = given.get("Usage") or next((name for name in USAGES if given.get(name)), "Custom")
    unlimited = usage == "Internal" and world.platform.version in _SINCE_2016
    return {"MaxMessageSize": coerce.UNLIMITED} if unlimited else {}


def _finish(properties: dict[str, Property]) -> None:
    """Sets the properties that follow from others."""
    hosts, servers = properties["SmartHosts"], properties["SourceTransportServers"]
    assert isinstance(hosts, list)
    assert isinstance(servers, list)
    properties["SmartHostsString"] = ",".join(hosts)
    properties["HomeMtaServerId"] = servers[0]


NOUN = Noun(
    name="SendConnector",
    taken=_TAKEN,
    sets=_SETS,
    refused=REFUSED,
    template=_template,
    initial=_initial,
    finish=_finish,
    container=CONNECTIONS,
    columns=("Identity", "AddressSpaces", "Enabled"),
    computed=("SmartHostsString", "HomeMtaServerId"),
    exclusive=("Usage", *USAGES),
    judge=judge_sources,
    versions=VERSIONS,
)
