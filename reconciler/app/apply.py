"""Converges: plan or take a saved plan, ask, carry out, record, and say how it ended."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import gmtime, strftime

from reconciler.app import plan_file as files
from reconciler.app.planning import Emit, Made, Options, look, plan, settled
from reconciler.app.project import Project
from reconciler.app.session import Session, session, surroundings
from reconciler.app.signals import heeded
from reconciler.engine import outputs
from reconciler.engine.execute import Journal, Ports, Report, Stop, execute
from reconciler.engine.finish import Finishing
from reconciler.engine.recover import Recovery
from reconciler.engine.resolve import Resolver
from reconciler.engine.situation import Draft
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error
from reconciler.model.event import Finished, Recovered, Tally
from reconciler.model.plan import Action, Mode, Plan
from reconciler.model.state import State
from reconciler.store.base import Run, RunStatus, Settled
from reconciler.store.process import this_process

Approve = Callable[[Plan], bool]


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
    saved = files.load(project, plan_file) if plan_file else None
    stop = Stop()
    command = "destroy" if options.mode is Mode.DESTROY else "apply"
    with session(project, saved.variables if saved else None) as at, heeded(stop, emit):
        at.store.check()
        holder = this_process(command)
        with at.store.lease(holder, options.lock_timeout) as lease:
            work = _Work(at, options, emit, stop, Journal(at.store, lease, 0))
            return _under_lease(work, saved, approve, command)


def _under_lease(work: _Work, saved: Plan | None, approve: Approve, command: str) -> Tally | None:
    state = work.at.store.read()
    options = replace(work.options, refresh=saved is None and work.options.refresh)
    observed = look(work.at, state, options, work.emit)
    recovery = settled(state, observed, work.at)
    made = _from_file(work, saved, recovery) if saved else plan(
        work.at, recovery.state, observed, work.options, work.emit
    )  # fmt: skip
    nothing = made.plan.is_empty and not made.plan.steps and not recovery.settlements
    if not nothing and not made.plan.is_empty and not approve(made.plan):
        raise ReconcilerError(_declined())
    if work.stop.gently.is_set():
        raise ReconcilerError(_interrupted())
    return None if nothing else _recorded(work, made, recovery, command)


def _recorded(work: _Work, made: Made, recovery: Recovery, command: str) -> Tally | None:
    """Carries out inside a run that history keeps, whatever happens."""
    number = work.at.store.begin(work.journal.lease, _run(work, made.plan, command))
    work = replace(work, journal=replace(work.journal, run=number))
    status = RunStatus.INTERRUPTED
    try:
        made = replace(made, state=_journal_recovery(work, made.state, recovery))
        report = _carry_out(work, made)
        status = _status(report, work.stop)
    except ReconcilerError:
        status = RunStatus.FAILED
        raise
    finally:
        work.at.store.finish(work.journal.lease, number, status)
    if made.plan.is_empty:
        return None
    work.emit(Finished(report.tally, made.plan.mode.value))
    return report.tally


def _run(work: _Work, planned: Plan, command: str) -> Run:
    holder = this_process(command)
    return Run(
        id=0,
        command=command,
        user=holder.user,
        host=holder.host,
        message=work.options.message,
        plan_digest=files.digest(planned),
        started=strftime("%Y-%m-%dT%H:%M:%SZ", gmtime()),
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
    return work.at.store.read()


def _carry_out(work: _Work, made: Made) -> Report:
    finishing = Finishing(made.draft)
    ports = Ports(
        backends=work.at.backends,
        types=work.at.types,
        prepare=finishing.prepare,
        confirm=finishing.confirm,
        emit=work.emit,
        stop=work.stop,
        parallelism=work.options.parallelism,
    )
    report = execute(made.plan.steps, made.state, ports, work.journal)
    _write_outputs(work, made, report, finishing)
    return report


def _write_outputs(work: _Work, made: Made, report: Report, finishing: Finishing) -> None:
    """Only where one changed. Outputs that hang on something that failed keep their value."""
    if made.plan.mode is Mode.DESTROY:
        found = {} if not report.rows.all() else made.state.outputs
    elif all(o.action is Action.NO_OP for o in made.plan.outputs):
        return
    else:
        finishing.learn(report.rows)
        found = outputs.final(made.draft.resolver, made.state)
    if found != made.state.outputs:
        work.journal.store.set_outputs(work.journal.lease, work.journal.run, found)


def _status(report: Report, stop: Stop) -> RunStatus:
    if report.tally.failed or report.tally.skipped:
        return RunStatus.PARTIAL if report.tally.done else RunStatus.FAILED
    if stop.gently.is_set() and report.tally.not_started:
        return RunStatus.INTERRUPTED
    return RunStatus.DONE


def _from_file(work: _Work, saved: Plan, recovery: Recovery) -> Made:
    """A saved plan with what it lacks: secrets and deferred values come from the configuration
    that it was made of.
    """
    files.refuse_stale(saved, work.at, recovery)
    resolver = Resolver(work.at.configuration, surroundings(work.at, recovery.state), Collector())
    return Made(saved, Draft(resolver, changes=list(saved.changes)), recovery.state)


def _declined() -> Diagnostic:
    return error(
        "not-approved",
        "Not applied",
        'Only "yes" is taken for approval. Nothing was changed.',
    )


def _interrupted() -> Diagnostic:
    return error(
        "interrupted",
        "Interrupted",
        "The run was asked to stop. What was under way was finished and recorded; the rest was "
        "not started. Run the same command again to go on.",
    )
