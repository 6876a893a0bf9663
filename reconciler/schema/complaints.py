"""What is wrong with an argument that stands where it should not, or is not there, in words."""

from collections.abc import Iterable
from typing import TypeAlias

from reconciler.model.platform import ONLINE, Platform, product
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
        where = _products(attribute.versions)
        return (
            "not-on-this-version",
            "Argument does not exist on this version",
            name,
            (
                f"The argument {name} exists on {where} only, and the backend is {platform}. "
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


def nowhere(rtype: ResourceType, platform: Platform, backend: str) -> tuple[str, str, str]:
    """Code, summary and detail for a type that does not exist on `platform`, which is that of
    `backend`. What to do is left to say.
    """
    wrong = platform.version not in rtype.versions
    where = _products(rtype.versions)
    if not wrong:
        where = f"servers of role {' or '.join(rtype.roles)}"
    return (
        f"type-not-on-this-{'version' if wrong else 'role'}",
        f"Resource type does not exist on this {'version' if wrong else 'server role'}",
        f"A {rtype.name} exists on {where} only, and {backend} is {platform}.",
    )


def _products(versions: Iterable[str]) -> str:
    servers = ", ".join(version for version in versions if version != ONLINE)
    online = [product(ONLINE)] if ONLINE in versions else []
    return " and ".join((*([product(servers)] if servers else []), *online))


def no_argument(rtype: ResourceType, name: str) -> tuple[str, str] | None:
    """Code and detail where `name` is a parameter of the cmdlets, and something else than an
    argument; None where it is nothing at all.
    """
    folded = name.replace("_", "").lower()
    found = next((one for one in rtype.others if one.parameter.lower() == folded), None)
    if found is None:
        return None
    reserved = found.becomes.startswith("refused")
    code = "reserved-argument" if reserved else "unsupported-argument"
    return code, (
        f"The cmdlets' parameter {found.parameter} is no argument of a {rtype.name} "
        f"({found.becomes}). Remove {name}."
    )


def unsupported(rtype: ResourceType, name: str) -> Complaint:
    known = no_argument(rtype, name)
    if known is not None:
        return known[0], "Unsupported argument", name, known[1]
    near = nearest(name, rtype.argument_names)
    cure = f"Did you mean {near}?" if near else f"See docs/types/{rtype.name}.md for those it has."
    return (
        "unsupported-argument",
        "Unsupported argument",
        name,
        f"A {rtype.name} has no argument {name}. {cure}",
    )
