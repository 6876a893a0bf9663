"""Converges: plan or take a saved plan, ask, carry out, record, and say how it ended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic

from reconciler.app import extent
from reconciler.app import plan_file as files
from reconciler.app.planning import Emit, Made, Options, look, plan, settled
from reconciler.app.project import Project
from reconciler.app.running import Work, recorded
from reconciler.app.session import Session, session, surroundings
from reconciler.app.signals import heeded
from reconciler.app.undoing import fitting
from reconciler.engine import conflicts
from reconciler.engine.execute import interrupted
from reconciler.engine.finish import Finishing
from reconciler.engine.observe import observe
from reconciler.engine.ports import Journal, Stop
from reconciler.engine.recover import Recovery
from reconciler.engine.resolve import Resolver
from reconciler.engine.situation import Draft
from reconciler.engine.survey import Query
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error, warning
from reconciler.model.event import Noticed, OutputsKnown, Tally
from reconciler.model.plan import Mode, Plan
from reconciler.store.base import Holder, Lease, Scope
from reconciler.store.process import this_process

Approve = Callable[[Plan], bool]
Shape = Callable[[Made], Made]
"""What becomes of a fresh plan before it is carried out."""
COMMANDS = {Mode.DESTROY: "destroy", Mode.UNDO: "undo"}
FRESH = 5.0
"""Seconds for which what was read of Exchange counts as what is there."""
_ATTEMPTS = 3
NOBODY = Lease(Holder("", "", 0, "", ""))
"""Whoever has no lease yet: all that are held are others'."""


def run(
    project: Project, options: Options, emit: Emit, *, plan_file: Path | None, approve: Approve
) -> Tally | None:
    """The counts of what was done; None where there was nothing to do. What failed was emitted.

    Raises ReconcilerError where nothing could be begun, or where the store failed on the way.
    """
    stop = Stop()
    with heeded(stop):
        try:
            saved = files.load(project, plan_file) if plan_file else None
            mode = saved.mode if saved else options.mode
            command = COMMANDS.get(mode, "apply")
            with session(project, saved.variables if saved else None) as opened:
                at = fitting(opened, mode)
                plain = Work(at, options, emit, stop, Journal(at.store, NOBODY, 0), command)
                if saved is None and (options.targets or options.excludes):
                    return _beside_others(plain, approve)
                scope = extent.scope(saved, at.store.read(NOBODY)) if saved else None
                with _leased(plain, scope) as work:
                    return _under_lease(work, saved, approve)[1]
        except KeyboardInterrupt as signal:
            raise ReconcilerError(interrupted(is_under_way=stop.patiently.is_set())) from signal


def _as_it_is(made: Made) -> Made:
    return made


def unasked(
    at: Session,
    options: Options,
    emit: Emit,
    stop: Stop,
    command: str,
    shape: Shape = _as_it_is,
) -> Made:
    """The same in an open session, without a question: the plan as `shape` made it."""
    with _leased(Work(at, options, emit, stop, Journal(at.store, NOBODY, 0), command)) as work:
        return _under_lease(work, None, lambda _: True, shape)[0]


@contextmanager
def _leased(work: Work, scope: Scope = None) -> Iterator[Work]:
    store, holder = work.at.store, this_process(work.command)
    with store.lease(holder, work.options.lock_timeout, scope) as lease:
        if lease.dead:
            work.emit(Noticed(tuple(map(_taken_over, lease.dead))))
        yield replace(work, journal=Journal(store, lease, 0))


def _taken_over(dead: Holder) -> Diagnostic:
    return warning(
        "lease-ran-out",
        "A run before this one has died",
        f"{dead.user} on {dead.host} worked here with {dead.what}, process {dead.process}, since "
        f"{dead.started}, and never gave the state back. What it had under way is looked up now.",
    )


def _beside_others(work: Work, approve: Approve) -> Tally | None:
    """With targets: the plan says what to lease. What others change meanwhile is planned anew."""
    work.at.store.check()
    for _ in range(_ATTEMPTS):
        looked = monotonic()
        state = work.at.store.read(NOBODY)
        observed = look(work.at, state, work.options, work.emit)
        recovery = settled(state, observed, work.at)
        made = plan(work.at, recovery.state, observed, work.options, work.emit)
        with _leased(work, extent.scope(made.plan, state)) as leased:
            found = leased.at.store.read(leased.journal.lease)
            if found.intents == state.intents and extent.now(made.plan, found) == extent.now(
                made.plan, state
            ):
                return _agreed(leased, made, recovery, looked, approve)
    raise ReconcilerError(_restless())


def _under_lease(
    work: Work, saved: Plan | None, approve: Approve, shape: Shape = _as_it_is
) -> tuple[Made, Tally | None]:
    state = work.at.store.read(work.journal.lease)
    options = replace(work.options, refresh=saved is None and work.options.refresh)
    looked = monotonic() - (FRESH if saved else 0.0)
    observed = look(work.at, state, options, work.emit)
    recovery = settled(state, observed, work.at)
    made = _from_file(work, saved, recovery) if saved else shape(
        plan(work.at, recovery.state, observed, work.options, work.emit)
    )  # fmt: skip
    return made, _agreed(work, made, recovery, looked, approve)


def _agreed(
    work: Work, made: Made, recovery: Recovery, looked: float, approve: Approve
) -> Tally | None:
    nothing = made.plan.is_empty and not made.plan.steps and not recovery.settlements
    if not nothing and not made.plan.is_empty and not approve(made.plan):
        raise ReconcilerError(_declined())
    _refuse_usurped(work, made, looked)
    if nothing:
        work.emit(OutputsKnown(made.state.outputs))
    if _needs_key(made.plan):
        work.at.store.check_key()
    return None if nothing else recorded(work, made, recovery)


def _needs_key(plan: Plan) -> bool:
    return any(s.sensitive for s in plan.steps) or any(o.sensitive for o in plan.outputs)


def _refuse_usurped(work: Work, made: Made, looked: float) -> None:
    """A plan that has waited for a yes, or in a file, may find its names taken: a careless target
    would then hold two objects of one name.
    """
    steps, types = made.plan.steps, work.at.types
    if monotonic() - looked < FRESH or not any(conflicts.takes(step, types) for step in steps):
        return
    wanted = {(step.backend, step.address.type) for step in steps if conflicts.takes(step, types)}
    observed = observe(
        [Query(*pair) for pair in sorted(wanted)], work.at.backends, types, work.emit
    )
    found = tuple(conflicts.usurped(steps, made.state, observed, types))
    if found:
        raise ReconcilerError(*found)


def _from_file(work: Work, saved: Plan, recovery: Recovery) -> Made:
    """A saved plan with what it lacks: secrets and deferred values come from the configuration
    that it was made of.
    """
    files.refuse_stale(saved, work.at, recovery)
    around = surroundings(work.at, recovery.state, saved.timestamp)
    resolver = Resolver(work.at.configuration, around, Collector())
    draft = Draft(resolver, changes=list(saved.changes), sources=list(saved.sources))
    # Before anything is done: a wrong password should not come to light half-way.
    Finishing(draft).check_secrets(saved.steps)
    return Made(saved, draft, recovery.state)


def _declined() -> Diagnostic:
    return error(
        "not-approved",
        "Not applied",
        'Only "yes" is taken for approval. Nothing was changed.',
    )


def _restless() -> Diagnostic:
    return error(
        "state-changed",
        "Other runs change what this one works on",
        "Each time it had planned, something that the plan was made of had changed. Nothing was "
        "done. Run the command again when they have ended.",
    )
