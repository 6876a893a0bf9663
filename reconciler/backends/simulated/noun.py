"""What the simulated Exchange knows of one sort of object: its parameters and its refusals.

Types of data only; the sorts of objects are in modules of their own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeAlias

from reconciler.backends.simulated.coerce import Property, Reader
from reconciler.backends.simulated.estate import Server
from reconciler.backends.simulated.rows import Rows, Stored
from reconciler.backends.simulated.world import World
from reconciler.model.platform import EVERY_VERSION, ONLINE, ROLES, Platform
from reconciler.model.record import dataclass

Properties: TypeAlias = Mapping[str, Property]
"""Under Exchange's own names, in the order in which they are shown."""


Container: TypeAlias = str | Callable[[Properties, World], str]
"""The part of a distinguished name between the object and the organisation, or all that follows the
object's own part, where that hangs on the object.
"""
NOTHING_MORE: Final[Properties] = MappingProxyType({})


def by_name(properties: Properties) -> str:
    return str(properties["Name"])


EVERYWHERE: Final = (
    "Name",
    "DistinguishedName",
    "Identity",
    "Id",
    "Guid",
    "WhenCreated",
    "WhenCreatedUTC",
    "WhenChanged",
    "WhenChangedUTC",
)
"""The properties that every object has and no parameter but the name sets."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A parameter that cmdlets take. `kept` where it sets a property, which has the same name
    unless `into` says another; `switch` where it may stand without a value; `several` where it
    takes a list.
    """

    name: str
    read: Reader
    verbs: tuple[str, ...] = ("New", "Set")
    kept: bool = True
    switch: bool = False
    several: bool = False
    versions: tuple[str, ...] = EVERY_VERSION
    roles: tuple[str, ...] = ROLES
    aliases: tuple[str, ...] = ()
    into: str = ""

    @property
    def sets(self) -> str:
        """The property that it sets."""
        return self.into or self.name


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """Chosen where a parameter of `marks` is given; `needs` must be given then."""

    name: str
    marks: frozenset[str]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """`broken` says whether an object would break the rule; `message` may name what is about it."""

    code: str
    broken: Callable[[Properties, World], bool]
    message: str | Callable[[Properties, World], str]

    def told(self, properties: Properties, world: World) -> str:
        """What Exchange says of that object."""
        said = self.message
        return said if isinstance(said, str) else said(properties, world)


OnServer: TypeAlias = Callable[[Server, World], Iterator[Properties]]
React: TypeAlias = Callable[[Properties, dict[str, Property]], None]
"""Writes into an object after a Set what follows from how it differs from the one before."""


def no_reaction(_before: Properties, _after: dict[str, Property]) -> None:
    """Nothing follows from a change but the change."""


Resolve: TypeAlias = Callable[[Rows, Mapping[str, Property], World], Mapping[str, Property]]


def as_given(_rows: Rows, given: Mapping[str, Property], _world: World) -> Mapping[str, Property]:
    """A call that names no other object."""
    return given


Judge: TypeAlias = Callable[[Rows, Properties | None, Properties | None, World], None]
"""Of the object before and after a change; None where it is not there."""
Own: TypeAlias = Callable[[Rows, "Noun", Mapping[str, Property], World], tuple[str, Stored | None]]
Lists: TypeAlias = Callable[[Rows, "Noun", Mapping[str, Property], World], Sequence[Stored]]
USUAL: Final[Mapping[str, str]] = MappingProxyType(
    {"New": "New", "Set": "Set", "Remove": "Remove"}
)
NOTHING_OF_ITS_OWN: Final[Mapping[str, Own]] = MappingProxyType({})


@dataclass(frozen=True)
class Noun:
    """`template` has every property of a fresh object, in order; `finish` sets the `computed` ones.

    The first of `sets` is the one that counts where nothing tells; of the `exclusive` parameters
    New takes one at most; `columns` are those of the table that people see. `identity` is what an
    object is called, unique whatever its case. `judge` raises where other objects forbid a change,
    and writes what the change brings about in them. `seeds` are the objects that setup makes in a new
    organisation, `on_server` those that it makes on a server.
    `react` is what a Set brings about in the object besides what it was given. `resolve` answers what a
    New or a Set was given with the names of other objects in the place of their other identities.
    `named` is false where the organisation has one object that nobody needs to name.
    `verbs` says which of New, Set and Remove each cmdlet's verb means; `own` replaces what they do,
    and `lists` what Get finds. `orphaned` removes what is within an object that goes away, told by
    its GUID. The cmdlets are there on servers of `versions` and `roles`; of their verbs Exchange
    Online lacks `not_online`.
    """

    name: str
    taken: tuple[Taken, ...]
    sets: tuple[ParameterSet, ...]
    refused: tuple[Refused, ...]
    template: Callable[[World], Properties]
    initial: Callable[[Mapping[str, Property], World], Properties]
    finish: Callable[[dict[str, Property]], None]
    container: Container
    columns: tuple[str, ...]
    computed: tuple[str, ...] = ()
    exclusive: tuple[str, ...] = ()
    judge: Judge | None = None
    identity: Callable[[Properties], str] = by_name
    seeds: Callable[[World], Iterator[Properties]] = lambda _world: iter(())
    on_server: OnServer = lambda _server, _world: iter(())
    react: React = no_reaction
    resolve: Resolve = as_given
    named: bool = True
    verbs: Mapping[str, str] = field(default_factory=lambda: USUAL)
    own: Mapping[str, Own] = field(default_factory=lambda: NOTHING_OF_ITS_OWN)
    lists: Lists | None = None
    versions: tuple[str, ...] = EVERY_VERSION
    roles: tuple[str, ...] = ROLES
    not_online: frozenset[str] = frozenset()
    orphaned: Callable[[Rows, str], None] | None = None
    positional: Mapping[str, str] = field(
        default_factory=lambda: {
            "New": "Name",
            "Set": "Identity",
            "Get": "Identity",
            "Remove": "Identity",
        }
    )

    @cached_property
    def by_verb(self) -> Mapping[str, Mapping[str, Taken]]:
        """The parameters of each cmdlet by their names and aliases in lower case."""
        return {
            verb: {
                name.lower(): taken
                for taken in self.taken
                if verb in taken.verbs
                for name in (taken.name, *taken.aliases)
            }
            for verb in (*self.verbs, "Get")
        }

    def is_named(self, world: World) -> bool:
        """Whether calls must say which object they mean there."""
        return self.named and world.platform.role in self.by_verb["Get"]["identity"].roles

    def exists_on(self, platform: Platform) -> bool:
        return platform.version in self.versions and platform.role in self.roles

    def has_cmdlet(self, verb: str, platform: Platform) -> bool:
        lacks = self.not_online if platform.version == ONLINE else ()
        return verb in self.by_verb and verb not in lacks and self.exists_on(platform)

    @cached_property
    def settable(self) -> Mapping[str, str]:
        """The property that each parameter sets."""
        return {taken.name: taken.sets for taken in self.taken if taken.kept}

    @cached_property
    def stored(self) -> frozenset[str]:
        """The properties that belong to the object and not to the organisation."""
        return frozenset((*self.settable.values(), *self.computed, *EVERYWHERE))
