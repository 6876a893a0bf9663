"""Cmdlet parameters that are settings of a backend, common to all resource types."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reconciler.model.platform import ONLINE, VERSIONS, Platform
from reconciler.schema.resource_type import NotAnArgument
from reconciler.schema.rule import Held, Level


def _setting(name: str, parameter: str, meaning: str) -> NotAnArgument:
    return NotAnArgument(parameter, f"backend setting `{name}`: {meaning}", name)


OTHERS = (
    _setting(
        "confirm", "Confirm", "`$false`, for the plan has been confirmed and nobody could answer"
    ),
    _setting("what_if", "WhatIf", "where true, the server only rehearses every write"),
    _setting("force", "Force", "where true, the server does not ask for consent"),
    replace(
        _setting(
            "domain_controller",
            "DomainController",
            "the domain controller that every call of a run reads from and writes to",
        ),
        versions=VERSIONS,
        roles=("mailbox",),
    ),
    NotAnArgument("Identity", "the GUID of the object, which `reconciler` remembers and sends"),
)

DOMAIN_CONTROLLER_ON_EDGE = Held(
    "R31",
    Level.DOCUMENTED,
    "setting-not-on-this-role",
    "Backend setting does not exist on this server role",
    (),
    "the backend block: `domain_controller` is refused on servers of role edge",
)


NOT_ONLINE = Held(
    "R31",
    Level.DOCUMENTED,
    "setting-not-on-this-version",
    "Backend setting does not exist on this version",
    (),
    "the backend block: what tells servers apart is refused of Exchange Online",
)

_SERVERS = "Microsoft runs the servers of Exchange Online, and no cmdlet there names one"
_NOTHING_ONLINE = {
    "domain_controller": "Exchange Online lets nobody choose a domain controller",
    "role": "Servers with a role of their own exist on premises only",
    "server": _SERVERS,
    "servers": _SERVERS,
}
_USUAL_ROLE = Platform().role


def misplaced(given: Mapping[str, object], platform: Platform) -> Iterator[tuple[Held, str, str]]:
    """(rule, setting, detail) for each of the backend settings `given` that `platform` does not
    have (R31). What is false or the usual role says nothing.
    """
    for name, value in given.items():
        if not value:
            continue
        if platform.version == ONLINE:
            if name in _NOTHING_ONLINE and not (name == "role" and _is_usual(value)):
                yield NOT_ONLINE, name, f"{_NOTHING_ONLINE[name]}. Remove the setting {name}."
        elif name == "domain_controller" and platform.role == "edge":
            detail = (
                "The setting domain_controller exists on servers of role mailbox only: an Edge "
                "Transport server reads and writes its own local directory. Remove it."
            )
            yield DOMAIN_CONTROLLER_ON_EDGE, name, detail


def _is_usual(role: object) -> bool:
    return str(role).lower() == _USUAL_ROLE
