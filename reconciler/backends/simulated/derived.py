"""What the simulated Exchange knows of a sort of object, as far as it follows from our declaration
of the type: which parameters the cmdlets take, what a fresh object has, how answers are spelt.

What Exchange refuses besides, and what it sets by itself, is added noun by noun, from Microsoft's
pages. Send connectors do without: they were read off those pages a second time.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from reconciler.backends.command import Edit, Parameter
from reconciler.backends.simulated import coerce, coerce_names
from reconciler.backends.simulated.coerce import Property, Reader
from reconciler.backends.simulated.noun import (
    NOTHING_MORE,
    Container,
    Judge,
    Lists,
    Noun,
    ParameterSet,
    Properties,
    React,
    Refused,
    Taken,
    by_name,
    no_reaction,
)
from reconciler.backends.simulated.refusal import UnfitError
from reconciler.backends.simulated.world import World
from reconciler.model.platform import ONLINE, ROLES, Platform
from reconciler.model.values import Canonical
from reconciler.schema.attribute import Attribute, OnChange, Presence
from reconciler.schema.kind import Kind, KindError
from reconciler.schema.resource_type import Can, ResourceType

Given = Mapping[str, Property]


def derive(  # noqa: PLR0913 (one table of what a noun adds)
    rtype: ResourceType,
    *,
    container: Container,
    columns: tuple[str, ...],
    shown: Mapping[str, Property] = NOTHING_MORE,
    initial: Callable[[Given, World], Properties] = lambda _given, _world: {},
    finish: Callable[[dict[str, Property]], None] = lambda _properties: None,
    computed: tuple[str, ...] = (),
    refused: tuple[Refused, ...] = (),
    judge: Judge | None = None,
    identity: Callable[[Properties], str] = by_name,
    seeds: Callable[[World], Iterator[Properties]] = lambda _world: iter(()),
    react: React = no_reaction,
    lists: Lists | None = None,
) -> Noun:
    """`shown` are the properties that a fresh object has besides those of the declaration;
    `computed` those of them that belong to the object.
    """
    return Noun(
        name=rtype.noun,
        taken=tuple(_taken(rtype)),
        sets=(ParameterSet("(All)", frozenset(), _needed(rtype)),),
        refused=refused,
        template=lru_cache(maxsize=8)(lambda world: _template(rtype, shown, world)),
        initial=initial,
        finish=finish,
        container=container,
        columns=columns,
        computed=computed,
        exclusive=tuple(_exclusive(rtype)),
        judge=judge,
        identity=identity,
        seeds=seeds,
        react=react,
        verbs={verb: usual for can, usual in _USUAL.items() if (verb := _verb(rtype, can))},
        lists=lists,
        versions=rtype.versions,
        roles=rtype.roles,
        not_online=frozenset(_verb(rtype, can) for can in rtype.can - _online(rtype)),
    )


_USUAL = {Can.CREATE: "New", Can.UPDATE: "Set", Can.DELETE: "Remove"}


def _online(rtype: ResourceType) -> frozenset[Can]:
    return rtype.can_on(Platform(ONLINE))


def _verb(rtype: ResourceType, can: Can) -> str:
    return rtype.verbs[can] if can in rtype.can else ""


def _needed(rtype: ResourceType) -> tuple[str, ...]:
    """What New wants in any case."""
    return tuple(
        a.parameter for a in rtype.attributes if a.presence is Presence.REQUIRED and not a.late
    )


def _exclusive(rtype: ResourceType) -> Iterator[str]:
    for target in dict.fromkeys(short.attribute for short in rtype.shorthands):
        yield rtype.by_name[target].parameter
    yield from (short.parameter for short in rtype.shorthands)


def _taken(rtype: ResourceType) -> Iterator[Taken]:
    changing = tuple(_verb(rtype, can) for can in Can if can in rtype.can)
    addressed = tuple(v for v in changing if v != rtype.verbs[Can.CREATE])
    identity = next((o.roles for o in rtype.others if o.parameter == "Identity"), ROLES)
    yield Taken("Identity", coerce.text, (*addressed, "Get"), kept=False, roles=identity)
    for attribute in rtype.attributes:
        if attribute.parameter and attribute.presence is not Presence.COMPUTED:
            yield _parameter(rtype, attribute)
    for short in rtype.shorthands:
        yield Taken(short.parameter, coerce.boolean, ("New",), kept=False, switch=True)
    yield Taken("Confirm", coerce.boolean, changing, kept=False, switch=True, aliases=("cf",))
    yield Taken("WhatIf", coerce.boolean, changing, kept=False, switch=True, aliases=("wi",))
    for other in rtype.others:
        if other.parameter == "Force":
            able = (Can.CREATE, Can.UPDATE)
            verbs = tuple(rtype.verbs[can] for can in able if can not in other.lacks)
            yield Taken("Force", coerce.boolean, verbs, kept=False, switch=True)
        elif other.parameter == "DomainController":
            read, verbs = coerce_names.domain_controller, (*changing, "Get")
            found = Taken("DomainController", read, verbs, kept=False)
            yield replace(found, versions=other.versions, roles=other.roles)
    yield from _choosing(rtype)


def _choosing(rtype: ResourceType) -> Iterator[Taken]:
    """What Get takes to choose by. New and Set may have parameters of the same names."""
    every = {name: value for listing in rtype.listings for name, value in listing.items()}
    for name, value in every.items():
        read = coerce.boolean if isinstance(value, bool) else coerce.text
        yield Taken(name, read, ("Get",), kept=False)


def _parameter(rtype: ResourceType, attribute: Attribute) -> Taken:
    takers = (
        [rtype.verbs[Can.CREATE]]
        if Can.CREATE in rtype.can and not _always_late(attribute)
        else []
    )
    if attribute.on_change is OnChange.UPDATE and Can.UPDATE in rtype.can:
        takers.append(rtype.verbs[Can.UPDATE])
    return Taken(
        attribute.parameter,
        reader(attribute),
        tuple(takers),
        kept=bool(attribute.reads) or attribute.write_only,
        several=attribute.kind.is_set,
        versions=attribute.versions,
        roles=attribute.roles,
        into=attribute.reads,
    )


def _always_late(attribute: Attribute) -> bool:
    """Whether New has no such parameter at all."""
    return attribute.late is not None and attribute.late({})


def _template(rtype: ResourceType, shown: Mapping[str, Property], world: World) -> Properties:
    """Every property, as it is where nobody sets it."""
    fresh = {
        a.reads: answered(a.kind, a.fill({}, world.platform))
        for a in rtype.attributes
        if a.reads and a.exists_on(world.platform)
    }
    return {
        **fresh,
        **shown,
        "Name": fresh.get("Name", ""),
        "DistinguishedName": "",
        "Identity": "",
        "Guid": "",
        "WhenChanged": "",
        "WhenCreated": "",
        "WhenChangedUTC": "",
        "WhenCreatedUTC": "",
        "Id": "",
        "ExchangeVersion": "0.1 (8.0.535.0)",
        "OrganizationId": None,
        "OriginatingServer": world.organisation.controller,
        "IsValid": True,
        "ObjectState": "Unchanged",
        "RunspaceId": world.runspace,
    }


def answered(kind: Kind, value: Canonical) -> Property:
    """A canonical value as a property bag spells it."""
    if value is None:
        return [] if kind.is_set and kind.empty == () and not kind.words else None
    found = kind.answer(value) if kind.answer else kind.encode(value)
    if found is None and kind.is_set:
        return []
    if isinstance(found, tuple):
        return [str(item) for item in found]
    assert found is None or isinstance(found, str | int | bool)
    return found


def reader(attribute: Attribute) -> Reader:
    """What becomes of a parameter's value; where it names servers, they must be there."""
    kind = attribute.kind
    if kind.is_secret:
        return coerce_names.credential
    if attribute.refers_to == "server":
        return coerce_names.servers if kind.is_set else coerce_names.server
    if kind.is_set:
        return _set_reader(kind)

    def read(value: Parameter, _world: World) -> Property:
        if value is None:
            return answered(kind, kind.empty)
        return answered(kind, _parsed(kind, value))

    return read


def _parsed(kind: Kind, value: object) -> Canonical:
    try:
        return kind.parse(value)
    except KindError as problem:
        raise UnfitError(problem.message) from None


def _set_reader(kind: Kind) -> Reader:
    def read(value: Parameter, _world: World) -> Property:
        match value:
            case None:
                return answered(kind, kind.empty)
            case Edit() if not kind.words:
                return Edit(_items(kind, value.add), _items(kind, value.remove))
            case str() if not kind.words:
                return answered(kind, _parsed(kind, [value]))
            case tuple():
                return answered(kind, _parsed(kind, list(value)))
            case _:
                return answered(kind, _parsed(kind, value))

    return read


def _items(kind: Kind, items: tuple[str, ...]) -> tuple[str, ...]:
    found = answered(kind, _parsed(kind, list(items))) if items else []
    return tuple(found) if isinstance(found, list) else ()
