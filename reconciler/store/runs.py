"""Runs of one workspace: who changed it, when and why, and how that ended.

A run's row changes once, when it ends. What it said before and after stands in the history too,
so that a row which was altered later shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace

from sqlalchemy import Connection, func, insert, select, update

from reconciler.store import history
from reconciler.store.base import Run, RunStatus
from reconciler.store.codec import Row
from reconciler.store.history import Event
from reconciler.store.ledger import Ledger
from reconciler.store.spelling import keepable, to_json
from reconciler.store.tables import lease, run

KIND = "run"
_COLUMNS = (
    run.c.id,
    run.c.command,
    run.c.user,
    run.c.host,
    run.c.message,
    run.c.plan_digest,
    run.c.started,
    run.c.finished,
    run.c.status,
)


def row_of(said: Run, version: int) -> Row:
    """What the history says of a run: version 1 when it begins, 2 when it has ended."""
    return Row(KIND, str(said.id), "", version, to_json(_fields(said)))


def _fields(said: Run) -> dict[str, object]:
    return {c.name: value for c, value in zip(_COLUMNS, astuple(said), strict=True)}


def load(connection: Connection, workspace: str) -> list[Run]:
    """Oldest first."""
    query = select(*_COLUMNS).where(run.c.workspace == workspace).order_by(run.c.id)
    return [Run(*row[:-1], RunStatus(row[-1])) for row in connection.execute(query)]


def begin(connection: Connection, ledger: Ledger, started: Run) -> int:
    """The number of the new run. Those that never ended and hold no lease have died."""
    _end(connection, ledger, _dead(connection, ledger.workspace))
    newest = select(func.max(run.c.id)).where(run.c.workspace == ledger.workspace)
    number = (connection.execute(newest).scalar_one() or 0) + 1
    begun = replace(
        started,
        id=number,
        user=keepable(started.user),
        host=keepable(started.host),
        message=keepable(started.message),
    )
    connection.execute(insert(run).values(workspace=ledger.workspace, **_fields(begun)))
    history.append(connection, ledger, begun.id, [Event("", None, row_of(begun, 1))], grows=0)
    return begun.id


def _dead(connection: Connection, workspace: str) -> list[tuple[Run, Run]]:
    held = select(lease.c.run).where(lease.c.workspace == workspace)
    alive = set(connection.execute(held).scalars())
    return [
        (one, replace(one, status=RunStatus.INTERRUPTED))
        for one in load(connection, workspace)
        if one.status is RunStatus.RUNNING and one.id not in alive
    ]


def finish(
    connection: Connection, ledger: Ledger, number: int, status: RunStatus, when: str
) -> None:
    mine = (one for one in load(connection, ledger.workspace) if one.id == number)
    _end(connection, ledger, [(one, replace(one, status=status, finished=when)) for one in mine])


def _end(connection: Connection, ledger: Ledger, ended: Sequence[tuple[Run, Run]]) -> None:
    for before, after in ended:
        mine = (run.c.workspace == ledger.workspace, run.c.id == after.id)
        ending = {"status": after.status.value, "finished": after.finished}
        connection.execute(update(run).where(*mine).values(**ending))
        event = Event("", row_of(before, 1), row_of(after, 2))
        history.append(connection, ledger, after.id, [event], grows=0)


def altered(connection: Connection, workspace: str, said: Mapping[str, str]) -> str:
    """Which run differs from what the history last `said` of it, by number; "" for none."""
    stored = {str(one.id): row_of(one, 1).body for one in load(connection, workspace)}
    numbers = sorted(stored.keys() | said.keys(), key=int)
    differing = next((n for n in numbers if stored.get(n) != said.get(n)), None)
    return "" if differing is None else f"run {differing} was altered"
