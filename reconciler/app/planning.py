"""Makes a plan: reads the world once, in bulk, and asks the planner. Writes nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field

from reconciler import __version__
from reconciler.app import braking, extent, undoing
from reconciler.app.clock import now
from reconciler.app.declared import declared
from reconciler.app.project import Project
from reconciler.app.routes import mail_flow
from reconciler.app.session import Session, session, surroundings
from reconciler.app.undoing import fitting
from reconciler.engine import absence, incumbents, lookalikes, succession
from reconciler.engine.adoption import pending
from reconciler.engine.observe import observe
from reconciler.engine.planner import draft
from reconciler.engine.recover import Recovery, recover
from reconciler.engine.restoring import Restoration
from reconciler.engine.schedule import schedule
from reconciler.engine.situation import Draft, Situation
from reconciler.engine.succession import Course
from reconciler.engine.survey import Observed, queries, remembered
from reconciler.engine.targets import NOWHERE, Places
from reconciler.engine.yielding import keepers
from reconciler.lang.value import EPHEMERAL, SENSITIVE, Value, marks, to_json
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error
from reconciler.model.event import Event, Planned, Refreshed, Refreshing
from reconciler.model.plan import Mode, Plan
from reconciler.model.record import dataclass
from reconciler.model.state import Instance, Intent, State
from reconciler.schema.resource_type import IN_STATE

Emit = Callable[[Event], None]
Prepare = Callable[[Session], None]
"""What is done to an open session before a plan is made."""


@dataclass(frozen=True, slots=True)
class Options:
    """The planning flags. `lock_timeout` in seconds; `places` where targets are from files; `undo`
    is a run, and what was changed since is brought back too with `overwrite`.
    """

    mode: Mode = Mode.NORMAL
    refresh: bool = True
    targets: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    replace: tuple[str, ...] = ()
    parallelism: int = 10
    lock_timeout: float = 0.0
    message: str = ""
    places: Places = field(default_factory=lambda: NOWHERE)
    undo: int = 0
    overwrite: bool = False

    @property
    def destroys_all(self) -> bool:
        """Whether nothing is to be left."""
        return self.mode is Mode.DESTROY and not (self.targets or self.excludes)


@dataclass(frozen=True, slots=True)
class Made:
    """A plan with what carrying it out needs besides."""

    plan: Plan
    draft: Draft
    state: State


def as_it_is(_at: Session) -> None:
    """Nothing to do before a plan is made."""


def make(project: Project, options: Options, emit: Emit, prepare: Prepare = as_it_is) -> Plan:
    """The plan. Raises ReconcilerError with everything that is wrong."""
    with session(project) as at:
        prepare(at)
        return made(at, options, emit).plan


def made(at: Session, options: Options, emit: Emit) -> Made:
    """Reads state and world, and plans."""
    at = fitting(at, options.mode)
    state = at.store.read()
    observed = look(at, state, options, emit)
    recovery = settled(state, observed, at)
    return plan(at, recovery.state, observed, options, emit)


def look(at: Session, state: State, options: Options, emit: Emit) -> Observed:
    """What the backends say; without a refresh, what state says. Open intents and imports must
    be looked for in any case.
    """
    refuse_unknown(state, at)
    at.memory.recall(state.instances, IN_STATE)
    as_remembered = not (options.refresh or state.intents or options.undo)
    sources = any(at.types[b.type].reads for b in at.configuration.blocks() if b.type in at.types)
    if as_remembered and not sources and not pending(at.configuration, state):
        return remembered(state)
    wanted = {*_undone(at, options), *(() if options.mode is Mode.DESTROY else declared(at))}
    wanted |= keepers(wanted, state, at.types, at.platforms)
    emit(Refreshing(state.instances))
    seen = observe(queries(wanted, state), at.backends, at.types, emit)
    emit(Refreshed(state.instances))
    if not as_remembered:
        return seen
    known = remembered(state)
    return {query: {**here, **known.get(query, {})} for query, here in seen.items()}


def _undone(at: Session, options: Options) -> Iterable[tuple[str, str]]:
    """Where an undo brings objects back to."""
    if options.mode is not Mode.UNDO:
        return ()
    rows = undoing.before(at, options.undo)
    refuse_unknown(State(instances=rows), at)
    return {(row.backend, row.address.type) for row in rows}


def refuse_unknown(state: State, at: Session) -> None:
    """State that names a backend or type which is not there cannot be planned with."""
    rows: tuple[Instance | Intent, ...] = (*state.instances, *state.intents)
    for instance in rows:
        if instance.backend not in at.backends:
            raise ReconcilerError(
                error(
                    "backend-gone",
                    "State names a backend that is not configured",
                    f"{instance.address} lives in {absence.called(instance.backend)}, "
                    "which has no block in the configuration. Put the block back, or remove the "
                    "object from state first.",
                )
            )
        if instance.address.type not in at.types:
            raise ReconcilerError(
                error(
                    "type-gone",
                    "State names an unknown resource type",
                    f"{instance.address} is of a type that this version does not know. Use the version that "
                    "made it, or the package that brings the type.",
                )
            )
    absence.of_rows(((row.address, row.backend) for row in rows), at.types, at.platforms)


def settled(state: State, observed: Observed, at: Session) -> Recovery:
    """Open intents settled in memory. Raises ReconcilerError where one proves nothing."""
    recovery = recover(state, observed, at.types)
    if recovery.problems:
        raise ReconcilerError(*recovery.problems)
    return recovery


def plan(at: Session, state: State, observed: Observed, options: Options, emit: Emit) -> Made:
    """The plan for a session whose state and world have been read."""
    problems = Collector()
    timestamp = now()
    drawn = draft(situation(at, state, observed, options, timestamp), problems)
    problems.stop_on_errors()
    steps = schedule(drawn.moves, at.types, observed)
    problems.extend(incumbents.left(drawn.changes, at.types))
    problems.extend(succession.judged(Course(drawn, steps, observed, options.mode)))
    problems.stop_on_errors()
    result = Plan(
        mode=options.mode,
        tool_version=__version__,
        lineage=state.lineage,
        serial=state.serial,
        versions=extent.versions(state, drawn.changes if _is_partial(options) else None),
        config_digest=at.configuration.digest,
        workspace=at.project.workspace,
        changes=tuple(drawn.changes),
        drift=drawn.drift,
        steps=steps,
        outputs=drawn.outputs,
        checks=tuple(drawn.checks),
        sources=tuple(drawn.sources),
        mail_flow=mail_flow(at.types, drawn.state, observed, drawn),
        renames=lookalikes.found(drawn, at.configuration),
        brakes=braking.found(at, drawn, observed, all_goes=options.destroys_all),
        warnings=_warnings(at, problems),
        variables=dict(_variables(at.variables)),
        targets=(*options.targets, *options.excludes),
        timestamp=timestamp,
        files=drawn.resolver.sight.reads.all(),
        undoes=options.undo,
    )
    emit(Planned(result))
    return Made(result, drawn, state)


def _is_partial(options: Options) -> bool:
    return bool(options.targets or options.excludes)


def _warnings(at: Session, problems: Collector) -> tuple[Diagnostic, ...]:
    return (*at.problems.warnings, *problems.warnings)


def situation(
    at: Session, state: State, observed: Observed, options: Options, timestamp: str
) -> Situation:
    """What the planner takes."""
    undo = (
        undoing.restoration(at, options.undo, state, overwrite=options.overwrite)
        if options.mode is Mode.UNDO
        else Restoration()
    )
    return Situation(
        at.configuration,
        surroundings(at, state, timestamp),
        state,
        observed,
        options.mode,
        options.targets,
        options.excludes,
        options.replace,
        options.places,
        undo,
    )


def _variables(given: Mapping[str, Value]) -> dict[str, object]:
    """What a saved plan may hold: nothing sensitive, nothing ephemeral."""
    return {
        name: to_json(value)
        for name, value in given.items()
        if not marks(value) & {SENSITIVE, EPHEMERAL}
    }
