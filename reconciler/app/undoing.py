"""What an undo is made of: the session without what files say of objects, and what to bring back."""

from dataclasses import replace

from reconciler.app.moments import no_run
from reconciler.app.session import Session
from reconciler.engine import restoring
from reconciler.engine.deeds import deeds
from reconciler.engine.restoring import Restoration
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.plan import Mode
from reconciler.model.state import Instance, State


def fitting(at: Session, mode: Mode) -> Session:
    """For an undo history takes the place of the files; only where everything is, they say."""
    if mode is not Mode.UNDO:
        return at
    bare = replace(
        at.configuration,
        resources=(),
        outputs={},
        modules={},
        children={},
        imports=(),
        checks={},
        moved=(),
        removed=(),
    )
    return replace(at, configuration=bare)


def restoration(at: Session, run: int, state: State, *, overwrite: bool) -> Restoration:
    """Of a run that there is."""
    done = deeds(at.store.history(run))
    found = restoring.restoration(run, done, state, at.types, overwrite=overwrite)
    past = at.store.past_outputs(run)
    found.outputs |= restoring.outputs(past, state.outputs, overwrite=overwrite)
    instead = restoring.successors(done, found)
    found.objects[:] = [
        restoring.renamed(one, instead, at.types[one.row.address.type]) for one in found.objects
    ]
    return found


def before(at: Session, run: int) -> tuple[Instance, ...]:
    """The objects as they were before the run. Raises ReconcilerError where there is no such run."""
    if not any(one.id == run for one in at.store.runs()):
        raise ReconcilerError(no_run(run))
    done = deeds(at.store.history(run))
    return tuple(one.before for one in done if one.before is not None)
