"""What both sorts of permissions on connectors have in common: one right for one account on one
connector, allowed or denied.

Facts: the Add-, Get- and Remove-ADPermission pages, and the tables of permissions on the pages on
send and receive connectors.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from reconciler.catalog import setup
from reconciler.catalog.settings import OTHERS
from reconciler.model.platform import Platform
from reconciler.model.record import dataclass
from reconciler.model.values import Values
from reconciler.schema.attribute import Attribute, OnChange
from reconciler.schema.declare import argument, computed, group, required
from reconciler.schema.kinds.access import extended_right, principal
from reconciler.schema.kinds.choice import flag
from reconciler.schema.kinds.text import guid
from reconciler.schema.resource_type import Can, NotAnArgument, Per, ResourceType
from reconciler.schema.rule import Finding, Level, Rule
from reconciler.schema.suggest import did_you_mean

_OURS = ("connector", "user", "extended_right", "deny")

SENDING: Final = (
    "ms-Exch-Send-Headers-Routing",
    "ms-Exch-Send-Headers-Organization",
    "ms-Exch-Send-Headers-Forest",
    "ms-Exch-SMTP-Send-Exch50",
    "ms-Exch-SMTP-Send-XShadow",
)
RECEIVING: Final = (
    "ms-Exch-SMTP-Submit",
    "ms-Exch-SMTP-Accept-Any-Recipient",
    "ms-Exch-SMTP-Accept-Any-Sender",
    "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender",
    "ms-Exch-SMTP-Accept-Authentication-Flag",
    "ms-Exch-SMTP-Accept-Exch50",
    "ms-Exch-SMTP-Accept-XShadow",
    "ms-Exch-Accept-Headers-Routing",
    "ms-Exch-Accept-Headers-Organization",
    "ms-Exch-Accept-Headers-Forest",
    "ms-Exch-Bypass-Anti-Spam",
    "ms-Exch-Bypass-Message-Size-Limit",
)


@dataclass(frozen=True, slots=True)
class Parent:
    """The sort of connector that the rights are on. `rights` are those that it looks at."""

    type: str
    noun: str
    rights: tuple[str, ...]
    example: str


def permission(parent: Parent, summary: str, rules: tuple[Rule, ...] = ()) -> ResourceType:
    """Rights on connectors of one sort."""
    return ResourceType(
        name=f"{parent.type}_permission",
        noun="ADPermission",
        summary=summary,
        attributes=_attributes(parent),
        identity=_OURS,
        can=frozenset({Can.CREATE, Can.DELETE}),
        rules=(_elsewhere(parent), _undocumented(parent), *rules),
        others=_OTHERS,
        source="Add-ADPermission and Remove-ADPermission reference pages",
        example=parent.example,
        verbs={Can.CREATE: "Add", Can.UPDATE: "Set", Can.DELETE: "Remove"},
        per=Per(parent.noun, "Identity", "Guid"),
        keyed_by=_OURS,
        counts=_is_own,
        setup=setup.permission,
        roles=("mailbox",),
    )


def _is_own(values: Values) -> bool:
    """An entry of the connector's own about an extended right. The others come down from above, or
    are about reading and writing the object.
    """
    return values.get("is_inherited") is False and values.get("extended_right") is not None


def _attributes(parent: Parent) -> tuple[Attribute, ...]:
    connector = required(
        argument(
            "connector",
            "Identity",
            guid,
            f"The GUID of the connector: `{parent.type}.example.guid`. The right goes with the "
            "connector, and is made anew where that is.",
        )
    )
    right = extended_right(*dict.fromkeys((*parent.rights, *SENDING, *RECEIVING)))
    arguments = (
        replace(connector, refers_to=parent.type, within=True),
        required(
            argument(
                "user",
                "User",
                principal,
                r'Who has the right, as access lists show it: `"CONTOSO\\Relay Hosts"`, '
                r'`"NT AUTHORITY\\ANONYMOUS LOGON"`, or a SID.',
            )
        ),
        required(
            argument(
                "extended_right",
                "ExtendedRights",
                right,
                f"The right. Documented for these connectors: {_listed(parent.rights)}. Others "
                "that begin with `ms-Exch-` are taken with a warning.",
            )
        ),
        argument(
            "deny",
            "Deny",
            flag,
            "Whether the right is withheld rather than given. What is withheld counts for more.",
            default=False,
        ),
    )
    inherited = computed(
        "is_inherited",
        "IsInherited",
        flag,
        "`false`: entries that come down from above are nobody's to manage here.",
    )
    made = (replace(one, on_change=OnChange.REPLACE) for one in arguments)
    return (*group("Arguments", *made), inherited)


def _listed(rights: tuple[str, ...]) -> str:
    return ", ".join(f"`{right}`" for right in rights)


def _rule(level: Level, code: str, summary: str, check: Callable[[Values], Iterator[str]]) -> Rule:
    def found(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
        for detail in check(values):
            yield Finding("extended_right", detail)

    return Rule("P16", level, code, summary, ("extended_right",), found)


def _elsewhere(parent: Parent) -> Rule:
    def check(values: Values) -> Iterator[str]:
        right = values["extended_right"]
        if right in (*SENDING, *RECEIVING) and right not in parent.rights:
            yield (
                f"{right} counts on connectors of the other direction, and a {parent.type} never "
                "asks for it, so that it changes nothing here. Put it on the other connector, or "
                "remove it."
            )

    return _rule(Level.W, "right-without-effect", "Right without effect", check)


def _undocumented(parent: Parent) -> Rule:
    def check(values: Values) -> Iterator[str]:
        right = str(values["extended_right"])
        if right not in (*SENDING, *RECEIVING):
            hint = did_you_mean(right, parent.rights)
            yield (
                f"{right} is none of the rights that are documented for connectors. Exchange "
                f"refuses it when the plan is applied, unless its directory has it.{hint}"
            )

    return _rule(Level.L, "undocumented-right", "Right that is not documented", check)


_ONE_RIGHT = "not for connectors: a resource is one extended right"
_OTHERS = (
    *(one for one in OTHERS if one.parameter not in {"Force", "Identity"}),
    *(
        NotAnArgument(name, _ONE_RIGHT)
        for name in ("AccessRights", "ChildObjectTypes", "InheritedObjectType", "Properties")
    ),
    NotAnArgument("InheritanceType", "not for connectors: nothing is below one"),
    NotAnArgument("Owner", "not for connectors: who owns the object decides no mail"),
    NotAnArgument("Instance", "the same, spelt as one object of PowerShell's"),
)
