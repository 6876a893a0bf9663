"""What Exchange refuses between the properties of one receive connector, after a New or a Set.

Written from Microsoft's pages and independent of our own rules, which it must not trust.
"""

from collections.abc import Callable
from typing import Final

from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.noun import Properties, Refused
from reconciler.backends.simulated.world import World


def _flags(value: Property) -> frozenset[str]:
    return frozenset(str(value).split(", "))


def _mechanisms(p: Properties) -> frozenset[str]:
    return _flags(p["AuthMechanism"])


def _seconds(value: Property) -> int:
    days, _, clock = str(value).rpartition(".")
    hours, minutes, seconds = (int(part) for part in clock.split(":"))
    return ((int(days or 0) * 24 + hours) * 60 + minutes) * 60 + seconds


def _not_its_own_name(p: Properties, world: World) -> bool:
    server = str(p["Server"]).lower()
    own = {"", server, world.organisation.full_name(server).lower()}
    return "ExchangeServer" in _mechanisms(p) and str(p["Fqdn"] or "").lower() not in own


def _own_names(p: Properties, world: World) -> str:
    server = str(p["Server"])
    return (
        "If the AuthMechanism attribute on a Receive connector contains the value ExchangeServer, "
        "you must set the FQDN parameter on the Receive connector to one of the following values: "
        f'the FQDN of the transport server "{world.organisation.full_name(server)}", the NetBIOS '
        f'name of the transport server "{server}", or $null.'
    )


def _wants(mechanism: str, *others: str) -> Callable[[Properties, World], bool]:
    return lambda p, _: mechanism in _mechanisms(p) and not set(others) <= _mechanisms(p)


REFUSED: Final = (
    Refused("bindings-missing", lambda p, _: not p["Bindings"], "At least one binding is needed."),
    Refused(
        "remote-ip-ranges-missing",
        lambda p, _: not p["RemoteIPRanges"],
        "At least one remote IP range is needed.",
    ),
    Refused(
        "basic-auth-tls",
        _wants("BasicAuthRequireTLS", "BasicAuth", "Tls"),
        "BasicAuthRequireTLS needs BasicAuth and Tls.",
    ),
    Refused(
        "external-authoritative",
        lambda p, _: (
            "ExternalAuthoritative" in _mechanisms(p)
            and not _mechanisms(p) <= {"ExternalAuthoritative", "Tls"}
        ),
        "ExternalAuthoritative can be combined with Tls only.",
    ),
    Refused(
        "require-tls",
        lambda p, _: p["RequireTLS"] is True and "Tls" not in _mechanisms(p),
        "RequireTLS needs Tls in AuthMechanism.",
    ),
    Refused(
        "external-authoritative-groups",
        lambda p, _: (
            "ExternalAuthoritative" in _mechanisms(p)
            and "ExchangeServers" not in _flags(p["PermissionGroups"])
        ),
        "ExternalAuthoritative needs ExchangeServers in PermissionGroups.",
    ),
    Refused(
        "fqdn-not-of-server",
        _not_its_own_name,
        _own_names,
    ),
    Refused(
        "banner",
        lambda p, _: bool(p["Banner"]) and not str(p["Banner"]).startswith("220"),
        "A banner begins with 220.",
    ),
    Refused(
        "binary-mime",
        lambda p, _: p["BinaryMimeEnabled"] is True and p["ChunkingEnabled"] is not True,
        "BinaryMimeEnabled needs ChunkingEnabled.",
    ),
    Refused(
        "timeouts",
        lambda p, _: (
            _seconds(p["ConnectionInactivityTimeout"]) >= _seconds(p["ConnectionTimeout"])
        ),
        "ConnectionInactivityTimeout must be less than ConnectionTimeout.",
    ),
    Refused(
        "long-addresses",
        lambda p, _: (
            p["LongAddressesEnabled"] is True and p.get("TransportRole") == "FrontendTransport"
        ),
        "LongAddressesEnabled can be used on HubTransport only.",
    ),
    Refused(
        "legacy-servers-role",
        lambda p, w: (
            w.platform.role == "edge" and "ExchangeLegacyServers" in _flags(p["PermissionGroups"])
        ),
        "ExchangeLegacyServers cannot be used on an Edge Transport server.",
    ),
)
