"""What the simulated Exchange knows of one sort of object: its parameters and its refusals.

Types of data only; the sorts of objects are in modules of their own.
"""

from collections.abc import Callable, Mapping
from dataclasses import field
from functools import cached_property
from typing import Final, TypeAlias

from reconciler.backends.simulated.coerce import Property, Reader
from reconciler.backends.simulated.world import World
from reconciler.model.platform import ROLES, VERSIONS
from reconciler.model.record import dataclass

Properties: TypeAlias = Mapping[str, Property]
"""Under Exchange's own names, in the order in which they are shown."""


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
    """A parameter that cmdlets take. `kept` where it sets the property of the same name;
    `switch` where it may stand without a value; `several` where it takes a list.
    """

    name: str
    read: Reader
    verbs: tuple[str, ...] = ("New", "Set")
    kept: bool = True
    switch: bool = False
    several: bool = False
    versions: tuple[str, ...] = VERSIONS
    roles: tuple[str, ...] = ROLES
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """Chosen where a parameter of `marks` is given; `needs` must be given then."""

    name: str
    marks: frozenset[str]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """`broken` says whether an object would break the rule."""

    code: str
    broken: Callable[[Properties, World], bool]
    message: str


@dataclass(frozen=True)
class Noun:
    """`template` has every property of a fresh object, in order; `finish` sets the `computed` ones.

    The first of `sets` is the one that counts where nothing tells; of the `exclusive` parameters
    New takes one at most; `columns` are those of the table that people see.
    """

    name: str
    taken: tuple[Taken, ...]
    sets: tuple[ParameterSet, ...]
    refused: tuple[Refused, ...]
    template: Callable[[World], Properties]
    initial: Callable[[Mapping[str, Property], World], Properties]
    finish: Callable[[dict[str, Property]], None]
    container: str
    columns: tuple[str, ...]
    computed: tuple[str, ...] = ()
    exclusive: tuple[str, ...] = ()
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
            for verb in self.positional
        }

    @cached_property
    def stored(self) -> frozenset[str]:
        """The properties that belong to the object and not to the organisation."""
        settable = (taken.name for taken in self.taken if taken.kept)
        return frozenset((*settable, *self.computed, *EVERYWHERE))
