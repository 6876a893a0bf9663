"""One declaration from which everything about a resource type follows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from functools import cached_property
from typing import Final

from reconciler.model.platform import ROLES
from reconciler.model.record import dataclass
from reconciler.model.route import Route
from reconciler.model.values import Values
from reconciler.schema.attribute import Attribute, Presence
from reconciler.schema.rule import FleetRule, Held, Rule

IN_STATE: Final = "(state)"
"""The home of what lives in state alone. No backend block can have this alias."""


class Can(StrEnum):
    """What Exchange can do with objects of a type."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class NotAnArgument:
    """A cmdlet parameter that is no attribute: `becomes` says what it is instead, `setting` the
    argument of a backend block that it is, if any, and `roles` where that exists.
    """

    parameter: str
    becomes: str
    setting: str = ""
    roles: tuple[str, ...] = ROLES


@dataclass(frozen=True, slots=True)
class Shorthand:
    """A switch that users may write instead of an argument: `name = true` means
    `attribute = value`. `parameter` is the cmdlets' switch of the same meaning.
    """

    name: str
    attribute: str
    value: str
    parameter: str


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """A way to create an object: where the attribute `chosen_by` is set, the parameters of
    the attributes `lacks` are not part of the call.
    """

    name: str
    chosen_by: str
    lacks: frozenset[str]


@dataclass(frozen=True, eq=False)
class ResourceType:
    """`noun` gives the cmdlets (Get-, New-, Set-, Remove-). `identity` names the attributes that
    form what people type at import. `coupled` are groups of arguments that travel in one call.
    `order` yields (before, after) pairs of indices among peers of one plan that constrain each
    other without a reference. `route` says what an object means for mail, None where that hangs
    on values it is not given. `example` is HCL for the reference page. `home` is the reserved
    backend that alone has objects of the type, "" where users choose one. `reads` makes it a data
    source: the type whose objects it finds. Two types are equal only if
    they are the same.
    """

    name: str
    noun: str
    summary: str
    attributes: tuple[Attribute, ...]
    identity: tuple[str, ...] = ("name",)
    can: frozenset[Can] = frozenset(Can)
    rules: tuple[Rule, ...] = ()
    fleet_rules: tuple[FleetRule, ...] = ()
    coupled: tuple[frozenset[str], ...] = ()
    others: tuple[NotAnArgument, ...] = ()
    source: str = ""
    shorthands: tuple[Shorthand, ...] = ()
    parameter_sets: tuple[ParameterSet, ...] = ()
    held: tuple[Held, ...] = ()
    example: str = ""
    home: str = ""
    reads: str = ""
    route: Callable[[Values], Route | None] | None = None
    order: (
        Callable[[Sequence[tuple[Values | None, Values | None]]], Iterator[tuple[int, int]]] | None
    ) = field(default=None)

    @cached_property
    def by_name(self) -> Mapping[str, Attribute]:
        return {a.name: a for a in self.attributes}

    @property
    def argument_names(self) -> tuple[str, ...]:
        """Everything that may stand left of `=` in a block of this type."""
        own = (a.name for a in self.attributes if a.presence is not Presence.COMPUTED)
        return (*own, *(s.name for s in self.shorthands))

    def identity_of(self, values: Values) -> str:
        """What people call the object, backslash between the parts."""
        return "\\".join(str(values.get(part, "")) for part in self.identity)
