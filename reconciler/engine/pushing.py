"""A pulled document against the state that it shall take the place of. Pure.

Lineage and serial guard against documents of another state, or of an older time; versions against
one that went another way since.
"""

from collections.abc import Iterator
from dataclasses import replace

from reconciler.engine.edits import Edit
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.state import Instance, State
from reconciler.store.base import Settled
from reconciler.store.document import Pulled


def pushed(state: State, document: Pulled, *, force: bool) -> Edit:
    """Raises ReconcilerError where a guard refuses; `force` overrules them. A state in
    which nothing was ever written takes any document.
    """
    problems = () if force or state.serial == 0 else tuple(_guards(state, document))
    if problems:
        raise ReconcilerError(*problems)
    if state.intents:
        raise ReconcilerError(_unsettled(state))
    before = {(str(row.address), row.deposed): row for row in state.instances}
    after = {(str(row.address), row.deposed): row for row in document.instances}
    outcomes = tuple(
        Settled("", name[0], before.get(name), after.get(name), name[1])
        for name in sorted(before.keys() | after.keys())
        if not _same(before.get(name), after.get(name))
    )
    names = sorted(state.outputs.keys() | document.outputs.keys())
    return Edit(
        outcomes,
        outputs={
            name: document.outputs.get(name)
            for name in names
            if state.outputs.get(name) != document.outputs.get(name)
        },
    )


def _same(one: Instance | None, other: Instance | None) -> bool:
    """Versions count changes and are no part of what is remembered."""
    if one is None or other is None:
        return one is other
    return replace(one, version=0) == replace(other, version=0)


def _guards(state: State, document: Pulled) -> Iterator[Diagnostic]:
    if document.lineage != state.lineage:
        yield error(
            "foreign-lineage",
            "The document is of another state",
            f"It has the lineage {document.lineage}, and the state {state.lineage}: they have"
            f" nothing in common. {_FORCE}",
        )
    elif document.serial < state.serial:
        yield error(
            "older-serial",
            "The document is older than the state",
            f"It has the serial {document.serial}, and the state is at {state.serial} already:"
            f" what was recorded since would be lost. {_FORCE}",
        )
    else:
        yield from _gone_another_way(state, document)


def _gone_another_way(state: State, document: Pulled) -> Iterator[Diagnostic]:
    versions = {(row.address, row.deposed): row.version for row in document.instances}
    newer = [
        str(row.address)
        for row in state.instances
        if versions.get((row.address, row.deposed), row.version) < row.version
    ]
    if newer:
        yield error(
            "older-version",
            "The document is older than the state",
            f"The state has newer records of {', '.join(newer)}, which would be lost. {_FORCE}",
        )


_FORCE = (
    "If the document is what shall count, look at it with -dry-run -force, then push with -force."
)


def _unsettled(state: State) -> Diagnostic:
    return error(
        "state-unsettled",
        "A call is still open",
        f"What became of a call about {state.intents[0].address} is not known yet. Run reconciler"
        " apply -refresh-only, which looks it up, and then this command again.",
    )
