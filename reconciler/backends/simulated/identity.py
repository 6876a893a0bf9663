"""Finding an object by what people and programs call it: name, GUID or distinguished name."""

import json
import re
from collections.abc import Sequence
from functools import lru_cache

from reconciler.backends.base import NOT_FOUND
from reconciler.backends.simulated.noun import Noun, Properties
from reconciler.backends.simulated.refusal import refusal
from reconciler.backends.simulated.rows import Rows, Stored
from reconciler.backends.simulated.world import Organisation, World

_GUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SPECIAL = re.compile(r'([,\\#+<>;"=])')


@lru_cache(maxsize=8)
def _suffix(container: str, organisation: Organisation) -> str:
    return f",{container},{organisation.root}"


def distinguished_name(noun: Noun, properties: Properties, conflict: str, world: World) -> str:
    """`conflict` is the GUID of the second bearer of a name, as Active Directory marks it."""
    escaped = _SPECIAL.sub(r"\\\1", str(properties["Name"]))
    mark = f"\\0ACNF:{conflict}" if conflict else ""
    if callable(noun.container):
        return f"CN={escaped}{mark},{noun.container(properties, world)}"
    return f"CN={escaped}{mark}{_suffix(noun.container, world.organisation)}"


def bearers(rows: Rows, noun: Noun, identity: str, world: World) -> Sequence[Stored]:
    """All objects called so; more than one only where names may be taken twice."""
    if _GUID.fullmatch(identity):
        return rows.by_guid(noun.name, identity.lower())
    lowered = identity.lower()
    if callable(noun.container):
        if not lowered.startswith("cn="):
            return rows.by_name(noun.name, identity)
        return [one for one in rows.all(noun.name) if _dn(one).lower() == lowered]
    suffix = _suffix(noun.container, world.organisation)
    if lowered.startswith("cn=") and lowered.endswith(suffix.lower()):
        name, _, conflict = identity[len("cn=") : -len(suffix)].partition("\\0ACNF:")
        found = rows.by_name(noun.name, _ESCAPED.sub(r"\1", name))
        return [stored for stored in found if stored.slot == conflict.lower()]
    return rows.by_name(noun.name, identity)


def _dn(stored: Stored) -> str:
    return str(json.loads(stored.properties)["DistinguishedName"])


def _meant(rows: Rows, noun: Noun, identity: str, world: World) -> Sequence[Stored]:
    named = bool(identity) or noun.is_named(world)
    return bearers(rows, noun, identity, world) if named else rows.all(noun.name)


def the(rows: Rows, noun: Noun, identity: str, world: World) -> Stored:
    """The one object called so; where there is only one of its sort it needs no name. Raises
    BackendError where there is none or more than one.
    """
    found = _meant(rows, noun, identity, world)
    if not found:
        raise refusal(
            NOT_FOUND,
            f'There is no {noun.name} "{identity}" in {world.organisation.domain}.',
        )
    if len(found) > 1:
        raise refusal(
            "ambiguous-identity",
            f'More than one {noun.name} is called "{identity}"; use the GUID.',
        )
    return found[0]
