"""One run carried out: planned or applied by the use cases that everybody uses, and overheard."""

from collections.abc import Mapping

from reconciler.app import apply, planning
from reconciler.app.planning import Options
from reconciler.app.session import Session
from reconciler.config.decode_test import RunBlock
from reconciler.engine.ports import Stop
from reconciler.engine.sight import Sight
from reconciler.lang.scope import Namespace, Root
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.event import Event, Finished, Noticed, Planned, StepFailed, Tally
from reconciler.model.plan import Plan
from reconciler.model.record import dataclass
from reconciler.model.state import State

COMMAND = "test"


@dataclass(frozen=True, slots=True)
class Attempt:
    """`sight` is what expressions see afterwards, None where there is no plan; `prevented`: an
    apply for which no plan could be made.
    """

    diagnostics: tuple[Diagnostic, ...]
    sight: Sight | None = None
    picture: Plan | State | None = None
    prevented: bool = False


class Ear:
    """Called with each event; keeps what is wrong, and how a run ended."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []
        self.tally: Tally | None = None
        self.is_planned = False

    def __call__(self, event: Event) -> None:
        match event:
            case Planned():
                self.is_planned = True
                self.found.extend(event.plan.warnings)
            case StepFailed():
                self.found.extend(event.problems)
            case Noticed():
                self.found.extend(event.diagnostics)
            case Finished():
                self.tally = event.tally
            case _:
                pass


def attempt(at: Session, run: RunBlock, stop: Stop) -> Attempt:
    """What the run does, whatever comes of it."""
    ear, wanted = Ear(), run.options
    options = Options(wanted.mode, wanted.refresh, wanted.target, replace=wanted.replace)
    try:
        made = (
            apply.unasked(at, options, ear, stop, COMMAND)
            if run.applies
            else planning.made(at, options, ear)
        )
    except ReconcilerError as failure:
        found = (*ear.found, *failure.diagnostics)
        return Attempt(found, prevented=run.applies and not ear.is_planned)
    if ear.tally is not None and ear.tally.not_started:
        ear.found.append(_interrupted())
    sight = made.draft.resolver.sight
    if not run.applies:
        return Attempt(tuple(ear.found), sight, made.plan)
    state = at.store.read()
    _learn(sight, at, state)
    return Attempt(tuple(ear.found), sight, state)


def _learn(sight: Sight, at: Session, state: State) -> None:
    """Expressions see what is there, whatever steps there were."""
    for row in state.instances:
        if not row.deposed:
            sight.learn(row.address, (at.types[row.address.type], row.values, row.sensitive))


def outputs(sight: Sight) -> Namespace:
    """The outputs of the project as `sight` sees them, computed when they are asked for."""
    room = sight.house.room(())
    names: Mapping[str, object] = room.configuration.outputs

    def get(name: str) -> Root:
        if name not in names:
            raise KeyError(name)
        return sight.value(room, "output", name)

    return Namespace(get, lambda: names, "output")


def _interrupted() -> Diagnostic:
    return error(
        "interrupted",
        "Interrupted",
        "A signal stopped this run before all of its steps had begun. Run the tests again.",
    )
