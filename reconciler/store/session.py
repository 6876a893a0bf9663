"""The connection through which the holder of a lease writes, from acquiring it to giving it back.

Every write is one transaction that first proves the lease. Knows no instances and no intents.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

from sqlalchemy import Connection

from reconciler.model.diagnostic import ReconcilerError
from reconciler.store import lease, ledger, marker, rows
from reconciler.store.base import Lease
from reconciler.store.lease import Held, Moment, Ports, Timing
from reconciler.store.ledger import Ledger
from reconciler.store.view import View

T = TypeVar("T")

# Seconds to wait for another run's commit, which takes milliseconds: asking for the lease has to
# answer within a second; losing an outcome would be worse than waiting.
_LOOK = 0.5
_PATIENT = 10.0


class Session:
    """May be used by several threads."""

    def __init__(self, view: View, ports: Ports, timing: Timing) -> None:
        self._view = view
        self._ports = ports
        self._timing = timing
        self._guard = threading.Lock()
        self._database = view.database
        self._engine = self._database.writer()
        with self._database.translated():
            self._connection = self._engine.connect()
        self._room = self._database.room(view.workspace)

    def close(self) -> None:
        self._connection.close()

    # The lease

    @contextmanager
    def leased(self, wanted: Lease, wait: float) -> Iterator[Lease]:
        held = self._acquired(wanted, wait)
        try:
            self._mark()
            self._room.hold_for(self._open_intents())
            with lease.heartbeat(lambda: self._beat(held), self._timing.beat):
                yield held
        finally:
            # What was done is durable; a lease that cannot be given back ends by itself.
            with suppress(ReconcilerError):
                self._give_back(held)

    def _acquired(self, wanted: Lease, wait: float) -> Lease:
        deadline = self._ports.clock() + wait
        while True:
            held = self._attempt(wanted)
            if isinstance(held, Lease):
                return held
            left = deadline - self._ports.clock()
            if left <= 0:
                raise lease.locked(self._view.workspace, held)
            self._ports.sleep(min(left, self._timing.look))

    def _attempt(self, wanted: Lease) -> Lease | Held:
        try:
            return self._taken(wanted)
        except ReconcilerError as failure:
            if not _is(failure, "state-busy"):
                raise
            held = self._view.leases()
            if not held:
                raise
            return held[-1]

    def _taken(self, wanted: Lease) -> Lease | Held:
        known = marker.read(self._database)
        with self._transaction(_LOOK) as (connection, moment):
            if self._view.compared(connection, known) is None:
                ledger.open_new(connection, self._view.workspace, self._lineage())
            return lease.acquire(connection, self._view.workspace, wanted, moment)

    def _lineage(self) -> str:
        digits = self._ports.random(16).hex()
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def _open_intents(self) -> dict[str, int]:
        with self._transaction(_PATIENT) as (connection, _):
            found = rows.of_kind(connection, self._view.workspace, "intent")
        return {row.key: len(row.body) for row in found}

    def _beat(self, held: Lease) -> bool:
        with self._database.translated(), self._engine.begin() as connection:
            moment = self._entered(connection)
            return lease.renew(connection, self._view.workspace, held.fence, moment)

    def _mark(self) -> None:
        """Writes the marker; the database is locked meanwhile, so that no other run writes it."""
        with self._transaction(_PATIENT) as (connection, _):
            books = self._view.books(connection)
            now = marker.Known(books.lineage, books.serial)
            marker.write(self._database, self._view.workspace, now)

    def _give_back(self, held: Lease) -> None:
        self.record(held, lambda at, _: lease.release(at, self._view.workspace, held.fence))
        self._room.give_up()
        self._mark()

    def unlock(self, fence: int) -> bool:
        """Whether there was such a lease."""
        with self._transaction(_PATIENT) as (connection, _):
            return lease.release(connection, self._view.workspace, fence)

    # Writing

    @contextmanager
    def _transaction(self, patience: float) -> Iterator[tuple[Connection, Moment]]:
        """Durable when the block has ended."""
        with self._guard, self._database.translated():
            self._database.set_patience(self._connection, patience)
            with self._connection.begin():
                yield self._connection, self._entered(self._connection)

    def _entered(self, connection: Connection) -> Moment:
        shared = self._database.enter(connection, self._view.workspace)
        return lease.moment(self._ports, self._timing, shared)

    def commit(self, held: Lease, work: Callable[[Connection, Ledger], T]) -> T:
        with self._transaction(_PATIENT) as (connection, moment):
            lease.check(connection, self._view.workspace, held.fence, moment)
            return work(connection, self._view.books(connection))

    def record(self, held: Lease, work: Callable[[Connection, Ledger], T]) -> T:
        """As `commit`, and in the reserved room where the disk is full."""
        try:
            return self.commit(held, work)
        except ReconcilerError as failure:
            if not _is(failure, "state-full") or not self._room.give_up():
                raise
        return self.commit(held, work)

    def expect(self, calls: dict[str, int]) -> None:
        """Keeps room for the outcomes of `calls` too; sizes of their intents by id."""
        self._room.hold_for(calls)

    def settled(self, calls: set[str]) -> None:
        self._room.forget(calls)


def _is(failure: ReconcilerError, code: str) -> bool:
    return failure.diagnostics[0].code == code
