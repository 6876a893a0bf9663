"""The marker beside the database: which one stood here, and how far it had come.

It is written when a lease begins and when it ends, always after the database, so that its serial
is never ahead of a sound database: one that is behind it was rolled back, one that is gone was
lost. It knows nothing of what the database holds.
"""

import json
from collections.abc import Mapping
from typing import TypeAlias

from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.record import dataclass
from reconciler.store import files
from reconciler.store.database import Database
from reconciler.store.refusals import refused

_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Known:
    """A workspace's `lineage` and the highest `serial` known to be durable."""

    lineage: str
    serial: int


Marks: TypeAlias = Mapping[str, Known]


def read(database: Database) -> Marks:
    """What is known of each workspace; read it before the database."""
    path = database.marker
    try:
        text = files.read_ordinary(path, _LIMIT)
    except OSError as failure:
        raise refused("state-unreadable", path=path, reason=files.reason(failure)) from failure
    if text is None:
        return {}
    try:
        known = json.loads(text)["workspaces"]
        return {name: Known(str(line), int(serial)) for name, (line, serial) in known.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as failure:
        raise _damaged(database, "it does not say what a marker says") from failure


def _damaged(database: Database, reason: str) -> ReconcilerError:
    return refused("state-marker-damaged", **_named(database), reason=reason)


def write(database: Database, workspace: str, now: Known) -> None:
    """Remembers `now`; writes only what is new. Call it while nobody else can."""
    known = read(database)
    if known.get(workspace) == now:
        return
    _store(database, {**known, workspace: now})


def _store(database: Database, known: Marks) -> None:
    said = {name: [each.lineage, each.serial] for name, each in sorted(known.items())}
    files.atomic_write(database.marker, json.dumps({"format": 1, "workspaces": said}).encode())


def forget(database: Database, workspace: str) -> None:
    """The workspace is deleted."""
    known = {name: now for name, now in read(database).items() if name != workspace}
    _store(database, known)


def compare(database: Database, known: Known | None, lineage: str, serial: int) -> None:
    """Raises ReconcilerError where the database is another one, or older than it was."""
    if known is None:
        return
    if known.lineage != lineage:
        reason = f"{lineage or 'none'}, not {known.lineage}"
        raise refused("state-replaced", **_named(database), reason=reason)
    if serial < known.serial:
        reason = f"{serial}, but was at {known.serial} already"
        raise refused("state-rolled-back", **_named(database), reason=reason)


def refuse_missing(database: Database, known: Marks) -> None:
    """Raises ReconcilerError `state-missing` where the absent database must have existed."""
    for witness in (*((database.marker,) if known else ()), *database.witnesses()):
        if witness.exists():
            raise refused("state-missing", **_named(database), reason=witness.name)


def _named(database: Database) -> dict[str, object]:
    return {"path": database.place, "marker": database.marker}
