"""What a writer of configuration is told of the project, and what it answers. Plain data."""

from collections.abc import Collection, Mapping
from dataclasses import field

from reconciler.model.plan import Change
from reconciler.model.record import dataclass
from reconciler.model.state import Handle


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`labels` are the (type, label) pairs that are in use, `references` what gives the GUID of an
    object that is managed already, `backends` how the backend of an alias is written, `names` those
    of files that are there.
    """

    labels: Collection[tuple[str, str]]
    references: Mapping[str, str]
    backends: Mapping[str, str]
    names: Collection[str]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An object that is not written, and why not."""

    type: str
    identity: str
    why: str


@dataclass(frozen=True, slots=True)
class Page:
    """One file; of `objects` and `resources` it has so many."""

    name: str
    text: str
    objects: int
    resources: int


@dataclass(frozen=True, slots=True)
class Draft:
    """Files that take objects over; `addresses` say which under which."""

    pages: tuple[Page, ...]
    left_out: tuple[LeftOut, ...] = ()
    addresses: Mapping[str, Handle] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What was written. `imported` objects are taken over by a plan with these files, `changes` are
    what it would do to them (nothing, or the proof failed), and `others` counts what else it would
    do. `hidden` counts objects of Exchange's own that were left alone.
    """

    draft: Draft
    imported: int = 0
    changes: tuple[Change, ...] = ()
    others: int = 0
    hidden: int = 0
