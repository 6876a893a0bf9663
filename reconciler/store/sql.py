"""The store in a database: a row per object, intents before calls, outcomes after them.

`open_store` is the way in. Reads open the database, take one snapshot and let go; writes happen
under a lease, each in one transaction that also proves the lease.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from reconciler.model.state import Intent, Output, State
from reconciler.store import (
    audit,
    codec,
    document,
    history,
    journal,
    ledger,
    rows,
    runs,
)
from reconciler.store import lease as leases
from reconciler.store import rekey as rekeying
from reconciler.store.amending import Amendment, amend
from reconciler.store.base import (
    Audit,
    Holder,
    Lease,
    Past,
    PastOutput,
    Run,
    RunStatus,
    Scope,
    Settled,
)
from reconciler.store.codec import Row
from reconciler.store.keys import Key
from reconciler.store.lease import Held, Ports, Timing
from reconciler.store.ledger import Ledger
from reconciler.store.opening import database_of
from reconciler.store.refusals import refused
from reconciler.store.session import Session
from reconciler.store.view import View


def open_store(
    url: str,
    workspace: str = "default",
    *,
    root: Path = Path(),
    key: Key | None = None,
    ports: Ports | None = None,
    timing: Timing | None = None,
) -> "SqlStore":
    """The store at `url` (`sqlite:///FILE`, relative to `root`, or `postgresql://…`). Opens and
    makes nothing yet. `key` seals what is sensitive: one in the folder of an SQLite file, where
    it is None.
    """
    view = open_view(url, workspace, root, key)
    return SqlStore(view, ports or Ports(), timing or Timing())


def open_view(url: str, workspace: str, root: Path, key: Key | None = None) -> View:
    """As `open_store`, for those who look at rows themselves."""
    database, beside = database_of(url, root)
    return View(database, workspace, key or beside)


class SqlStore:
    """State of one workspace; may be used by several threads."""

    def __init__(self, view: View, ports: Ports, timing: Timing) -> None:
        self._view = view
        self._ports = ports
        self._timing = timing
        self._session: Session | None = None

    def read(self, lease: Lease | None = None) -> State:
        return self._view.seen(partial(self._state, lease), State())

    def leases(self) -> tuple[Lease, ...]:
        return tuple(Lease(h.holder, h.fence, h.scope) for h in self._view.leases())

    def unlock(self, fence: int) -> bool:
        if not self._view.database.exists():
            return False
        with closing(self._opened()) as session:
            return session.unlock(fence)

    def runs(self) -> Iterator[Run]:
        nothing: list[Run] = []
        return iter(self._view.seen(lambda at, _: runs.load(at, self._view.workspace), nothing))

    def history(self, run: int | None = None) -> Iterator[Past]:
        nothing: list[Past] = []
        return iter(self._view.seen(lambda at, books: self._past(at, books, run), nothing))

    def pull(self) -> str:
        return self._view.seen(
            lambda at, books: document.spelt(books, self._sound_rows(at, books)), ""
        )

    def opened(self, content: bytes) -> document.Pulled:
        return document.read(content, lambda books: self._view.sealed_with(self._view.key, books))

    def past_outputs(self, run: int | None = None) -> Iterator[PastOutput]:
        nothing: list[PastOutput] = []
        seen = self._view.seen(lambda at, books: self._past_outputs(at, books, run), nothing)
        return iter(seen)

    def audit(self) -> Audit:
        return self._view.seen(partial(audit.audit, self._view), Audit(0, 0, 0))

    def check(self) -> None:
        nothing: list[Row] = []
        self._view.seen(self._sound_rows, nothing)
        self._view.database.refuse_unwritable()

    def check_key(self) -> None:
        books = self._view.seen(lambda _, found: found, ledger.blank(self._view.workspace))
        self._view.vault(books).prove()

    def _sound_rows(self, connection: Connection, books: Ledger) -> list[Row]:
        stored, wrong = rows.load(connection, self._view.workspace, books.total)
        self._view.refuse_damage(wrong)
        return stored

    def _state(self, held: Lease | None, connection: Connection, books: Ledger) -> State:
        stored = self._sound_rows(connection, books)
        if held is not None:
            stored = _without_others(stored, leases.load(connection, books.workspace), held)
        try:
            return codec.state_of(books, stored, self._view.vault(books))
        except (ValueError, LookupError, TypeError, AttributeError) as failure:
            # The digests fit, so this was made on purpose.
            self._view.refuse_damage(f"a row does not say what it should ({failure})")
            raise

    def _past(self, connection: Connection, books: Ledger, run: int | None) -> list[Past]:
        audit.refuse_altered(self._view, connection, books)
        vault = self._view.vault(books)
        return list(history.past(connection, books.workspace, vault, run))

    def _past_outputs(
        self, connection: Connection, books: Ledger, run: int | None
    ) -> list[PastOutput]:
        audit.refuse_altered(self._view, connection, books)
        vault = self._view.vault(books)
        return list(history.past_outputs(connection, books.workspace, vault, run))

    @contextmanager
    def lease(self, holder: Holder, wait: float, scope: Scope = None) -> Iterator[Lease]:
        self.check()
        self._view.database.prepare()
        wanted = Lease(holder, scope=scope)
        with closing(self._opened()) as session, session.leased(wanted, wait) as held:
            self._session = session
            try:
                yield held
            finally:
                self._session = None

    def _opened(self) -> Session:
        return Session(self._view, self._ports, self._timing)

    @property
    def _writing(self) -> Session:
        if self._session is None:
            raise refused("lease-lost", reason="It was given back already.")
        return self._session

    def begin(self, lease: Lease, run: Run) -> int:
        def work(connection: Connection, books: Ledger) -> int:
            number = runs.begin(connection, books, run)
            leases.begin(connection, books.workspace, lease.fence, number)
            ledger.keep(connection, books)
            return number

        return self._writing.commit(lease, work)

    def intend(self, lease: Lease, intents: Sequence[Intent]) -> None:
        session = self._writing

        def work(connection: Connection, books: Ledger) -> None:
            sizes = journal.intend(connection, books, self._view.vault(books), intents)
            session.expect(sizes)
            ledger.save(connection, books)

        session.commit(lease, work)

    def settle(self, lease: Lease, run: int, outcomes: Sequence[Settled]) -> None:
        def work(connection: Connection, books: Ledger) -> None:
            journal.settle(connection, books, self._view.vault(books), run, outcomes)
            ledger.save(connection, books)

        session = self._writing
        session.record(lease, work)
        session.settled({outcome.intent for outcome in outcomes})

    def set_outputs(self, lease: Lease, run: int, outputs: Mapping[str, Output | None]) -> None:
        def work(connection: Connection, books: Ledger) -> None:
            if journal.set_outputs(connection, books, self._view.vault(books), run, outputs):
                ledger.save(connection, books)

        self._writing.record(lease, work)

    def amend(self, lease: Lease, run: Run, amendment: Amendment) -> int:
        return self._writing.commit(
            lease, lambda at, books: amend(at, books, self._view.vault(books), run, amendment)
        )

    def finish(self, lease: Lease, run: int, status: RunStatus) -> None:
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self._ports.clock()))

        def work(connection: Connection, books: Ledger) -> None:
            runs.finish(connection, books, run, status, when)
            ledger.keep(connection, books)

        self._writing.record(lease, work)

    def rekey(self, lease: Lease, key: Key) -> int:
        def work(connection: Connection, _books: Ledger) -> int:
            with self._view.database.unguarded(connection):
                return rekeying.rekey(connection, self._view, lease, key)

        return self._writing.commit(lease, work)

    def close(self) -> None:
        """Nothing is open between reads, and a lease lets go of the database by itself."""


def _without_others(stored: Sequence[Row], held: Sequence[Held], mine: Lease) -> list[Row]:
    """The rows without intents of runs that are at work under other leases."""
    others = {one.run for one in held if one.fence != mine.fence}
    return [row for row in stored if row.kind != "intent" or row.version not in others]
