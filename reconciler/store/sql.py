"""The store in a database: a row per object, intents before calls, outcomes after them.

`open_store` is the way in. Reads open the database, take one snapshot and let go; writes happen
under a lease, each in one transaction that also proves the lease.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import Intent, Output, State
from reconciler.store import codec, history, journal, lease, ledger, marker, place, rows, sqlite
from reconciler.store.base import Holder, Lease, Past, Run, RunStatus, Settled
from reconciler.store.codec import Row
from reconciler.store.lease import Held, Ports, Timing
from reconciler.store.ledger import Ledger
from reconciler.store.refusals import refused
from reconciler.store.reserve import Reserve, needed
from reconciler.store.seal import Bound, Keyring

T = TypeVar("T")

# Seconds to wait for another run's commit, which takes milliseconds: asking for the lease has to
# answer within a second; losing an outcome would be worse than waiting.
_LOOK = 0.5
_PATIENT = 10.0


def open_store(
    url: str,
    workspace: str = "default",
    *,
    root: Path = Path(),
    ports: Ports | None = None,
    timing: Timing | None = None,
) -> "SqlStore":
    """The store at `url` (`sqlite:///FILE`, relative to `root`). Opens and makes nothing yet."""
    path = place.database_path(url, root)
    return SqlStore(path, workspace, ports or Ports(), timing or Timing())


class SqlStore:
    """State of one workspace in the database `path`; may be used by several threads.

    `keyring` is the key that lies beside the database.
    """

    def __init__(self, path: Path, workspace: str, ports: Ports, timing: Timing) -> None:
        self.keyring = Keyring(path.parent)
        self._path = path
        self._workspace = workspace
        self._ports = ports
        self._timing = timing
        self._guard = threading.Lock()
        self._session: Connection | None = None
        self._open: dict[str, int] = {}
        name = "".join(c if c.isalnum() else f"%{ord(c):x}" for c in workspace)
        self._reserve = Reserve(sqlite.beside(path, f".{name}.reserve"), path)

    # Reading

    def read(self) -> State:
        return self._seen(self._state, State())

    def runs(self) -> Iterator[Run]:
        nothing: list[Run] = []
        return iter(self._seen(lambda at, _: history.runs(at, self._workspace), nothing))

    def history(self, run: int | None = None) -> Iterator[Past]:
        nothing: list[Past] = []
        return iter(self._seen(lambda at, books: self._past(at, books, run), nothing))

    def check(self) -> None:
        self._seen(lambda _at, _books: None, None)
        place.refuse_unwritable(self._path)

    def _seen(self, look: Callable[[Connection, Ledger], T], absent: T) -> T:
        """What `look` sees, or `absent` where the workspace has no state."""
        known = marker.read(self._path)
        if not place.inspect(self._path):
            marker.refuse_missing(self._path, known)
            return absent

        def looked(connection: Connection) -> T:
            books = self._books(connection, known.get(self._workspace))
            return absent if books is None else look(connection, books)

        return sqlite.snapshot(self._path, looked)

    def _books(self, connection: Connection, known: marker.Known | None) -> Ledger | None:
        books, wrong = ledger.load(connection, self._workspace)
        self._refuse_damage(wrong)
        lineage, serial = (books.lineage, books.serial) if books else ("", 0)
        marker.compare(self._path, known, lineage, serial)
        return books

    def _refuse_damage(self, wrong: str) -> None:
        if wrong:
            raise refused("state-damaged", path=self._path, reason=wrong)

    def _vault(self, books: Ledger) -> Bound:
        return Bound(self.keyring, f"{books.lineage} {self._workspace}")

    def _state(self, connection: Connection, books: Ledger) -> State:
        stored, wrong = rows.load(connection, self._workspace, books.total)
        self._refuse_damage(wrong)
        vault = self._vault(books)
        kinds: dict[str, list[Row]] = {"instance": [], "intent": [], "output": []}
        for row in stored:
            kinds[row.kind].append(row)
        return State(
            books.lineage,
            books.serial,
            tuple(codec.instance_of(row, vault) for row in kinds["instance"]),
            {row.key: codec.output_of(row, vault) for row in kinds["output"]},
            tuple(codec.intent_of(row, vault) for row in kinds["intent"]),
        )

    def _past(self, connection: Connection, books: Ledger, run: int | None) -> list[Past]:
        self._refuse_damage(history.verify(connection, self._workspace, books))
        return list(history.past(connection, self._workspace, self._vault(books), run))

    # The lease

    @contextmanager
    def lease(self, holder: Holder, wait: float) -> Iterator[Lease]:
        self.check()
        if not self._path.exists():
            with sqlite.translated(self._path):
                sqlite.make(self._path)
        with self._connected(), self._leased(holder, wait) as held:
            yield held

    @contextmanager
    def _connected(self) -> Iterator[None]:
        with sqlite.translated(self._path):
            session = sqlite.writer(self._path).connect()
        with closing(session):
            self._session = session
            try:
                yield
            finally:
                self._session = None

    @contextmanager
    def _leased(self, holder: Holder, wait: float) -> Iterator[Lease]:
        fence = self._acquired(holder, wait)
        engine = sqlite.writer(self._path)

        def beat() -> bool:
            until = self._ports.clock() + self._timing.expiry
            with sqlite.translated(self._path), engine.begin() as connection:
                return lease.renew(connection, self._workspace, fence, until)

        try:
            self._reserve.hold(_need(self._open))
            with lease.heartbeat(beat, self._timing.beat):
                yield Lease(holder, fence)
        finally:
            self._release(fence)

    def _acquired(self, holder: Holder, wait: float) -> int:
        deadline = self._ports.clock() + wait
        while True:
            held = self._attempt(holder)
            if isinstance(held, int):
                return held
            left = deadline - self._ports.clock()
            if left <= 0:
                raise lease.locked(self._workspace, held)
            self._ports.sleep(min(left, self._timing.look))

    def _attempt(self, holder: Holder) -> int | Held:
        try:
            return self._take(holder)
        except ReconcilerError as failure:
            if not _is(failure, "state-busy"):
                raise
            held = self._seen(lambda at, _: lease.load(at, self._workspace), None)
            if held is None or held.holder.host == "":
                raise
            return held

    def _take(self, holder: Holder) -> int | Held:
        with self._writing(_LOOK) as connection:
            books = self._books(connection, marker.read(self._path).get(self._workspace))
            held = lease.acquire(connection, self._workspace, holder, self._ports, self._timing)
            if isinstance(held, Held):
                return held
            books = books or ledger.open_new(connection, self._workspace, self._lineage())
            open_rows = rows.of_kind(connection, self._workspace, "intent")
        self._open = {row.key: len(row.body) for row in open_rows}
        self._mark()
        return held

    def _lineage(self) -> str:
        digits = self._ports.random(16).hex()
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def _mark(self) -> None:
        """Writes the marker; the database is locked meanwhile, so that no other run writes it."""
        with self._writing(_PATIENT) as connection:
            books, _ = ledger.load(connection, self._workspace)
            assert books is not None
            marker.write(self._path, self._workspace, marker.Known(books.lineage, books.serial))

    def _release(self, fence: int) -> None:
        # What was done is durable; a lease that cannot be given back ends by itself.
        with suppress(ReconcilerError):
            with self._writing(_PATIENT) as connection:
                lease.release(connection, self._workspace, fence)
            self._mark()
        self._reserve.give_up()

    # Writing

    @contextmanager
    def _writing(self, patience: float) -> Iterator[Connection]:
        """One transaction; durable when the block has ended."""
        session = self._session
        if session is None:
            raise refused("lease-lost", reason="It was given back already.")
        with self._guard, sqlite.translated(self._path):
            sqlite.set_patience(session, patience)
            with session.begin():
                yield session

    def _commit(self, held: Lease, work: Callable[[Connection, Ledger], T]) -> T:
        with self._writing(_PATIENT) as connection:
            lease.check(connection, self._workspace, held.fence, self._ports)
            books, wrong = ledger.load(connection, self._workspace)
            self._refuse_damage(wrong or ("its first row is gone" if books is None else ""))
            assert books is not None
            return work(connection, books)

    def _recorded(self, held: Lease, work: Callable[[Connection, Ledger], T]) -> T:
        """As `_commit`, and in the reserved room where the disk is full."""
        try:
            return self._commit(held, work)
        except ReconcilerError as failure:
            if not _is(failure, "state-full") or not self._reserve.give_up():
                raise
        return self._commit(held, work)

    def begin(self, lease: Lease, run: Run) -> int:
        return self._commit(lease, lambda at, _: history.begin(at, self._workspace, run))

    def intend(self, lease: Lease, intents: Sequence[Intent]) -> None:
        def work(connection: Connection, books: Ledger) -> dict[str, int]:
            sizes = journal.intend(connection, books, self._vault(books), intents)
            self._reserve.hold(_need(self._open | sizes))
            ledger.save(connection, books)
            return sizes

        self._open |= self._commit(lease, work)

    def settle(self, lease: Lease, run: int, outcomes: Sequence[Settled]) -> None:
        def work(connection: Connection, books: Ledger) -> None:
            journal.settle(connection, books, self._vault(books), run, outcomes)
            ledger.save(connection, books)

        self._recorded(lease, work)
        for outcome in outcomes:
            self._open.pop(outcome.intent, None)

    def set_outputs(self, lease: Lease, run: int, outputs: Mapping[str, Output]) -> None:
        def work(connection: Connection, books: Ledger) -> None:
            if journal.set_outputs(connection, books, self._vault(books), run, outputs):
                ledger.save(connection, books)

        self._recorded(lease, work)

    def finish(self, lease: Lease, run: int, status: RunStatus) -> None:
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self._ports.clock()))
        self._recorded(lease, lambda at, _: history.finish(at, self._workspace, run, status, when))

    def close(self) -> None:
        """Lets go of the database, should a lease still be held."""
        session, self._session = self._session, None
        if session is not None:
            session.close()


def _is(failure: ReconcilerError, code: str) -> bool:
    return failure.diagnostics[0].code == code


def _need(calls: Mapping[str, int]) -> int:
    return needed(len(calls), sum(calls.values()))
