"""What a run leaves behind besides objects: its outputs, and how it ended."""

from collections.abc import Mapping

from reconciler.app.planning import Made
from reconciler.engine import outputs
from reconciler.engine.finish import Finishing
from reconciler.engine.ports import Report, Stop
from reconciler.model.plan import Action, Mode
from reconciler.model.state import Output
from reconciler.store.base import RunStatus


def final(made: Made, report: Report, finishing: Finishing) -> Mapping[str, Output]:
    """Outputs as they are after the run. Those that hang on something that failed keep their value."""
    planned, before = made.plan.outputs, made.state.outputs
    if all(output.action is Action.NO_OP for output in planned):
        return before
    match made.plan.mode:
        case Mode.DESTROY:
            return {} if not report.rows.all() else before
        case Mode.UNDO:
            after = {**before, **{output.name: output.after for output in planned}}
            return {name: output for name, output in after.items() if output is not None}
        case _:
            finishing.learn(report.rows)
            names = [output.name for output in planned]
            return outputs.final(made.draft.resolver, made.state, names)


def imported(made: Made, report: Report) -> int:
    """How many objects were taken over: of those that were to be, the ones that state has now."""
    taken = (change.address for change in made.plan.changes if change.imported)
    return sum(report.rows.get(address) is not None for address in taken)


def changed(
    before: Mapping[str, Output], after: Mapping[str, Output]
) -> Mapping[str, Output | None]:
    """What is to be written: a run beside this one may have changed the others."""
    names = before.keys() | after.keys()
    return {name: after.get(name) for name in names if before.get(name) != after.get(name)}


def status(report: Report, stop: Stop) -> RunStatus:
    if report.tally.failed or report.tally.skipped:
        return RunStatus.PARTIAL if report.tally.done else RunStatus.FAILED
    if stop.gently.is_set() and report.tally.not_started:
        return RunStatus.INTERRUPTED
    return RunStatus.DONE
