"""Receive connectors as the simulated Exchange has them: those of setup, and what usages imply.

Read off Microsoft's pages on New- and Set-ReceiveConnector, and off what real servers answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from reconciler.backends.command import Parameter
from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.derived import Given, derive
from reconciler.backends.simulated.estate import Server
from reconciler.backends.simulated.noun import ParameterSet, Properties, Taken
from reconciler.backends.simulated.receive_connector_conflicts import judge, resolve
from reconciler.backends.simulated.receive_connector_rules import REFUSED
from reconciler.backends.simulated.refusal import refusal
from reconciler.backends.simulated.world import SERVERS, World
from reconciler.catalog.receive_connector import TYPE

_USAGES: Final = ("Client", "Custom", "Internal", "Internet", "Partner")
_FIXED: Final[Mapping[str, tuple[str, list[str]]]] = {
    "Client": ("Bindings", ["0.0.0.0:587"]),
    "Internal": ("Bindings", ["0.0.0.0:25"]),
    "Internet": ("RemoteIPRanges", ["0.0.0.0-255.255.255.255"]),
}
_GROUPS: Final = {
    "Client": "ExchangeUsers",
    "Custom": "None",
    "Internal": "ExchangeServers, ExchangeLegacyServers",
    "Internet": "AnonymousUsers",
    "Partner": "Partners",
}
_MECHANISMS: Final = {
    "Client": "Tls, Integrated, BasicAuth, BasicAuthRequireTLS",
    "Internal": "Tls, ExchangeServer",
}


def _usage(given: Given) -> str:
    chosen = [usage for usage in _USAGES if given.get(usage)]
    return str(given.get("Usage") or (chosen[0] if chosen else "Custom"))


def _server(given: Given, world: World) -> str:
    return str(given.get("Server") or world.organisation.server)


def _initial(given: Given, world: World) -> Properties:
    """What New makes of the usage, and what it refuses because of it."""
    usage, server = _usage(given), _server(given, world)
    fixed: dict[str, Property] = {}
    for name in ("Bindings", "RemoteIPRanges"):
        sort, value = _FIXED.get(usage, ("", []))
        if sort != name and not given.get(name):
            raise refusal("parameter-missing", f"Usage {usage} needs -{name}.")
        if sort == name and name in given:
            raise refusal(
                "parameter-usage",
                f"-{name} cannot be used with usage {usage}, which sets it. Use "
                "Set-ReceiveConnector afterwards.",
            )
        if sort == name:
            fixed[name] = value
    if world.platform.role == "edge" and usage == "Client":
        raise refusal("usage-role", "Usage Client cannot be used on an Edge Transport server.")
    return {
        "Server": server,
        "Fqdn": world.organisation.full_name(server),
        "PermissionGroups": _groups(usage, world),
        "AuthMechanism": _MECHANISMS.get(usage, "Tls"),
        **fixed,
    }


def _groups(usage: str, world: World) -> str:
    found = _GROUPS[usage]
    is_edge = world.platform.role == "edge"
    return found.replace(", ExchangeLegacyServers", "") if is_edge else found


def _container(properties: Properties, world: World) -> str:
    above = f"CN={properties['Server']},{SERVERS},{world.organisation.root}"
    return f"CN=SMTP Receive Connectors,CN=Protocols,{above}"


def _identity(properties: Properties) -> str:
    return f"{properties['Server']}\\{properties['Name']}"


_EVERYBODY: Final = ["::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "0.0.0.0-255.255.255.255"]
_ALL_WAYS: Final = "Tls, Integrated, BasicAuth, BasicAuthRequireTLS, ExchangeServer"
_HUB, _FRONT = "HubTransport", "FrontendTransport"
_SETUP: Final[tuple[tuple[str, int, str, str, Properties], ...]] = (
    (
        "Default",
        2525,
        _HUB,
        "ExchangeUsers, ExchangeServers, ExchangeLegacyServers",
        {
            "MaxRecipientsPerMessage": 5000,
            "MaxInboundConnectionPerSource": "Unlimited",
            "MaxInboundConnectionPercentagePerSource": 100,
            "SizeEnabled": "EnabledWithoutValue",
        },
    ),
    (
        "Client Proxy",
        465,
        _HUB,
        "ExchangeUsers, ExchangeServers",
        {"MessageRateLimit": "5", "MessageRateSource": "User", "EnableAuthGSSAPI": True},
    ),
    (
        "Default Frontend",
        25,
        _FRONT,
        "AnonymousUsers, ExchangeServers, ExchangeLegacyServers",
        {"ProtocolLoggingLevel": "Verbose", "DomainSecureEnabled": True},
    ),
    (
        "Outbound Proxy Frontend",
        717,
        _FRONT,
        "ExchangeServers",
        {
            "ProtocolLoggingLevel": "Verbose",
            "DomainSecureEnabled": True,
            "TarpitInterval": "00:00:00",
        },
    ),
    (
        "Client Frontend",
        587,
        _FRONT,
        "ExchangeUsers",
        {
            "MessageRateLimit": "5",
            "MessageRateSource": "User",
            "EnableAuthGSSAPI": True,
            "AuthMechanism": _ALL_WAYS.removesuffix(", ExchangeServer"),
        },
    ),
)
"""Name, port, service and groups, and what else differs from what New gives."""


def _on_server(server: Server, world: World) -> Iterator[Properties]:
    """Nothing is known of what setup makes on 2010's."""
    if server.role == "edge":
        yield _of_edge(server.name, world)
    elif server.version != "2010":
        yield from _of_mailbox(server.name, world)


def _common(server: str, world: World) -> Properties:
    return {
        "Server": server,
        "Fqdn": world.organisation.full_name(server),
        "MaxHopCount": 60,
        "MaxLocalHopCount": 5,
    }


def _of_mailbox(server: str, world: World) -> Iterator[Properties]:
    for name, port, role, groups, more in _SETUP:
        yield {
            **_common(server, world),
            "Name": f"{name} {server}",
            "Bindings": [f"0.0.0.0:{port}", f"[::]:{port}"],
            "RemoteIPRanges": _EVERYBODY,
            "TransportRole": role,
            "PermissionGroups": groups,
            "AuthMechanism": _ALL_WAYS,
            **more,
        }


def _of_edge(server: str, world: World) -> Properties:
    return {
        **_common(server, world),
        "Name": f"Default internal receive connector {server}",
        "Bindings": ["0.0.0.0:25"],
        "RemoteIPRanges": _EVERYBODY[1:],
        "PermissionGroups": "AnonymousUsers, ExchangeServers, Partners",
        "AuthMechanism": "Tls, ExchangeServer",
    }


_MARK: Final = "Custom"


def _groups_given(taken: Taken) -> Taken:
    """The mark of single rights cannot be given, only shown."""

    def read(value: Parameter, world: World) -> Property:
        found = taken.read(value, world)
        if _MARK in str(found).split(", "):
            raise refusal("custom-group", "Custom cannot be used in PermissionGroups.")
        return found

    return replace(taken, read=read)


def _keep_mark(before: Properties, after: dict[str, Property]) -> None:
    """Other groups leave single rights as they are, and so the mark of them."""
    groups = [one for one in str(after["PermissionGroups"]).split(", ") if one != "None"]
    if _MARK in str(before["PermissionGroups"]).split(", ") and _MARK not in groups:
        after["PermissionGroups"] = ", ".join([*groups, _MARK])


_DERIVED: Final = derive(
    TYPE,
    container=_container,
    columns=("Identity", "Bindings", "Enabled", "TransportRole"),
    shown={
        "SmtpUtf8Enabled": True,
        "ProxyEnabled": False,
        "LiveCredentialEnabled": False,
        "AcceptConsumerMail": False,
        "AdminDisplayName": "",
    },
    initial=_initial,
    computed=("Fqdn",),
    refused=REFUSED,
    judge=judge,
    identity=_identity,
)
NOUN = replace(
    _DERIVED,
    taken=tuple(
        _groups_given(one) if one.name == "PermissionGroups" else one for one in _DERIVED.taken
    ),
    react=_keep_mark,
    resolve=resolve,
    # The server is the one that carries out the cmdlet, unless it is named.
    sets=(ParameterSet("(All)", frozenset(), ("Name",)),),
    on_server=_on_server,
)
