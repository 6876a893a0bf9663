"""What every run did: who, when, why, and each object before and after. Append-only.

Each line carries a digest over itself and the line before it, and the ledger the newest one, so
that a line which was altered, dropped or put in later shows.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select
from sqlalchemy import Row as Line

from reconciler.store import codec
from reconciler.store.base import Past, PastOutput
from reconciler.store.codec import Row
from reconciler.store.ledger import Ledger
from reconciler.store.rows import Name, queries
from reconciler.store.spelling import Vault, to_json
from reconciler.store.tables import history


class Event(NamedTuple):
    """One row of one run; `before` or `after` None where there was or is none."""

    intent: str
    before: Row | None
    after: Row | None


_NAME = (history.c.kind, history.c.key, history.c.deposed)
_LAST = (
    select(*_NAME, func.max(history.c.version_before), func.max(history.c.version_after))
    .where(history.c.workspace == bindparam("at_workspace"))
    .where(history.c.kind == bindparam("at_kind"))
    .where(history.c.key.in_(bindparam("at_keys", expanding=True)))
    .group_by(*_NAME)
)
_INSERT = insert(history)


def append(
    connection: Connection,
    ledger: Ledger,
    number: int,
    events: Sequence[Event],
    *,
    grows: int = 1,
) -> None:
    """Adds `events` of run `number` in this order, under the serial that is about to be saved."""
    serial = ledger.serial + grows
    lines = [_line(ledger, (number, serial), event) for event in events]
    if lines:
        connection.execute(_INSERT, lines)


def _line(ledger: Ledger, when: tuple[int, int], event: Event) -> dict[str, object]:
    row = event.after or event.before
    assert row is not None
    ledger.changes += 1
    said = (
        ledger.workspace,
        ledger.changes,
        *when,
        row.kind,
        row.key,
        row.deposed,
        event.intent,
        *_side(event.before),
        *_side(event.after),
    )
    ledger.chain = linked(ledger.chain, said)
    return dict(zip(history.c.keys(), (*said, ledger.chain), strict=True))


def _side(row: Row | None) -> tuple[int, str]:
    return (0, "") if row is None else (row.version, row.body)


def linked(chain: str, said: Iterable[object]) -> str:
    """The digest of a line that follows `chain`."""
    text = to_json([chain, *said])
    return blake2b(text.encode("ascii"), digest_size=16).hexdigest()


def last_versions(
    connection: Connection, workspace: str, names: Collection[Name]
) -> dict[Name, int]:
    """The highest version that each of `names` ever had, where it had one."""
    found: dict[Name, int] = {}
    for kind, keys in queries(names):
        at = {"at_workspace": workspace, "at_kind": kind, "at_keys": keys}
        found |= {(k, n, d): max(b, a) for k, n, d, b, a in connection.execute(_LAST, at)}
    return found


def verify(connection: Connection, workspace: str, ledger: Ledger, told: dict[str, str]) -> str:
    """What is wrong with the history, "" for nothing. `told` gets what it last says of runs."""
    chain, count = "", 0
    query = select(history).where(history.c.workspace == workspace).order_by(history.c.number)
    for row in connection.execute(query):
        *said, link = row
        chain, count = linked(chain, said), count + 1
        if link != chain:
            return f"line {count} of the history, about {row.kind} {row.key}, was altered"
        if row.kind == "run":
            told[row.key] = row.after
    whole = (count, chain) == (ledger.changes, ledger.chain)
    return "" if whole else "lines of the history are missing"


def past(
    connection: Connection, workspace: str, vault: Vault, number: int | None
) -> Iterator[Past]:
    """What happened to objects, oldest first; of run `number` alone where it is given."""
    for row in _about(connection, workspace, "instance", number):
        before, after = (
            codec.instances_of([side], vault)[0] if side else None for side in _sides(row)
        )
        yield Past(row.run, row.serial, row.key, row.deposed, row.intent, before, after)


def past_outputs(
    connection: Connection, workspace: str, vault: Vault, number: int | None
) -> Iterator[PastOutput]:
    """As `past`, of outputs."""
    for row in _about(connection, workspace, "output", number):
        before, after = (side and codec.output_of(side, vault) for side in _sides(row))
        yield PastOutput(row.run, row.serial, row.key, before, after)


def newest(connection: Connection, workspace: str) -> dict[Name, Row]:
    """The rows as the history left them."""
    found: dict[Name, Row] = {}
    for kind in ("instance", "output"):
        for row in _about(connection, workspace, kind, None):
            name, after = (row.kind, row.key, row.deposed), _sides(row)[1]
            found.pop(name, None)
            found |= {} if after is None else {name: after}
    return found


def _about(
    connection: Connection, workspace: str, kind: str, number: int | None
) -> Iterator[Line[Any]]:
    query = select(history).where(history.c.workspace == workspace, history.c.kind == kind)
    if number is not None:
        query = query.where(history.c.run == number)
    return iter(connection.execute(query.order_by(history.c.number)))


def _sides(row: Line[Any]) -> tuple[Row | None, Row | None]:
    """Before and after, None where there was or is nothing."""
    before = Row(row.kind, row.key, row.deposed, row.version_before, row.before)
    after = Row(row.kind, row.key, row.deposed, row.version_after, row.after)
    return (before if before.version else None, after if after.version else None)
