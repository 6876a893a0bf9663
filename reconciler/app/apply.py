"""Converges: plan or take a saved plan, ask, carry out, record, and say how it ended."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic

from reconciler.app import plan_file as files
from reconciler.app import results
from reconciler.app.clock import now
from reconciler.app.planning import Emit, Made, Options, look, plan, settled
from reconciler.app.project import Project
from reconciler.app.session import Session, session, surroundings
from reconciler.app.signals import heeded
from reconciler.app.undoing import fitting
from reconciler.engine import conflicts
from reconciler.engine.execute import execute, interrupted
from reconciler.engine.finish import Finishing
from reconciler.engine.observe import observe
from reconciler.engine.ports import Journal, Ports, Report, Stop
from reconciler.engine.recover import Recovery
from reconciler.engine.resolve import Resolver
from reconciler.engine.situation import Draft
from reconciler.engine.survey import Query
from reconciler.lang.scope import Moment
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error
from reconciler.model.event import Finished, Noticed, OutputsKnown, Recovered, Tally
from reconciler.model.plan import Mode, Plan
from reconciler.model.record import dataclass
from reconciler.model.state import Handle, State
from reconciler.model.values import Values
from reconciler.store.base import Run, RunStatus, Settled
from reconciler.store.process import this_process

Approve = Callable[[Plan], bool]
COMMANDS = {Mode.DESTROY: "destroy", Mode.UNDO: "undo"}
FRESH = 5.0
"""Seconds for which what was read of Exchange counts as what is there."""


@dataclass(frozen=True, slots=True)
class _Work:
    """One run from lease to report."""

    at: Session
    options: Options
    emit: Emit
    stop: Stop
    journal: Journal


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
                at.store.check()
                with at.store.lease(this_process(command), options.lock_timeout) as lease:
                    work = _Work(at, options, emit, stop, Journal(at.store, lease, 0))
                    return _under_lease(work, saved, approve, command)[1]
        except KeyboardInterrupt as signal:
            raise ReconcilerError(interrupted(is_under_way=stop.patiently.is_set())) from signal


def unasked(at: Session, options: Options, emit: Emit, stop: Stop, command: str) -> Made:
    """The same in a session that is open, without a question: the plan that was carried out."""
    with at.store.lease(this_process(command), options.lock_timeout) as lease:
        work = _Work(at, options, emit, stop, Journal(at.store, lease, 0))
        return _under_lease(work, None, lambda _: True, command)[0]


def _under_lease(
    work: _Work, saved: Plan | None, approve: Approve, command: str
) -> tuple[Made, Tally | None]:
    state = work.at.store.read(work.journal.lease)
    options = replace(work.options, refresh=saved is None and work.options.refresh)
    looked = monotonic() - (FRESH if saved else 0.0)
    observed = look(work.at, state, options, work.emit)
    recovery = settled(state, observed, work.at)
    made = _from_file(work, saved, recovery) if saved else plan(
        work.at, recovery.state, observed, work.options, work.emit
    )  # fmt: skip
    nothing = made.plan.is_empty and not made.plan.steps and not recovery.settlements
    if not nothing and not made.plan.is_empty and not approve(made.plan):
        raise ReconcilerError(_declined())
    _refuse_usurped(work, made, looked)
    if nothing:
        work.emit(OutputsKnown(made.state.outputs))
    return made, None if nothing else _recorded(work, made, recovery, command)


def _refuse_usurped(work: _Work, made: Made, looked: float) -> None:
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


def _recorded(work: _Work, made: Made, recovery: Recovery, command: str) -> Tally | None:
    """Carries out inside a run that history keeps, whatever happens."""
    work.stop.patiently.set()
    store, lease = work.at.store, work.journal.lease
    number = store.begin(lease, _run(work, made.plan, command))
    work = replace(work, journal=replace(work.journal, run=number))
    try:
        made = replace(made, state=_journal_recovery(work, made.state, recovery))
        report = _carry_out(work, made)
    except BaseException:
        # What went wrong first is what the user must hear of.
        with suppress(ReconcilerError):
            store.finish(lease, number, _broken_off(work.stop))
        raise
    if not made.plan.is_empty:
        work.emit(Finished(report.tally, made.plan.mode.value))
    store.finish(lease, number, results.status(report, work.stop))
    return None if made.plan.is_empty else report.tally


def _broken_off(stop: Stop) -> RunStatus:
    return RunStatus.INTERRUPTED if stop.signal else RunStatus.FAILED


def _run(work: _Work, planned: Plan, command: str) -> Run:
    holder = this_process(command)
    return Run(
        id=0,
        command=command,
        user=holder.user,
        host=holder.host,
        message=work.options.message,
        plan_digest=files.digest(planned),
        started=now(),
    )


def _journal_recovery(work: _Work, state: State, recovery: Recovery) -> State:
    """Makes the settlement of old intents durable, and returns the state as now stored."""
    if not recovery.settlements:
        return state
    outcomes: list[Settled] = []
    for one in recovery.settlements:
        address = str(one.intent.address)
        outcomes.append(Settled(one.intent.id, address, one.before, one.after, one.intent.deposed))
        if one.deposed is not None:
            outcomes.append(Settled("", address, None, one.deposed, one.deposed.deposed))
        work.emit(Recovered(address, one.intent.verb.value, one.how))
    work.journal.store.settle(work.journal.lease, work.journal.run, outcomes)
    return work.at.store.read(work.journal.lease)


def _carry_out(work: _Work, made: Made) -> Report:
    made.draft.resolver.sight.begin(Moment(made.plan.timestamp, apply=now()))
    finishing = Finishing(made.draft)
    ports = Ports(
        backends=work.at.backends,
        types=work.at.types,
        prepare=finishing.prepare,
        confirm=finishing.confirm,
        read=lambda step: finishing.read(step, lambda query: _looked(work, query)),
        emit=work.emit,
        stop=work.stop,
        parallelism=work.options.parallelism,
    )
    report = execute(made.plan.steps, made.state, ports, work.journal)
    if report.broken is not None:
        work.emit(Finished(report.tally, made.plan.mode.value))
        raise report.broken
    found = results.final(made, report, finishing)
    changed = results.changed(made.state.outputs, found)
    if changed:
        work.journal.store.set_outputs(work.journal.lease, work.journal.run, changed)
    work.emit(OutputsKnown(found))
    _look_again(work, made, report, finishing)
    return report


def _looked(work: _Work, query: Query) -> Mapping[Handle, Values]:
    return observe([query], work.at.backends, work.at.types, work.emit)[query]


def _look_again(work: _Work, made: Made, report: Report, finishing: Finishing) -> None:
    """Check blocks that could not be told before, and sources of theirs that cannot be read."""
    unsure = {check.address for check in made.plan.checks if check.status == "unknown"}
    if unsure or finishing.unread:
        finishing.learn(report.rows)
        work.emit(Noticed(finishing.assertions(unsure)))


def _from_file(work: _Work, saved: Plan, recovery: Recovery) -> Made:
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
