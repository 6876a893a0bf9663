"""A management shell onto the simulated Exchange of the current project."""

from collections.abc import Sequence

from reconciler.app.project import Project
from reconciler.app.session import backend_settings
from reconciler.backends.base import BackendError
from reconciler.backends.command import Record
from reconciler.backends.open import simulated_transport
from reconciler.backends.simulated.shell import parse_cmdlet
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.store.process import this_process


def run(project: Project, words: Sequence[str]) -> Sequence[Record]:
    """The records that one cmdlet answers with. Raises ReconcilerError."""
    call = parse_cmdlet(words)
    settings = backend_settings(project, "simulated")
    transport = simulated_transport(
        settings,
        root=project.root,
        environment=project.environment,
        user=this_process("sim").user,
    )
    try:
        return transport.invoke(call)
    except BackendError as refusal:
        raise ReconcilerError(
            error(refusal.code, f"{call.cmdlet} failed", refusal.message)
        ) from refusal
    finally:
        transport.close()
