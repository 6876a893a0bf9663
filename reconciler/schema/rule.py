"""What must hold between the arguments of one object, or among the objects of one type."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from enum import StrEnum

from reconciler.model.platform import Platform
from reconciler.model.record import dataclass
from reconciler.model.values import Values


class Level(StrEnum):
    """E: the server refuses. E?: documentation says must (an error here too). W: accepted
    without effect. L: worth a warning.
    """

    E = "E"
    DOCUMENTED = "E?"
    W = "W"
    L = "L"

    @property
    def is_error(self) -> bool:
        return self in (Level.E, Level.DOCUMENTED)


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule: the `attribute` that is the culprit, what is wrong, and the cure."""

    attribute: str
    detail: str


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """`check` yields findings over canonical values with defaults filled in; it is not asked
    while a value of its `attributes` is UNKNOWN (`rules.check` sees to that). `given` names the arguments that the user wrote. `code` is
    the diagnostic's code, `id` the R-number. `attributes` are all that it looks at. `always`: it
    may be broken even where none of them is written.
    """

    id: str
    level: Level
    code: str
    summary: str
    attributes: tuple[str, ...]
    check: Callable[[Values, frozenset[str], Platform], Iterator[Finding]]
    source: str = ""
    always: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """A rule that something other than a check of values holds: the kind of an argument, the
    versions it exists on, the backend. `code` is the diagnostic's all the same, `how` says who.
    """

    id: str
    level: Level
    code: str
    summary: str
    attributes: tuple[str, ...]
    how: str
    source: str = ""


Fleet = Sequence[tuple[str, Values]]
FleetCheck = Callable[[Fleet, Fleet, Platform], Iterator[tuple[int, Finding]]]


@dataclass(frozen=True, slots=True, eq=False)
class FleetRule:
    """`check` sees all objects of the type at once, as (label, values) pairs: first those that are
    wanted, then others that are there and that nobody here manages. It yields (index of the
    culprit among the first, finding).
    """

    id: str
    level: Level
    code: str
    summary: str
    check: FleetCheck
    source: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """All objects of a type on one backend, as a fleet rule sees them, with what surrounds them.

    `before` is what each of `wanted` is now, None where it is still to be made. `beside` are the
    objects of other types, those that are wanted and those that are there.
    """

    wanted: Fleet
    others: Fleet
    before: Sequence[Values | None]
    platform: Platform
    beside: Mapping[str, Fleet] = field(default_factory=dict)


SceneCheck = Callable[[Scene], Iterator[tuple[int, Finding]]]


@dataclass(frozen=True, slots=True, eq=False)
class SceneRule:
    """A rule that needs more than what is wanted: what is there before, or objects of the types
    `beside`. It yields (index of the culprit among the wanted, finding). `attributes` are those of
    the wanted that it looks at. `asks`: where one of them is written, `beside` is read for this
    rule alone.
    """

    id: str
    level: Level
    code: str
    summary: str
    check: SceneCheck
    beside: tuple[str, ...] = ()
    source: str = ""
    attributes: tuple[str, ...] = ()
    asks: bool = False
