"""What carrying out a plan needs of the world, and what a run leaves behind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from threading import Event as Flag

from reconciler.backends.base import Backend
from reconciler.model.address import Address
from reconciler.model.diagnostic import Diagnostic, ReconcilerError
from reconciler.model.event import Event, Tally
from reconciler.model.plan import Step
from reconciler.model.record import dataclass
from reconciler.model.state import Handle, Instance, State
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType
from reconciler.store.base import Lease, Settled, Store


@dataclass(slots=True)
class Stop:
    """`gently`: what is under way ends and nothing begins; `signal` names what asked for it.

    `patiently` is set as soon as there may be something to end. Before that a signal ends the
    program at once.
    """

    gently: Flag = field(default_factory=Flag)
    patiently: Flag = field(default_factory=Flag)
    signal: str = ""


@dataclass(frozen=True, slots=True)
class Journal:
    """The right to write, and where."""

    store: Store
    lease: Lease
    run: int


@dataclass(frozen=True, slots=True)
class Prepared:
    """A step whose deferred values and secrets are filled in: `values` in the open."""

    step: Step
    values: Values


class Rows:
    """The instances as they stand, while steps change them."""

    def __init__(self, state: State) -> None:
        self._rows = {(str(i.address), i.deposed): i for i in state.instances}

    def get(self, address: Address, deposed: str = "") -> Instance | None:
        return self._rows.get((str(address), deposed))

    def take(self, outcomes: Iterable[Settled]) -> None:
        """What the store was told."""
        for outcome in outcomes:
            self._rows.pop((outcome.address, outcome.deposed), None)
            after = outcome.after
            if after is not None:
                self._rows[str(after.address), after.deposed] = after

    def all(self) -> tuple[Instance, ...]:
        return tuple(self._rows.values())


@dataclass(frozen=True, slots=True)
class Ports:
    """`prepare` fills in a step just before its call, from the rows so far; `confirm` checks
    postconditions of the row that came of it; `read` reads a data source; `seen` says what is
    there of a step's type.
    """

    backends: Mapping[str, Backend]
    types: Mapping[str, ResourceType]
    prepare: Callable[[Step, Rows], Prepared]
    confirm: Callable[[Step, Instance], Sequence[Diagnostic]]
    read: Callable[[Step], None]
    seen: Callable[[Step], Sequence[Handle]]
    emit: Callable[[Event], None]
    stop: Stop
    parallelism: int = 10


@dataclass(frozen=True, slots=True)
class Report:
    """How a run ended. `broken` is the store's failure where it could not take what was done;
    what it did not take stands in the journal.
    """

    tally: Tally
    rows: Rows
    broken: ReconcilerError | None = None
