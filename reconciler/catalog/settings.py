"""Cmdlet parameters that are settings of a backend, common to all resource types."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reconciler.model.platform import ROLES, Platform
from reconciler.schema.resource_type import NotAnArgument
from reconciler.schema.rule import Held, Level


@dataclass(frozen=True, slots=True)
class Setting:
    """`name` is the argument of a backend block for the cmdlets' `parameter`."""

    name: str
    parameter: str
    meaning: str
    roles: tuple[str, ...] = ROLES


SETTINGS = (
    Setting(
        "confirm", "Confirm", "sent as `-Confirm:$false`: the plan has been confirmed already"
    ),
    Setting("what_if", "WhatIf", "where true, every write is only rehearsed by the server"),
    Setting("force", "Force", "where true, warnings that ask for consent are suppressed"),
    Setting(
        "domain_controller",
        "DomainController",
        "the domain controller that every call of a run reads from and writes to",
        roles=("mailbox",),
    ),
)

OTHERS = (
    *(NotAnArgument(s.parameter, f"backend setting `{s.name}`: {s.meaning}") for s in SETTINGS),
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
    roles = {setting.name: setting.roles for setting in SETTINGS}
    for name in names:
        if platform.role not in roles.get(name, ROLES):
            where = " or ".join(roles[name])
            detail = (
                f"The setting {name} exists on servers of role {where} only: an Edge Transport "
                "server reads and writes its own local directory. Remove it."
            )
            yield name, detail
