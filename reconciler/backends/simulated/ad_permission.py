"""Access lists of connectors as the simulated Exchange keeps them: what an admin added to those
that Exchange grants by itself, or took from them. One row for each connector that was touched.

Facts: the ADPermission pages, and the tables of permissions on the pages on connectors. Add says
nothing new where the entry is there; removing one that is not is no success.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from reconciler.backends.base import NOT_FOUND
from reconciler.backends.simulated import coerce, coerce_names, nouns
from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.derived import reader
from reconciler.backends.simulated.granted import granted
from reconciler.backends.simulated.identity import bearers
from reconciler.backends.simulated.noun import Noun, ParameterSet, Properties, Taken
from reconciler.backends.simulated.refusal import refusal
from reconciler.backends.simulated.rows import Rows, Stored
from reconciler.backends.simulated.world import World
from reconciler.catalog.send_connector_permission import TYPE
from reconciler.model.record import dataclass

NAME: Final = "ADPermission"
PARENTS: Final = ("SendConnector", "ReceiveConnector")
Given = Mapping[str, Property]
_CUSTOM = "Custom"


@dataclass(frozen=True, slots=True)
class Entry:
    """One extended right, given or withheld."""

    user: str
    right: str
    deny: bool = False

    def is_like(self, other: "Entry") -> bool:
        return self.folded == other.folded

    @property
    def folded(self) -> tuple[str, str, bool]:
        return self.user.casefold(), self.right.casefold(), self.deny


@dataclass(frozen=True, slots=True)
class Access:
    """The access list of one connector; `stored` is None while nobody touched it."""

    noun: str
    connector: Stored
    stored: Stored | None
    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]

    def entries(self) -> list[Entry]:
        """Those of its own, Exchange's first."""
        defaults = (Entry(*one) for one in granted(self.noun, self._shown()))
        left = (one for one in defaults if not _is_among(one, self.removed))
        return [*left, *self.added]

    def _shown(self) -> Properties:
        found: Properties = json.loads(self.connector.properties)
        return found


def _is_among(entry: Entry, others: Sequence[Entry]) -> bool:
    return any(entry.is_like(one) for one in others)


def _without(entry: Entry, others: Sequence[Entry]) -> tuple[Entry, ...]:
    return tuple(one for one in others if not entry.is_like(one))


def _access(rows: Rows, given: Given, world: World) -> Access:
    """Raises BackendError where there is no such connector, or more than one."""
    identity = str(given.get("Identity") or "")
    found = [
        (name, one)
        for name in PARENTS
        if name in nouns.NOUNS
        for one in bearers(rows, nouns.NOUNS[name], identity, world)
    ]
    if len(found) != 1:
        code, how = (NOT_FOUND, "no object") if not found else ("ambiguous-identity", "several")
        raise refusal(code, f'Active Directory has {how} "{identity}". Use the GUID.')
    name, connector = found[0]
    kept = next(iter(rows.by_name(NAME, connector.guid)), None)
    lists = {} if kept is None else json.loads(kept.properties)
    added, removed = (tuple(Entry(*e) for e in lists.get(n, ())) for n in ("added", "removed"))
    return Access(name, connector, kept, added, removed)


def _keep(
    rows: Rows,
    access: Access,
    added: Sequence[Entry],
    removed: Sequence[Entry],
    world: World,
) -> None:
    lists = {"added": [_plain(e) for e in added], "removed": [_plain(e) for e in removed]}
    text = json.dumps(lists, ensure_ascii=False)
    guid = access.stored.guid if access.stored else world.guid()
    row = Stored(guid, access.connector.guid, "", text)
    if access.stored:
        rows.update(row)
    else:
        rows.insert(NAME, row)
    _mark(rows, access, custom=bool(added))


def _plain(entry: Entry) -> tuple[str, str, bool]:
    return entry.user, entry.right, entry.deny


def _mark(rows: Rows, access: Access, *, custom: bool) -> None:
    """Receive connectors tell by a group of that name that somebody added to what groups give."""
    properties = json.loads(access.connector.properties)
    if "PermissionGroups" not in properties:
        return
    groups = str(properties["PermissionGroups"]).split(", ")
    others = [one for one in groups if one not in (_CUSTOM, "None")]
    shown = ", ".join([*others, _CUSTOM] if custom else others) or "None"
    text = json.dumps({**properties, "PermissionGroups": shown}, ensure_ascii=False)
    one = access.connector
    rows.update(Stored(one.guid, one.name, one.slot, text))


def _entry(given: Given) -> Entry:
    return Entry(str(given["User"]), str(given["ExtendedRights"]), bool(given.get("Deny")))


def _add(rows: Rows, _noun: Noun, given: Given, world: World) -> tuple[str, Stored | None]:
    access, entry = _access(rows, given, world), _entry(given)
    if given.get("WhatIf"):
        return access.connector.name, None
    if not _is_among(entry, access.entries()):
        removed = _without(entry, access.removed)
        given_back = len(removed) < len(access.removed)
        added = access.added if given_back else (*access.added, entry)
        _keep(rows, access, added, removed, world)
    return access.connector.name, _shown(access, entry)


def _remove(rows: Rows, _noun: Noun, given: Given, world: World) -> tuple[str, Stored | None]:
    for name in ("User", "ExtendedRights"):
        if name not in given:
            raise refusal("parameter-missing", f"Remove-ADPermission needs -{name}.")
    access, entry = _access(rows, given, world), _entry(given)
    if not _is_among(entry, access.entries()):
        raise refusal(
            NOT_FOUND,
            f'The access list of "{access.connector.name}" has no such entry for {entry.user}.',
        )
    if not given.get("WhatIf"):
        added = _without(entry, access.added)
        taken = len(added) == len(access.added)
        removed = (*access.removed, entry) if taken else access.removed
        _keep(rows, access, added, removed, world)
    return access.connector.name, None


def _lists(rows: Rows, _noun: Noun, given: Given, world: World) -> Sequence[Stored]:
    if not given.get("Identity"):
        raise refusal("parameter-missing", "Get-ADPermission needs the parameter -Identity.")
    access, user = _access(rows, given, world), str(given.get("User") or "").casefold()
    own = (_shown(access, entry) for entry in access.entries())
    found = chain(_inherited(access, world), own)
    return [one for one in found if user in ("", json.loads(one.properties)["User"].casefold())]


def _shown(access: Access, entry: Entry) -> Stored:
    shown = {
        "Identity": access.connector.name,
        "User": entry.user,
        "Deny": entry.deny,
        "ExtendedRights": [entry.right],
    }
    return Stored("", access.connector.name, "", json.dumps(shown, ensure_ascii=False))


def _inherited(access: Access, world: World) -> Iterator[Stored]:
    """What comes down from the organisation: no right of the connector's own."""
    netbios = world.organisation.domain.partition(".")[0].upper()
    for group, rights in (("Organization Management", "GenericAll"), ("Exchange Servers", "Read")):
        shown = {
            "Identity": access.connector.name,
            "User": f"{netbios}\\{group}",
            "AccessRights": [rights],
            "IsInherited": True,
        }
        yield Stored("", access.connector.name, "", json.dumps(shown))


def _orphaned(rows: Rows, guid: str) -> None:
    for one in rows.by_name(NAME, guid):
        rows.delete(one.guid)


def _template(world: World) -> Properties:
    return {
        "Identity": "",
        "User": "",
        "Deny": False,
        "AccessRights": ["ExtendedRight"],
        "ExtendedRights": None,
        "IsInherited": False,
        "Properties": None,
        "ChildObjectTypes": None,
        "InheritedObjectType": None,
        "InheritanceType": "All",
        "IsValid": True,
        "ObjectState": "Unchanged",
        "RunspaceId": world.runspace,
    }


_CHANGING = ("Add", "Remove")
_EVERY = (*_CHANGING, "Get")
_READ = {a.parameter: reader(a) for a in TYPE.attributes if a.parameter}

NOUN = Noun(
    name=NAME,
    taken=(
        Taken("Identity", coerce.text, _EVERY, kept=False),
        Taken("User", _READ["User"], _EVERY, kept=False),
        Taken("ExtendedRights", _READ["ExtendedRights"], _CHANGING, kept=False),
        Taken("Deny", coerce.boolean, _CHANGING, kept=False, switch=True),
        Taken("Confirm", coerce.boolean, _CHANGING, kept=False, switch=True, aliases=("cf",)),
        Taken("WhatIf", coerce.boolean, _CHANGING, kept=False, switch=True, aliases=("wi",)),
        Taken("DomainController", coerce_names.domain_controller, _EVERY, kept=False),
    ),
    sets=(ParameterSet("AccessRights", frozenset(), ("Identity", "User", "ExtendedRights")),),
    refused=(),
    template=_template,
    initial=lambda _given, _world: {},
    finish=lambda _properties: None,
    container="",
    columns=("Identity", "User", "Deny", "ExtendedRights", "IsInherited"),
    verbs={"Add": "New", "Remove": "Remove"},
    own={"Add": _add, "Remove": _remove},
    lists=_lists,
    orphaned=_orphaned,
    positional={"Add": "Identity", "Get": "Identity", "Remove": "Identity"},
)
