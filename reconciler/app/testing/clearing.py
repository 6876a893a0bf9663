"""The end of a file of tests: all that it made is destroyed, and what is left is named."""

from dataclasses import replace

from reconciler.app import apply
from reconciler.app.planning import Options
from reconciler.app.session import Session
from reconciler.app.testing.attempt import COMMAND, Ear
from reconciler.config.blocks import Configuration
from reconciler.engine.ports import Stop
from reconciler.model.diagnostic import Diagnostic, ReconcilerError
from reconciler.model.plan import Mode
from reconciler.model.state import State
from reconciler.store.memory import MemoryStore


def cleared(at: Session) -> tuple[tuple[str, ...], tuple[Diagnostic, ...]]:
    """Destroys what state remembers: the addresses of what is left, and why."""
    ear = Ear()
    try:
        # A signal has stopped the runs; what they made is thrown away all the same.
        apply.unasked(at, Options(Mode.DESTROY), ear, Stop(), COMMAND)
    except ReconcilerError as failure:
        ear.found.extend(failure.diagnostics)
    state = at.store.read()
    left = {*(i.address for i in state.instances), *(i.address for i in state.intents)}
    return tuple(sorted(map(str, left))), tuple(ear.found)


def emptied(configuration: Configuration) -> Configuration:
    """Its backends alone: state knows what there is, and blocks could only stand in the way."""
    return Configuration(configuration.root, backends=configuration.backends)


def unprotected(state: State) -> MemoryStore:
    """`state` without prevent_destroy, which is not meant for what is thrown away."""
    return MemoryStore(
        replace(state, instances=tuple(replace(i, protected=False) for i in state.instances))
    )
