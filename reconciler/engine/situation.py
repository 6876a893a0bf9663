"""What planning is given, and what it gives back."""

from dataclasses import field

from reconciler.config.blocks import Configuration
from reconciler.config.expand import Names
from reconciler.config.movement import Statement
from reconciler.engine.moves import Move
from reconciler.engine.resolve import Resolver, Surroundings
from reconciler.engine.restoring import Restoration
from reconciler.engine.survey import Observed
from reconciler.engine.targets import NOWHERE, Places
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.plan import Change, Check, Drift, Mode, OutputChange, Source
from reconciler.model.record import dataclass
from reconciler.model.state import State


@dataclass(frozen=True, slots=True)
class Situation:
    """The four pictures of the world, and what is asked for. `undo` is what an undo brings back;
    it takes the place of the configuration then.
    """

    configuration: Configuration
    surroundings: Surroundings
    state: State
    observed: Observed
    mode: Mode = Mode.NORMAL
    targets: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    replacements: tuple[str, ...] = ()
    places: Places = field(default_factory=lambda: NOWHERE)
    undo: Restoration = field(default_factory=Restoration)


@dataclass(slots=True)
class Draft:
    """A plan whose steps have no order yet, and what apply needs besides: the resolver that
    evaluates what is still open, and each desired instance with its secrets. `state` is the one
    that was planned from: under its new addresses, with what is taken over.
    """

    resolver: Resolver
    state: State = State()
    changes: list[Change] = field(default_factory=list)
    drift: tuple[Drift, ...] = ()
    moves: list[Move] = field(default_factory=list)
    outputs: tuple[OutputChange, ...] = ()
    checks: list[Check] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    desired: dict[Address, Desired] = field(default_factory=dict)
    scopes: dict[Address, Names] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
