"""Every resource type that can be made somewhere, and the least that it takes to make one.

What follows from a declaration is not written down: a required argument gets the first sample of its
kind. The tables hold what else a type wants.
"""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from zlib import crc32

import pytest

from reconciler.catalog.index import types
from reconciler.model.platform import PLATFORMS, Platform
from reconciler.model.values import Canonical, Values
from reconciler.schema.attribute import Attribute, OnChange, Presence
from reconciler.schema.difference import same
from reconciler.schema.resource_type import Can, ResourceType

_EDGE = b64encode(b"<EdgeServerName>EDGE1</EdgeServerName>").decode("ascii")
MORE: Mapping[str, Mapping[str, object]] = {
    "edge_subscription": {"site": "Lab", "file_data": _EDGE},
    "receive_connector": {"bindings": ["0.0.0.0:2600"], "remote_ip_ranges": ["10.0.0.0/8"]},
    "send_connector": {"address_spaces": ["lab.example"]},
}
"""What New- wants besides the required arguments."""
DISTINCT: Mapping[str, Callable[[str], Mapping[str, object]]] = {
    "accepted_domain": lambda name: {"domain_name": f"{name.encode().hex()[-40:]}.example"},
    "receive_connector": lambda name: {
        "bindings": [f"0.0.0.0:{3000 + crc32(name.encode()) % 60000}"]
    },
}
"""What may occur once, besides the name."""
_HOST: Values = {"smart_hosts": ("gw.lab.example",), "dns_routing_enabled": False}
_TLS: Values = {"require_tls": True, "ignore_starttls": False}
_CHECKED: Values = {**_TLS, "tls_auth_level": "DomainValidation"}
COMPANIONS: Mapping[tuple[str, str], Values] = {
    ("inbound_connector", "treat_messages_as_internal"): {
        "cloud_services_mail_enabled": False,
        "connector_type": "OnPremises",
    },
    ("outbound_connector", "use_mx_record"): {"smart_hosts": ("gw.lab.example",)},
    ("receive_connector", "chunking_enabled"): {"binary_mime_enabled": False},
    ("receive_connector", "long_addresses_enabled"): {"transport_role": "HubTransport"},
    ("receive_connector", "transport_role"): {"long_addresses_enabled": False},
    ("send_connector", "address_spaces"): _HOST,
    ("send_connector", "dns_routing_enabled"): _HOST,
    ("send_connector", "ignore_starttls"): {"require_tls": False},
    ("send_connector", "require_tls"): _TLS,
    ("send_connector", "smart_hosts"): _HOST,
    ("send_connector", "tls_auth_level"): _TLS,
    ("send_connector", "tls_domain"): _CHECKED,
}
"""(type, argument): what an update of it wants besides."""
SAMPLES: Mapping[tuple[str, str], Canonical] = {
    ("inbound_connector", "associated_accepted_domains"): ("contoso.com",),
    ("receive_connector", "banner"): "220 lab.example",
    ("receive_connector", "auth_mechanism"): ("BasicAuth", "Tls"),
    ("receive_connector", "bindings"): ("0.0.0.0:2601",),
    ("receive_connector", "connection_inactivity_timeout"): 60,
    ("receive_connector", "connection_timeout"): 900,
    ("receive_connector", "default_domain"): "contoso.com",
    ("send_connector", "address_spaces"): ("FAX:*;1", "SMTP:lab.example;5"),
    ("send_connector", "error_policies"): ("DowngradeDnsFailures",),
    ("send_connector", "smart_host_auth_mechanism"): "ExchangeServer",
}
"""(type, argument): what an update sends where the samples of the kind would be refused there."""


def platform_of(rtype: ResourceType) -> Platform | None:
    """Where the type can be made by itself, the usual Exchange first. What is part of another
    object, and has no GUID, cannot.
    """
    makes = (
        p for p in (Platform(), *PLATFORMS) if rtype.exists_on(p) and Can.CREATE in rtype.can_on(p)
    )
    return None if rtype.home or rtype.keyed_by else next(makes, None)


CREATABLE = [
    pytest.param(rtype, id=rtype.name)
    for rtype in types().values()
    if platform_of(rtype) is not None
]


def _is_named(rtype: ResourceType) -> bool:
    """Whether users give the name."""
    name = rtype.by_name.get("name")
    return name is not None and name.presence is not Presence.COMPUTED


NAMED = [one for one in CREATABLE if _is_named(one.values[0])]
CHANGEABLE = [one for one in CREATABLE if Can.UPDATE in one.values[0].can]


def settings(rtype: ResourceType) -> Mapping[str, object]:
    """Of a simulated backend that can make the type."""
    platform = platform_of(rtype)
    assert platform is not None
    return {} if platform == Platform() else {"version": platform.version}


def smallest(rtype: ResourceType, name: str = "Lab") -> dict[str, Canonical]:
    """The values of an object with no more than it needs."""
    here = [a for a in rtype.attributes if a.exists_on(platform_of(rtype) or Platform())]
    needed = {a.name: _first(a) for a in here if a.presence is Presence.REQUIRED}
    own = DISTINCT[rtype.name](name) if rtype.name in DISTINCT else {}
    raw = {**MORE.get(rtype.name, {}), **own}
    more = {n: rtype.by_name[n].kind.parse(v) for n, v in raw.items()}
    values = {**needed, **more}
    if _is_named(rtype):
        values["name"] = name
    return values


def _first(attribute: Attribute) -> Canonical:
    return attribute.kind.parse(attribute.kind.alike[0][0])


def changes(rtype: ResourceType, now: Values) -> Iterator[tuple[str, Values]]:
    """(argument, values of an update) for each argument that can be updated and read back, with a
    sample that it does not have `now`.
    """
    for attribute in rtype.attributes:
        if attribute.name not in now or not _updatable(attribute):
            continue
        value = _another(rtype, attribute, now[attribute.name])
        if value is not None:
            companions = COMPANIONS.get((rtype.name, attribute.name), {})
            yield attribute.name, {**companions, attribute.name: value}


def _updatable(attribute: Attribute) -> bool:
    written = attribute.parameter and attribute.presence is not Presence.COMPUTED
    return bool(written) and attribute.on_change is OnChange.UPDATE and not attribute.write_only


def _another(rtype: ResourceType, attribute: Attribute, now: Canonical) -> Canonical:
    kind = attribute.kind
    if (rtype.name, attribute.name) in SAMPLES:
        return SAMPLES[rtype.name, attribute.name]
    for group in kind.alike:
        value = kind.parse(group[0])
        emptied = kind.is_set and value == () and attribute.presence is not Presence.OPTIONAL
        if not (emptied or value == "" or same(kind, now, value)):
            return value
    return None


def bound(rtype: ResourceType, name: str) -> frozenset[str]:
    """The attributes that may change with `name`: those coupled to it and those that follow."""
    coupled = (group for group in rtype.coupled if name in group)
    follows = (a.name for a in rtype.attributes if a.presence is Presence.COMPUTED)
    return frozenset({name, *follows}.union(*coupled))
