"""Rules of receive connectors that no check over values holds: grammar, versions, the server."""

from reconciler.catalog.settings import DOMAIN_CONTROLLER_ON_EDGE
from reconciler.schema.rule import Held, Level

_GRAMMAR = "the spelling of the argument"
_E, _MUST = Level.E, Level.DOCUMENTED


def _held(rule: str, level: Level, code: str, summary: str, how: str, *names: str) -> Held:
    return Held(rule, level, code, summary, names, how)


HELD: tuple[Held, ...] = (
    _held(
        "R39", _MUST, "missing-argument", "Missing argument", "always required", "name", "server"
    ),
    _held("R39", _MUST, "empty-name", "Invalid name", "at least one visible character", "name"),
    _held("R39", _MUST, "name-too-long", "Invalid name", "at most 64 characters", "name"),
    _held("R39", _MUST, "invalid-server", "Invalid server name", _GRAMMAR, "server"),
    _held(
        "R40",
        _E,
        "usage-given-twice",
        "One thing said twice",
        "at most one of `usage`, `client`, `custom`, `internal`, `internet`, `partner`",
        "usage",
    ),
    _held(
        "R42",
        _MUST,
        "given-after-creation",
        "Argument that New-ReceiveConnector does not take",
        "a Set-ReceiveConnector after creation, while the connector is still disabled",
        "bindings",
        "remote_ip_ranges",
        "bare_linefeed_rejection_enabled",
    ),
    _held(
        "R46",
        _MUST,
        "none-stands-alone",
        "Invalid set of choices",
        _GRAMMAR,
        "auth_mechanism",
        "permission_groups",
    ),
    _held(
        "R55",
        _MUST,
        "default-domain-unknown",
        "Unknown accepted domain",
        "Exchange, when it carries out the change",
        "default_domain",
    ),
    _held(
        "R60",
        _MUST,
        "size-out-of-range",
        "Invalid size",
        "the range of the argument",
        "max_message_size",
        "max_header_size",
    ),
    _held("R43", _E, "invalid-binding", "Invalid binding", _GRAMMAR, "bindings"),
    _held(
        "R45",
        _MUST,
        "invalid-ip-range",
        "Invalid range of IP addresses",
        _GRAMMAR,
        "remote_ip_ranges",
    ),
    _held(
        "R63",
        _MUST,
        "invalid-domain-capability",
        "Invalid domain with capabilities",
        _GRAMMAR,
        "tls_domain_capabilities",
    ),
    _held(
        "R54",
        _MUST,
        "time-span-out-of-range",
        "Invalid time span",
        "the range of the argument",
        "connection_timeout",
        "connection_inactivity_timeout",
    ),
    DOMAIN_CONTROLLER_ON_EDGE,
)
