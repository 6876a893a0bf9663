"""Cmdlet parameters that are settings of a backend, common to all resource types."""

from collections.abc import Iterable, Iterator

from reconciler.model.platform import ROLES, Platform
from reconciler.schema.resource_type import NotAnArgument
from reconciler.schema.rule import Held, Level


def _setting(
    name: str, parameter: str, meaning: str, roles: tuple[str, ...] = ROLES
) -> NotAnArgument:
    return NotAnArgument(parameter, f"backend setting `{name}`: {meaning}", name, roles)


OTHERS = (
    _setting(
        "confirm", "Confirm", "`$false`, for the plan has been confirmed and nobody could answer"
    ),
    _setting("what_if", "WhatIf", "where true, the server only rehearses every write"),
    _setting("force", "Force", "where true, the server does not ask for consent"),
    _setting(
        "domain_controller",
        "DomainController",
        "the domain controller that every call of a run reads from and writes to",
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


def misplaced(names: Iterable[str], platform: Platform) -> Iterator[tuple[str, str]]:
    """(setting, detail) for each of the backend settings `names` that `platform` does not have
    (R31); the code and the summary are those of DOMAIN_CONTROLLER_ON_EDGE.
    """
    roles = {other.setting: other.roles for other in OTHERS if other.setting}
    for name in names:
        if platform.role not in roles.get(name, ROLES):
            where = " or ".join(roles[name])
            detail = (
                f"The setting {name} exists on servers of role {where} only: an Edge Transport "
                "server reads and writes its own local directory. Remove it."
            )
            yield name, detail
