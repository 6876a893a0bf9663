"""A management shell onto the simulated Exchange of the current project."""

from collections.abc import Mapping, Sequence

from reconciler.app.project import Project
from reconciler.app.session import known_variables, settings, variables_scope
from reconciler.backends.base import BackendError
from reconciler.backends.command import Command, Record
from reconciler.backends.open import placed_apart, simulated_transport
from reconciler.backends.simulated.shell import columns, parse_cmdlet
from reconciler.config.blocks import BackendBlock
from reconciler.config.load import load
from reconciler.model.diagnostic import Collector, ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.store.process import this_process

_KIND = "simulated"


@dataclass(frozen=True, slots=True)
class Answer:
    """`columns` are the properties that a table shows; `note` is what a management shell says
    beside the records; "" for nothing.
    """

    records: Sequence[Record]
    columns: Sequence[str] = ()
    note: str = ""


def run(project: Project, words: Sequence[str], backend: str = "") -> Answer:
    """What one cmdlet answers, of the `backend` that is named so. Raises ReconcilerError."""
    call = parse_cmdlet(words)
    settings = _settings(project, backend)
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
    return Answer(records, columns(call), _only_asked(call))


def _settings(project: Project, named: str) -> Mapping[str, object]:
    """The settings of the backend block that is `named`, by its alias or as simulated.alias. Where
    nothing is named it is the one without an alias, else the first; without any block, or any
    configuration, there are no settings. Raises ReconcilerError.
    """
    problems = Collector()
    configuration = load(project.root, problems)
    block = _chosen([b for b in configuration.backends if b.kind == _KIND], named)
    if block is None:
        return {}
    found = Collector()
    scope = variables_scope(known_variables(project, configuration, found, {}))
    return placed_apart(_KIND, block.alias, settings(block, scope))


def _chosen(blocks: Sequence[BackendBlock], named: str) -> BackendBlock | None:
    usual = next((b for b in blocks if not b.alias), blocks[0] if blocks else None)
    if not named or (named == _KIND and (usual is None or not usual.alias)):
        return usual
    found = next((b for b in blocks if b.alias == named.removeprefix(f"{_KIND}.")), None)
    if found is not None:
        return found
    known = ", ".join(sorted(filter(None, (b.alias for b in blocks)))) or "none with an alias"
    raise ReconcilerError(
        error(
            "backend-not-declared",
            "No such backend",
            f'There is no backend "{_KIND}" with the alias "{named}". There are {known}.',
        )
    )


def _only_asked(call: Command) -> str:
    if call.parameters.get("WhatIf") is not True:
        return ""
    named = call.parameters.get("Identity") or call.parameters.get("Name")
    return f'What if: {call.cmdlet} would be carried out on "{named}". Nothing was changed.'
