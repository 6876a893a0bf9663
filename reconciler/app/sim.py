"""A management shell onto the simulated Exchange of the current project."""

from collections.abc import Sequence

from reconciler.app.project import Project
from reconciler.app.session import backend_settings
from reconciler.backends.base import BackendError
from reconciler.backends.command import Command, Record
from reconciler.backends.open import simulated_transport
from reconciler.backends.simulated.shell import parse_cmdlet
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.store.process import this_process


@dataclass(frozen=True, slots=True)
class Answer:
    """`note` is what a management shell says beside the records; "" for nothing."""

    records: Sequence[Record]
    note: str = ""


def run(project: Project, words: Sequence[str]) -> Answer:
    """What one cmdlet answers. Raises ReconcilerError."""
    call = parse_cmdlet(words)
    settings = backend_settings(project, "simulated")
    transport = simulated_transport(
        settings,
        root=project.root,
        environment=project.environment,
        user=this_process("sim").user,
    )
    try:
        records = transport.invoke(call)
    except BackendError as refusal:
        raise ReconcilerError(
            error(refusal.code, f"{call.cmdlet} failed", refusal.message)
        ) from refusal
    finally:
        transport.close()
    return Answer(records, _only_asked(call))


def _only_asked(call: Command) -> str:
    if call.parameters.get("WhatIf") is not True:
        return ""
    named = call.parameters.get("Identity") or call.parameters.get("Name")
    return f'What if: {call.cmdlet} would be carried out on "{named}". Nothing was changed.'
