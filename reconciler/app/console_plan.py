"""The console on a plan: resources are what they will be. Makes the plan, and carries out nothing."""

from reconciler.app.clock import now
from reconciler.app.console import Desk
from reconciler.app.planning import Options, look, plan, settled
from reconciler.app.project import Project
from reconciler.app.session import session
from reconciler.lang.scope import Moment
from reconciler.model.event import Event


def open_desk(project: Project) -> Desk:
    """Raises ReconcilerError with everything that is wrong."""
    options = Options()
    with session(project) as at:
        state = at.store.read()
        observed = look(at, state, options, _ignore)
        recovery = settled(state, observed, at)
        made = plan(at, recovery.state, observed, options, _ignore)
    sight, started = made.draft.resolver.sight, made.plan.timestamp
    sight.begin(Moment(started, now()))
    return Desk(sight, None, started, made.plan.warnings)


def _ignore(_event: Event) -> None:
    """Nobody wants to hear of it."""
