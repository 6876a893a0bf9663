"""Takes over what Exchange has: files that say what is there, and a plan that proves it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from reconciler.app.generating import spelt_backends, take_in, write_new
from reconciler.app.planning import Emit, Options, made
from reconciler.app.project import Project
from reconciler.app.session import Session, session
from reconciler.app.unmanaged import look
from reconciler.engine.estate import Draft, LeftOut, Surroundings, Taken
from reconciler.engine.holdings import Holding
from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError, Severity
from reconciler.model.event import Event, Planned
from reconciler.model.plan import Action, Change, Plan
from reconciler.model.state import Handle, State

Write: TypeAlias = Callable[[Sequence[Holding], Surroundings], Draft]


def run(
    project: Project, patterns: Sequence[str], write: Write, emit: Emit, *, system: bool
) -> Taken:
    """Writes the files once a plan with them could be made. Raises ReconcilerError, and then
    nothing is written.
    """

    def quietly(event: Event) -> None:
        if not isinstance(event, Planned):
            emit(event)

    with session(project) as at:
        found = look(at, patterns, quietly)
        chosen = [one for one in found if system or not one.system]
        hidden = len(found) - len(chosen)
        free = tuple(_free(at, chosen))
        if not free:
            return Taken(Draft(()), hidden=hidden)
        drafted, planned = _proven(at, free, write, quietly)
        if planned is None:
            return Taken(drafted, hidden=hidden)
        _put(at, drafted)
    return _outcome(drafted, planned.changes, {one.handle for one in free}, hidden)


def _proven(
    at: Session, free: Sequence[Holding], write: Write, emit: Emit
) -> tuple[Draft, Plan | None]:
    """Files and a plan with them. What rules about several objects refuse is left out, as it is
    there already and nobody but a person knows what should become of it.
    """
    around, before = _around(at, at.store.read()), at.configuration
    left: list[LeftOut] = []
    while True:
        drafted = write(free, around)
        drafted = replace(drafted, left_out=(*drafted.left_out, *left))
        if not drafted.pages:
            return drafted, None
        at.configuration = before
        take_in(at, {page.name: page.text for page in drafted.pages})
        try:
            return drafted, made(at, Options(), emit).plan
        except ReconcilerError as failure:
            refused = _refused(failure, drafted)
            if not refused:
                raise
        left += [
            LeftOut(o.rtype.name, o.identity, refused[o.handle])
            for o in free
            if o.handle in refused
        ]
        free = [one for one in free if one.handle not in refused]


def _refused(failure: ReconcilerError, drafted: Draft) -> dict[Handle, str]:
    """Why, by the objects that the errors are about; none where one is about something else."""
    errors = [one for one in failure.diagnostics if one.severity is Severity.ERROR]
    if not all(one.address in drafted.addresses for one in errors):
        return {}
    return {drafted.addresses[one.address]: one.detail for one in errors if one.address}


def _free(at: Session, found: Sequence[Holding]) -> Iterator[Holding]:
    """Those that no block of the configuration is about to take over."""
    waiting: set[str] = set()
    if at.configuration.resources or at.configuration.modules:
        plan = made(at, Options(), lambda _event: None).plan
        waiting = {change.imported for change in plan.changes}
    return (one for one in found if one.handle not in waiting)


def _around(at: Session, state: State) -> Surroundings:
    rows = (row for row in state.instances if not row.address.module and not row.deposed)
    return Surroundings(
        labels={(block.type, block.name) for block in at.configuration.resources},
        references={str(row.handle): f"{row.address}.guid" for row in rows},
        backends=spelt_backends(at),
        names=frozenset(path.name for path in at.project.root.iterdir()),
    )


def _put(at: Session, drafted: Draft) -> None:
    for page in drafted.pages:
        write_new(at.project.root / page.name, page.text)


def _outcome(drafted: Draft, changes: Sequence[Change], handles: set[str], hidden: int) -> Taken:
    ours: set[Address] = {one.address for one in changes if one.imported in handles}
    busy = [one for one in changes if one.action is not Action.NO_OP]
    moved = tuple(one for one in busy if one.address in ours)
    return Taken(drafted, len(ours), moved, len(busy) - len(moved), hidden)
