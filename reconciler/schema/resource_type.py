"""One declaration from which everything about a resource type follows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Final

from reconciler.model.platform import EVERY_VERSION, ONLINE, ROLES, VERSIONS, Platform
from reconciler.model.record import dataclass
from reconciler.model.route import Route
from reconciler.model.values import Canonical, Scalar, Values
from reconciler.schema.attribute import Attribute, Presence
from reconciler.schema.rule import FleetRule, Held, Rule, SceneRule

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
    argument of a backend block that it is, if any; `versions` and `roles` are where that exists. The
    cmdlets that do what `lacks` says do not take it.
    """

    parameter: str
    becomes: str
    setting: str = ""
    roles: tuple[str, ...] = ROLES
    lacks: frozenset[Can] = frozenset()
    versions: tuple[str, ...] = EVERY_VERSION


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


@dataclass(frozen=True, slots=True)
class Per:
    """Objects that Get- shows only for a parent: it is asked once for each object of `noun`, whose
    property `reads` goes into `parameter`.
    """

    noun: str
    parameter: str
    reads: str


@dataclass(frozen=True, slots=True)
class Yields:
    """On servers of `role` objects can be changed only while there is none of the type `to`. The
    rest is what users are told, `why` with the cure.
    """

    to: str
    role: str
    code: str
    summary: str
    why: str


@dataclass(frozen=True, slots=True)
class Seat:
    """One object of the type always has `attribute`, and Exchange refuses to remove it until another
    one has been given it. No two objects have the same value of any of `unique`. The rest is what
    users are told; `called` is what they call the object.
    """

    attribute: str
    unique: tuple[str, ...]
    code: str
    summary: str
    called: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """The change `index` is made in two steps: first with the values `meanwhile`, and as planned
    once the changes `awaited` are made. `aside`: the first step sends nothing else.
    """

    index: int
    awaited: tuple[int, ...]
    meanwhile: Values
    aside: bool = False


Changes = Sequence[tuple[Values | None, Values | None]]
"""Objects before and after; None where there is none."""
After = Sequence[Sequence[int]]
"""For each change those that references put before it; nothing at all where there are none."""
Precedence = tuple[int | str, int | str]
"""From what precedes to what follows: changes by index, or points where many meet by name."""

Order = Callable[[Changes, After], Iterable[Precedence]]
Bridges = Callable[[Changes, After, Sequence[Values]], Iterable[Bridge]]


@dataclass(frozen=True, slots=True)
class Pick:
    """The one among several objects, and what users are told of the choice: a code, a summary and
    a detail where there is something to tell.
    """

    index: int
    code: str = ""
    summary: str = ""
    detail: str = ""


Choose = Callable[[Sequence[Values], str], Pick]
"""Which of several objects a data source means, at that moment (RFC 3339)."""

ALL_AT_ONCE: Final[tuple[Mapping[str, Scalar], ...]] = ({},)
USUAL_VERBS: Final[Mapping[Can, str]] = MappingProxyType(
    {Can.CREATE: "New", Can.UPDATE: "Set", Can.DELETE: "Remove"}
)


@dataclass(frozen=True, eq=False)
class ResourceType:
    """`noun` gives the cmdlets (Get-, New-, Set-, Remove-, or as `verbs` say). `identity` names the attributes that
    form what people type at import. `coupled` are groups of arguments that travel in one call.
    `order` yields (before, after) pairs among peers of one plan that constrain each
    other without a reference; `bridges` those that must be made in two steps because others wait
    for each other in a ring; it is given all objects of the peers that are there, too. Types with one
    and the same `order` and `bridges` are peers. `route` says what an object means for mail, None where that hangs
    on values it is not given. `example` is HCL for the reference page. `home` is the reserved
    backend that alone has objects of the type, "" where users choose one. `reads` makes it a data
    source: the type whose objects it finds. Two types are equal only if
    they are the same.

    Where Get- needs more than one call, `listings` are the parameters of each, or `per` says whose
    objects are asked for. `keyed_by`: the attributes that form the handle of objects without a
    GUID. `counts` says which of the things that Get- shows are objects of the type, None: all.
    `born` is what New- sends in the place of what is wanted while something is `late`; the
    Set- that follows brings the rest. A type without CREATE has objects that are always there:
    they are adopted and let go. `versions` and `roles` say where the type exists, `can_online`
    what Exchange Online can do where that is less. `yields` says what takes the objects out of our hands, `seat` which of them Exchange is never without. `lookups`: what a data source can be asked by,
    besides the identity and the GUID; `choose` where it may take one of several that fit. `setup` says
    of an object that Exchange or its setup made it: nobody is asked why it is not managed.
    """

    name: str
    noun: str
    summary: str
    attributes: tuple[Attribute, ...]
    identity: tuple[str, ...] = ("name",)
    can: frozenset[Can] = frozenset(Can)
    rules: tuple[Rule, ...] = ()
    fleet_rules: tuple[FleetRule, ...] = ()
    scene_rules: tuple[SceneRule, ...] = ()
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
    verbs: Mapping[Can, str] = field(default_factory=lambda: USUAL_VERBS)
    listings: tuple[Mapping[str, Scalar], ...] = ALL_AT_ONCE
    per: Per | None = None
    keyed_by: tuple[str, ...] = ()
    counts: Callable[[Values], bool] | None = None
    setup: Callable[[Values], bool] | None = None
    born: Mapping[str, Canonical] = field(default_factory=dict)
    versions: tuple[str, ...] = VERSIONS
    roles: tuple[str, ...] = ROLES
    can_online: frozenset[Can] | None = None
    lookups: tuple[str, ...] = ()
    choose: Choose | None = None
    order: Order | None = None
    bridges: Bridges | None = None
    yields: Yields | None = None
    seat: Seat | None = None

    @cached_property
    def by_name(self) -> Mapping[str, Attribute]:
        return {a.name: a for a in self.attributes}

    def exists_on(self, platform: Platform) -> bool:
        return platform.version in self.versions and platform.role in self.roles

    def can_on(self, platform: Platform) -> frozenset[Can]:
        """What can be done with objects of the type there."""
        if platform.version == ONLINE and self.can_online is not None:
            return self.can_online
        return self.can

    def late(self, values: Values) -> frozenset[str]:
        """Those of `values` that a Set- after New- must bring; with them what `born` stands for."""
        names = frozenset(
            name for name in values if (late := self.by_name[name].late) and late(values)
        )
        return names | (self.born.keys() & values.keys()) if names else names

    @property
    def every_rule(self) -> tuple[Rule | FleetRule | SceneRule | Held, ...]:
        """Whoever holds it."""
        return (*self.rules, *self.fleet_rules, *self.scene_rules, *self.held)

    @property
    def argument_names(self) -> tuple[str, ...]:
        """Everything that may stand left of `=` in a block of this type."""
        own = (a.name for a in self.attributes if a.presence is not Presence.COMPUTED)
        return (*own, *(s.name for s in self.shorthands))

    def identity_of(self, values: Values) -> str:
        """What people call the object, backslash between the parts."""
        return "\\".join(str(values.get(part, "")) for part in self.identity)
