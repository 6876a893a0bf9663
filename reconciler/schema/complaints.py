"""What is wrong with an argument that stands where it should not, or is not there, in words."""

from typing import TypeAlias

from reconciler.model.platform import Platform
from reconciler.schema.attribute import Presence
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.suggest import nearest

Complaint: TypeAlias = tuple[str, str, str, str]
"""Code, summary, argument, detail."""


def twice(first: str, second: str, target: str) -> Complaint:
    return (
        f"{target}-given-twice",
        "One thing said twice",
        second,
        (
            f"Both {first} and {second} choose the {target}, and they exclude each other even where "
            "they agree. Keep one of them."
        ),
    )


def missing(name: str) -> Complaint:
    return (
        "missing-argument",
        "Missing argument",
        name,
        f"The argument {name} is required, and it is null or missing. Give it a value.",
    )


def not_here(rtype: ResourceType, name: str, platform: Platform) -> Complaint:
    attribute = rtype.by_name.get(name)
    if attribute is None:
        return unsupported(rtype, name)
    if attribute.presence is Presence.COMPUTED:
        return (
            "read-only-argument",
            "Read-only argument",
            name,
            f"Exchange itself assigns {name}; it can be read and not written. Remove the argument.",
        )
    if platform.version not in attribute.versions:
        where = ", ".join(attribute.versions)
        return (
            "not-on-this-version",
            "Argument does not exist on this version",
            name,
            (
                f"The argument {name} exists on Exchange {where} only, and the backend is {platform}. "
                "Remove the argument, or name the right version in the backend block."
            ),
        )
    where = " or ".join(attribute.roles)
    return (
        "not-on-this-role",
        "Argument does not exist on this server role",
        name,
        (
            f"The argument {name} exists on servers of role {where} only, and the backend is "
            f"{platform}. Remove the argument, or name the right role in the backend block."
        ),
    )


def unsupported(rtype: ResourceType, name: str) -> Complaint:
    near = nearest(name, rtype.argument_names)
    cure = f"Did you mean {near}?" if near else f"See docs/types/{rtype.name}.md for those it has."
    return (
        "unsupported-argument",
        "Unsupported argument",
        name,
        f"A {rtype.name} has no argument {name}. {cure}",
    )
