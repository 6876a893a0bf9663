"""What Exchange refuses between the properties of one send connector, after a New or a Set.

Written from Microsoft's pages and independent of our own rules, which it must not trust. What is
only documented as useless is not here: Exchange takes it.
"""

from collections.abc import Iterator
from typing import Final

from reconciler.backends.simulated.coerce import UNLIMITED
from reconciler.backends.simulated.mailnames import EVERY_OWN_DOMAIN
from reconciler.backends.simulated.noun import Properties, Refused
from reconciler.backends.simulated.world import World

INBOUND: Final = "EdgeSync - Inbound to "
"""What the connectors are called by which subscribed Edge servers hand mail to a site."""
USAGES: Final = ("Custom", "Internal", "Internet", "Partner")


def _spaces(p: Properties) -> Iterator[tuple[str, str]]:
    """(type in capitals, address) of every address space."""
    spaces = p["AddressSpaces"]
    for space in spaces if isinstance(spaces, list) else ():
        sort, _, rest = space.partition(":")
        yield sort.upper(), rest.rpartition(";")[0]


def _is_edge(world: World) -> bool:
    return world.platform.role == "edge"


def _is_linked(p: Properties) -> bool:
    return bool(p.get("LinkedReceiveConnector"))


def _foreign(p: Properties) -> bool:
    return any(sort != "SMTP" for sort, _ in _spaces(p))


def _own_domains_elsewhere(p: Properties, world: World) -> bool:
    if str(p["Name"]).startswith(INBOUND):
        return False
    hosts = p["SmartHosts"]
    placeholders = {address for _, address in _spaces(p)}.union(
        hosts if isinstance(hosts, list) else ()
    )
    return not _is_edge(world) and EVERY_OWN_DOMAIN in placeholders


REFUSED: Final = (
    Refused(
        "address-spaces-missing",
        lambda p, _: not p["AddressSpaces"] and not _is_linked(p),
        "A Send connector needs at least one address space.",
    ),
    Refused(
        "linked-with-address-spaces",
        lambda p, _: bool(p["AddressSpaces"]) and _is_linked(p),
        "A Send connector that is linked to a Receive connector has no address spaces.",
    ),
    Refused(
        "linked-without-companions",
        lambda p, _: (
            _is_linked(p) and (bool(p["DNSRoutingEnabled"]) or p["MaxMessageSize"] != UNLIMITED)
        ),
        "A Send connector that is linked to a Receive connector needs DNSRoutingEnabled $false and "
        "MaxMessageSize unlimited.",
    ),
    Refused(
        "edge-address-type",
        lambda p, world: _is_edge(world) and _foreign(p),
        "On an Edge Transport server every address space must be of type SMTP.",
    ),
    Refused(
        "edge-placeholder",
        _own_domains_elsewhere,
        'The value "--" exists only on Edge Transport servers.',
    ),
    Refused(
        "smart-hosts-with-dns",
        lambda p, _: bool(p["SmartHosts"]) and bool(p["DNSRoutingEnabled"]),
        "DNSRoutingEnabled must be $false where SmartHosts are given.",
    ),
    Refused(
        "smart-hosts-missing",
        lambda p, _: not p["SmartHosts"] and not p["DNSRoutingEnabled"],
        "SmartHosts must be given where DNSRoutingEnabled is $false.",
    ),
    Refused(
        "foreign-address-without-smart-host",
        lambda p, world: not _is_edge(world) and _foreign(p) and not p["SmartHosts"],
        "An address space of another type than SMTP needs SmartHosts and DNSRoutingEnabled $false.",
    ),
    Refused(
        "credential-missing",
        lambda p, _: (
            str(p["SmartHostAuthMechanism"]).startswith("Basic")
            and p["AuthenticationCredential"] is None
        ),
        "AuthenticationCredential must be given for the authentication mechanisms BasicAuth and "
        "BasicAuthRequireTLS.",
    ),
    Refused(
        "tls-required-and-ignored",
        lambda p, _: bool(p["RequireTLS"]) and bool(p["IgnoreSTARTTLS"]),
        "IgnoreSTARTTLS must be $false where RequireTLS is $true.",
    ),
    Refused(
        "tls-level-without-tls",
        lambda p, _: (
            p["TlsAuthLevel"] is not None and (not p["RequireTLS"] or bool(p["IgnoreSTARTTLS"]))
        ),
        "TlsAuthLevel can only be set where RequireTLS is $true and IgnoreSTARTTLS is $false.",
    ),
    Refused(
        "tls-domain-without-validation",
        lambda p, _: p["TlsDomain"] is not None and p["TlsAuthLevel"] != "DomainValidation",
        # Microsoft's own words, seen in github.com/microsoft/CSS-Exchange/issues/1999.
        "The TLSDomain parameter can only be set if the TLSAuthLevel parameter is set to "
        "DomainValidation.",
    ),
    Refused(
        "tls-domain-missing",
        lambda p, _: (
            p["TlsAuthLevel"] == "DomainValidation"
            and not p["DNSRoutingEnabled"]
            and p["TlsDomain"] is None
        ),
        "TlsDomain must be given where TlsAuthLevel is DomainValidation and DNSRoutingEnabled is "
        "$false.",
    ),
)
