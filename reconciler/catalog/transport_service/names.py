"""Which DNS servers the Transport service asks, for names outside and inside."""

from collections.abc import Iterator

from reconciler.catalog.adopted import clearable, left
from reconciler.schema.attribute import Attribute
from reconciler.schema.declare import group
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.net import ip_address, ip_addresses
from reconciler.schema.kinds.text import guid

_ANY_ADAPTER = "00000000-0000-0000-0000-000000000000"


def _side(name: str, parameter: str, what: str) -> Iterator[Attribute]:
    yield left(
        f"{name}_dns_adapter_enabled",
        f"{parameter}DNSAdapterEnabled",
        flag,
        f"Whether the DNS servers of a network adapter are asked for {what}, not those listed.",
        at_first=True,
    )
    yield left(
        f"{name}_dns_adapter_guid",
        f"{parameter}DNSAdapterGuid",
        guid,
        f"That adapter; `{_ANY_ADAPTER}` is any.",
        _ANY_ADAPTER,
    )
    yield left(
        f"{name}_dns_protocol_option",
        f"{parameter}DNSProtocolOption",
        choice("Any", "UseTcpOnly", "UseUdpOnly"),
        f"How DNS is asked for {what}.",
        "Any",
    )
    yield left(
        f"{name}_dns_servers",
        f"{parameter}DNSServers",
        ip_addresses,
        f"The DNS servers that are asked for {what} while no adapter's are.",
        (),
    )


ATTRIBUTES = group(
    "DNS",
    *_side("external", "External", "destinations outside"),
    *_side("internal", "Internal", "servers of the organisation"),
    clearable(
        "external_ip_address",
        "ExternalIPAddress",
        ip_address,
        "The address that `Received` headers show for the server, in place of the real one.",
    ),
)
