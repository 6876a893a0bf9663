"""Rules of send connectors that no check over values holds: grammar, versions, the server."""

from reconciler.catalog.settings import DOMAIN_CONTROLLER_ON_EDGE
from reconciler.schema.rule import Held, Level

_GRAMMAR = "the spelling of the argument"
_E, _MUST = Level.E, Level.DOCUMENTED

HELD: tuple[Held, ...] = (
    Held("R1", _E, "missing-argument", "Missing argument", ("name",), "always required"),
    Held("R1", _E, "empty-name", "Invalid name", ("name",), "at least one visible character"),
    Held("R1", _E, "name-too-long", "Invalid name", ("name",), "at most 64 characters"),
    Held(
        "R2",
        _MUST,
        "usage-given-twice",
        "One thing said twice",
        ("usage",),
        "at most one of `usage`, `custom`, `internal`, `internet`, `partner`",
    ),
    Held(
        "R4",
        _MUST,
        "invalid-address-space",
        "Invalid address space",
        ("address_spaces",),
        _GRAMMAR,
    ),
    Held(
        "R5",
        _MUST,
        "invalid-address-space-domain",
        "Invalid address space",
        ("address_spaces",),
        _GRAMMAR,
    ),
    Held(
        "R6",
        _MUST,
        "invalid-x400-address",
        "Invalid address space",
        ("address_spaces",),
        _GRAMMAR,
    ),
    Held(
        "R7",
        _MUST,
        "invalid-address-space-cost",
        "Invalid address space",
        ("address_spaces",),
        _GRAMMAR,
    ),
    Held("R12", _MUST, "invalid-smart-host", "Invalid smart host", ("smart_hosts",), _GRAMMAR),
    Held(
        "R14", _MUST, "invalid-choice", "Invalid choice", ("smart_host_auth_mechanism",), _GRAMMAR
    ),
    Held("R22", _MUST, "invalid-domain", "Invalid domain", ("tls_domain",), _GRAMMAR),
    Held(
        "R23",
        _MUST,
        "invalid-certificate-name",
        "Invalid certificate name",
        ("tls_certificate_name",),
        _GRAMMAR,
    ),
    Held("R26", _MUST, "invalid-size", "Invalid size", ("max_message_size",), _GRAMMAR),
    Held("R26", _MUST, "size-out-of-range", "Invalid size", ("max_message_size",), _GRAMMAR),
    Held(
        "R27", _MUST, "number-out-of-range", "Invalid whole number", ("port",), "from 0 to 65535"
    ),
    Held(
        "R28",
        _MUST,
        "invalid-time-span",
        "Invalid time span",
        ("connection_inactivity_timeout",),
        _GRAMMAR,
    ),
    Held(
        "R28",
        _MUST,
        "time-span-out-of-range",
        "Invalid time span",
        ("connection_inactivity_timeout",),
        "from one second to one day",
    ),
    Held(
        "R29",
        _MUST,
        "not-on-this-role",
        "Argument does not exist on this server role",
        ("source_ip_address", "source_transport_servers"),
        "the role in the backend block",
    ),
    Held(
        "R37",
        _MUST,
        "invalid-server",
        "Invalid server name",
        ("source_transport_servers",),
        f"{_GRAMMAR}; that the server exists is known to Exchange alone",
    ),
    Held("R30", _MUST, "invalid-choice", "Invalid set of choices", ("error_policies",), _GRAMMAR),
    DOMAIN_CONTROLLER_ON_EDGE,
    Held(
        "R33",
        _MUST,
        "not-on-this-version",
        "Argument does not exist on this version",
        ("is_coexistence_connector", "linked_receive_connector"),
        "the version in the backend block",
    ),
)
