"""One run, from its line in the history to its report: carried out, recorded, and looked at again.

The plan is made and agreed to, and the lease is held. What happens here is kept, whatever breaks.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace

from reconciler.app import plan_file as files
from reconciler.app import results
from reconciler.app.clock import now
from reconciler.app.planning import Emit, Made, Options
from reconciler.app.session import Session
from reconciler.engine.execute import execute
from reconciler.engine.finish import Finishing
from reconciler.engine.observe import observe
from reconciler.engine.ports import Journal, Ports, Report, Stop
from reconciler.engine.recover import Recovery
from reconciler.engine.survey import Query
from reconciler.lang.scope import Moment
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.event import Finished, Noticed, OutputsKnown, Recovered, Tally
from reconciler.model.plan import Plan
from reconciler.model.record import dataclass
from reconciler.model.state import Handle, State
from reconciler.model.values import Values
from reconciler.store.base import Run, RunStatus, Settled
from reconciler.store.process import this_process


@dataclass(frozen=True, slots=True)
class Work:
    """One run from lease to report. `command` is what the user said: apply, destroy."""

    at: Session
    options: Options
    emit: Emit
    stop: Stop
    journal: Journal
    command: str


def recorded(work: Work, made: Made, recovery: Recovery) -> Tally | None:
    """Carries out inside a run that history keeps, whatever happens."""
    work.stop.patiently.set()
    store, lease = work.at.store, work.journal.lease
    number = store.begin(lease, _run(work, made.plan))
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


def _run(work: Work, planned: Plan) -> Run:
    holder = this_process(work.command)
    return Run(
        id=0,
        command=work.command,
        user=holder.user,
        host=holder.host,
        message=work.options.message,
        plan_digest=files.digest(planned),
        started=now(),
    )


def _journal_recovery(work: Work, state: State, recovery: Recovery) -> State:
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


def _carry_out(work: Work, made: Made) -> Report:
    made.draft.resolver.sight.begin(Moment(made.plan.timestamp, apply=now()))
    finishing = Finishing(made.draft)
    ports = Ports(
        backends=work.at.backends,
        types=work.at.types,
        prepare=finishing.prepare,
        confirm=finishing.confirm,
        read=lambda step: finishing.read(step, lambda query: _looked(work, query)),
        seen=lambda step: tuple(_looked(work, Query(step.backend, step.address.type))),
        emit=work.emit,
        stop=work.stop,
        parallelism=work.options.parallelism,
    )
    report = execute(made.plan.steps, made.state, ports, work.journal)
    taken = results.imported(made, report)
    report = replace(report, tally=replace(report.tally, imported=taken))
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


def _looked(work: Work, query: Query) -> Mapping[Handle, Values]:
    return observe([query], work.at.backends, work.at.types, work.emit)[query]


def _look_again(work: Work, made: Made, report: Report, finishing: Finishing) -> None:
    """Check blocks that could not be told before, and what is to be said of sources."""
    unsure = {check.address for check in made.plan.checks if check.status == "unknown"}
    if unsure or finishing.notes:
        finishing.learn(report.rows)
        work.emit(Noticed(finishing.assertions(unsure)))
