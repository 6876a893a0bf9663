"""The arguments that say where a receive connector listens, to whom, and what its usage implies.

Facts: the New-ReceiveConnector and Set-ReceiveConnector pages, and the page on receive connectors.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN, Canonical, Values
from reconciler.schema.attribute import Default
from reconciler.schema.declare import argument, group
from reconciler.schema.kinds.alone import flags_or
from reconciler.schema.kinds.binding import bindings
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.ip_range import ip_ranges

SINCE_2013 = ("2013", "2016", "2019", "SE")
USAGES: Final = ("Client", "Custom", "Internal", "Internet", "Partner")

_NOTHING: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({})
_BINDINGS: Final = {"Client": ("0.0.0.0:587",), "Internal": ("0.0.0.0:25",)}
_RANGES: Final = {"Internet": ("0.0.0.0-255.255.255.255",)}
_GROUPS: Final = {
    "Internet": ("AnonymousUsers",),
    "Partner": ("Partners",),
    "Internal": ("ExchangeLegacyServers", "ExchangeServers"),
    "Client": ("ExchangeUsers",),
}
_MECHANISMS: Final = {
    "Internal": ("ExchangeServer", "Tls"),
    "Client": ("BasicAuth", "BasicAuthRequireTLS", "Integrated", "Tls"),
}


def _by_usage(
    known: Mapping[str, tuple[str, ...]], otherwise: tuple[str, ...] = (), *not_on_edge: str
) -> Default:
    def fill(values: Values, platform: Platform) -> Canonical:
        usage = values.get("usage")
        if usage is UNKNOWN:
            return UNKNOWN
        found = known.get(str(usage), otherwise)
        return tuple(f for f in found if platform.role != "edge" or f not in not_on_edge)

    return fill


def _is_bound(values: Values) -> bool:
    """New- binds connectors of these usages itself."""
    return values.get("usage") in _BINDINGS


def _is_open_to_all(values: Values) -> bool:
    """New- takes the whole of IPv4 for this usage."""
    return values.get("usage") in _RANGES


LISTENING = group(
    "Listening",
    replace(
        argument(
            "bindings",
            "Bindings",
            bindings,
            "Where the server listens, as `address:port`: `0.0.0.0` stands for all its IPv4 "
            "addresses and `[::]` for all IPv6 ones. Required for usage Custom, Internet and "
            "Partner; for the others a Set-ReceiveConnector brings it after creation.",
        ),
        default=_by_usage(_BINDINGS),
        default_doc='`["0.0.0.0:587"]` for usage Client, `["0.0.0.0:25"]` for Internal',
        late=_is_bound,
    ),
    replace(
        argument(
            "remote_ip_ranges",
            "RemoteIPRanges",
            ip_ranges,
            "Who may connect: addresses, `first-last`, or networks such as `192.168.1.0/24`. Of "
            "connectors with one binding the most specific range takes the session. Required "
            "except for usage Internet, where a Set-ReceiveConnector brings it after creation.",
        ),
        default=_by_usage(_RANGES),
        default_doc='`["0.0.0.0-255.255.255.255"]` for usage Internet',
        late=_is_open_to_all,
    ),
    replace(
        argument(
            "transport_role",
            "TransportRole",
            choice("HubTransport", "FrontendTransport"),
            "Which service listens. Connectors of different roles cannot share an address and "
            "port of one server: clients and relays usually want FrontendTransport.",
            "HubTransport",
        ),
        versions=SINCE_2013,
        roles=("mailbox",),
    ),
)

AUTHENTICATION = group(
    "Authentication",
    replace(
        argument(
            "permission_groups",
            "PermissionGroups",
            flags_or(
                "None",
                "AnonymousUsers",
                "ExchangeUsers",
                "ExchangeServers",
                "ExchangeLegacyServers",
                "Partners",
                "Custom",
                unasked=("Custom",),
            ),
            "Who may submit mail. `Custom` is a mark that Exchange sets by itself once single "
            "rights are granted: it is no difference, and nobody can write it.",
        ),
        default=_by_usage(_GROUPS, (), "ExchangeLegacyServers"),
        default_doc="by usage: AnonymousUsers for Internet, Partners for Partner, ExchangeServers "
        "and (not on Edge) ExchangeLegacyServers for Internal, ExchangeUsers for Client, none for "
        "Custom",
    ),
    replace(
        argument(
            "auth_mechanism",
            "AuthMechanism",
            flags_or(
                "None",
                "Tls",
                "Integrated",
                "BasicAuth",
                "BasicAuthRequireTLS",
                "ExchangeServer",
                "ExternalAuthoritative",
            ),
            "The ways to authenticate that are offered, or `None`.",
        ),
        default=_by_usage(_MECHANISMS, ("Tls",)),
        default_doc="by usage: Tls and ExchangeServer for Internal; Tls, BasicAuth, "
        "BasicAuthRequireTLS and Integrated for Client; else Tls",
    ),
    argument(
        "enable_auth_gssapi",
        "EnableAuthGSSAPI",
        flag,
        "Whether GSSAPI (Kerberos) is offered with Integrated.",
        default=False,
    ),
    argument(
        "extended_protection_policy",
        "ExtendedProtectionPolicy",
        choice("None", "Allow", "Require"),
        "Whether Integrated authentication is tied to the TLS session.",
        "None",
    ),
)
