"""New, Set and Remove: what a call makes of an object, within one transaction.

Each answers the name of the object as the audit log shows it, and the object where the cmdlet
writes one. With WhatIf everything is checked and nothing stored.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final, TypeAlias

from reconciler.backends.base import ALREADY_EXISTS
from reconciler.backends.command import Edit
from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.identity import distinguished_name, the
from reconciler.backends.simulated.noun import Noun, Properties
from reconciler.backends.simulated.nouns import NOUNS, WITHIN
from reconciler.backends.simulated.refusal import refusal
from reconciler.backends.simulated.rows import Rows, Stored, fold
from reconciler.backends.simulated.world import World

Given: TypeAlias = Mapping[str, Property]
"""Bound parameters by name."""
Change: TypeAlias = Callable[[Rows, Noun, Given, World], tuple[str, Stored | None]]


def _edited(current: Property, edit: Edit) -> list[str]:
    removed = {item.casefold() for item in edit.remove}
    kept = [
        i for i in (current if isinstance(current, list) else ()) if i.casefold() not in removed
    ]
    present = {item.casefold() for item in kept}
    return kept + [item for item in edit.add if item.casefold() not in present]


def _after(noun: Noun, before: Properties, given: Given) -> dict[str, Property]:
    """The object with the given parameters applied."""
    settable = {to: given[name] for name, to in noun.settable.items() if name in given}
    edited = {
        name: _edited(before[name], value) if isinstance(value, Edit) else value
        for name, value in settable.items()
    }
    return {**before, **edited}


def _check(noun: Noun, properties: Properties, world: World) -> None:
    for rule in noun.refused:
        if rule.broken(properties, world):
            raise refusal(rule.code, rule.told(properties, world))


def _times(name: str, now: datetime) -> dict[str, Property]:
    whole = now.replace(microsecond=0)
    return {
        name: whole.astimezone().isoformat(),
        f"{name}UTC": f"{whole:%Y-%m-%dT%H:%M:%SZ}",
    }


def _judge(
    rows: Rows, noun: Noun, before: Properties | None, after: Properties | None, world: World
) -> None:
    if noun.judge is not None:
        noun.judge(rows, before, after, world)


def _slot(rows: Rows, noun: Noun, guid: str, name: str, world: World) -> str:
    """Empty where the name is free, the GUID where it may be taken twice."""
    if not any(other.guid != guid for other in rows.by_name(noun.name, name)):
        return ""
    if world.duplicates:
        return guid
    raise refusal(ALREADY_EXISTS, f'There is a {noun.name} called "{name}" already.')


def _pack(
    noun: Noun, guid: str, properties: dict[str, Property], slot: str, world: World
) -> Stored:
    noun.finish(properties)
    name = noun.identity(properties)
    properties |= {
        "Guid": guid,
        "Identity": name,
        "Id": name,
        "DistinguishedName": distinguished_name(noun, properties, slot, world),
    }
    kept = {n: value for n, value in properties.items() if n in noun.stored}
    return Stored(guid, name, slot, json.dumps(kept, ensure_ascii=False))


def new(rows: Rows, noun: Noun, given: Given, world: World) -> tuple[str, Stored | None]:
    now, given = world.now(), noun.resolve(rows, given, world)
    born = {**_times("WhenCreated", now), **_times("WhenChanged", now)}
    fresh = {**noun.template(world), **noun.initial(given, world), **born}
    properties = _after(noun, fresh, given)
    _check(noun, properties, world)
    guid = world.guid()
    slot = _slot(rows, noun, guid, noun.identity(properties), world)
    stored = _pack(noun, guid, properties, slot, world)
    _judge(rows, noun, None, properties, world)
    if given.get("WhatIf"):
        return stored.name, None
    rows.insert(noun.name, stored)
    return stored.name, stored


def seed(rows: Rows, noun: Noun, world: World) -> None:
    """Makes the objects that setup leaves behind."""
    for known in noun.seeds(world):
        make(rows, noun, known, world)


def make(rows: Rows, noun: Noun, known: Properties, world: World) -> None:
    """An object that no admin asked for and no log names."""
    times = {**_times("WhenCreated", world.now()), **_times("WhenChanged", world.now())}
    properties = {**noun.template(world), **times, **known}
    rows.insert(noun.name, _pack(noun, world.guid(), properties, "", world))


def set_(rows: Rows, noun: Noun, given: Given, world: World) -> tuple[str, Stored | None]:
    found = the(rows, noun, str(given.get("Identity") or ""), world)
    before = {**noun.template(world), **json.loads(found.properties)}
    after = _after(noun, before, noun.resolve(rows, given, world))
    noun.react(before, after)
    _check(noun, after, world)
    called = noun.identity(after)
    slot = found.slot
    if fold(called) != fold(found.name):
        slot = _slot(rows, noun, found.guid, called, world)
    _judge(rows, noun, before, after, world)
    # A new password of the same user cannot be seen, and is a change all the same.
    changed = after != before or "AuthenticationCredential" in given
    if changed and not given.get("WhatIf"):
        after |= _times("WhenChanged", world.now())
        rows.update(_pack(noun, found.guid, after, slot, world))
    return found.name, None


def remove(rows: Rows, noun: Noun, given: Given, world: World) -> tuple[str, Stored | None]:
    found = the(rows, noun, str(given["Identity"]), world)
    _judge(rows, noun, {**noun.template(world), **json.loads(found.properties)}, None, world)
    if not given.get("WhatIf"):
        drop(rows, noun, found.guid)
    return found.name, None


def drop(rows: Rows, noun: Noun, guid: str) -> None:
    """The object is gone, and with it what cannot outlive it."""
    rows.delete(guid)
    for name in WITHIN.get(noun.name, ()):
        orphaned = NOUNS[name].orphaned
        if orphaned is not None:
            orphaned(rows, guid)


CHANGES: Final[Mapping[str, Change]] = {"New": new, "Set": set_, "Remove": remove}
