"""Changes to the record alone: under the lease, after a backup, as a run that history keeps.

Exchange is never asked, and the configuration is read only for where state lives.
"""

from collections.abc import Callable

from reconciler.app import backups
from reconciler.app.clock import now
from reconciler.app.inspect import opened
from reconciler.app.project import Project
from reconciler.engine.edits import Edit, refuse_unsettled
from reconciler.model.record import dataclass
from reconciler.model.state import State
from reconciler.store.amending import Amendment
from reconciler.store.base import Run
from reconciler.store.process import this_process


@dataclass(frozen=True, slots=True)
class Wish:
    """`command` as history will call it. `dry_run`: nothing is written. `lock_timeout` in
    seconds.
    """

    command: str
    dry_run: bool = False
    lock_timeout: float = 0.0
    message: str = ""


def amend(project: Project, wish: Wish, edit: Callable[[State], Edit]) -> Edit:
    """What was done, or would be. Raises ReconcilerError; then nothing was changed."""
    store = opened(project, strict=True)
    if wish.dry_run:
        return _checked(store.read(), edit)
    holder = this_process(wish.command)
    with store.lease(holder, wish.lock_timeout) as lease:
        done = _checked(store.read(lease), edit)
        if not done.is_empty:
            backups.keep(project, store.pull())
            run = Run(0, wish.command, holder.user, holder.host, wish.message, "", now())
            store.amend(lease, run, Amendment(done.outcomes, done.outputs))
    return done


def _checked(state: State, edit: Callable[[State], Edit]) -> Edit:
    done = edit(state)
    refuse_unsettled(state, done)
    return done
