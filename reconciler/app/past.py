"""What was done before: runs, what each did, who changed what, and state as it was. Writes nothing."""

from collections.abc import Mapping
from contextlib import closing

from reconciler.app.inspect import opened
from reconciler.app.moments import no_run, runs_until
from reconciler.app.project import Project
from reconciler.engine.authorship import blamed
from reconciler.engine.deeds import Deed, deeds
from reconciler.engine.replay import replayed
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.record import dataclass
from reconciler.model.state import Instance, State
from reconciler.store.base import Audit, PastOutput, Run


@dataclass(frozen=True, slots=True)
class Account:
    """All that one run did."""

    run: Run
    deeds: tuple[Deed, ...]
    outputs: tuple[PastOutput, ...]


@dataclass(frozen=True, slots=True)
class Blamed:
    """An object, and the run that last changed each of its arguments."""

    instance: Instance
    runs: Mapping[str, Run]


def runs(project: Project, limit: int | None = None) -> tuple[Run, ...]:
    """Newest first; all where there is no `limit`."""
    with closing(opened(project)) as store:
        found = tuple(store.runs())[::-1]
    return found[:limit]


def account(project: Project, number: int) -> Account:
    """Raises ReconcilerError where there is no such run."""
    with closing(opened(project)) as store:
        run = next((one for one in store.runs() if one.id == number), None)
        if run is None:
            raise ReconcilerError(no_run(number))
        outputs = tuple(store.past_outputs(number))
        return Account(run, deeds(store.history(number)), outputs)


def audit(project: Project) -> Audit:
    """Raises ReconcilerError naming what is not as it was written."""
    with closing(opened(project)) as store:
        return store.audit()


def blame(project: Project) -> tuple[Blamed, ...]:
    """Of every object of the state."""
    with closing(opened(project)) as store:
        rows = [row for row in store.read().instances if not row.deposed]
        found = blamed(store.history())
        told = {one.id: one for one in store.runs()}
    return tuple(
        Blamed(row, {name: told[number] for name, number in found.get(row.address, {}).items()})
        for row in rows
    )


def state_at(project: Project, when: str) -> State:
    """As the last run that had ended by then left it. Raises ReconcilerError."""
    with closing(opened(project)) as store:
        until = runs_until(when, tuple(store.runs()))
        past, outputs = tuple(store.history()), tuple(store.past_outputs())
        lineage = store.read().lineage
    serials = (*((p.run, p.serial) for p in past), *((o.run, o.serial) for o in outputs))
    serial = max((serial for run, serial in serials if run in until), default=0)
    return replayed(past, outputs, lineage if until else "", serial)
