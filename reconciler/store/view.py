"""One workspace of one database, seen without writing: every look begins with all the checks."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.record import dataclass
from reconciler.store import lease, ledger, marker
from reconciler.store.database import Database
from reconciler.store.keys import Key
from reconciler.store.lease import Held
from reconciler.store.ledger import Ledger
from reconciler.store.refusals import refused
from reconciler.store.seal import Bound, Keyring

T = TypeVar("T")


def brought_up(database: Database, look: Callable[[], T]) -> T:
    """What `look` answers, at a second try where the database had an older format."""
    try:
        return look()
    except ReconcilerError as failure:
        if failure.diagnostics[0].code != "state-older-format":
            raise
    database.prepare()
    return look()


@dataclass(frozen=True, slots=True)
class View:
    database: Database
    workspace: str
    key: Key

    def seen(self, look: Callable[[Connection, Ledger], T], absent: T) -> T:
        """What `look` sees in one snapshot, or `absent` where the workspace has no state."""
        return brought_up(self.database, lambda: self._seen(look, absent))

    def _seen(self, look: Callable[[Connection, Ledger], T], absent: T) -> T:
        # Before the database: what is written in between can only make that newer.
        known = marker.read(self.database)
        if not self.database.exists():
            marker.refuse_missing(self.database, known)
            return absent

        def looked(connection: Connection) -> T:
            books = self.compared(connection, known)
            return absent if books is None else look(connection, books)

        return self.database.snapshot(looked)

    def leases(self) -> list[Held]:
        """Those that were not given back, oldest first."""
        nobody: list[Held] = []
        return self.seen(lambda at, _: lease.load(at, self.workspace), nobody)

    def compared(self, connection: Connection, known: marker.Marks) -> Ledger | None:
        """The ledger, None for a new workspace. Raises ReconcilerError where it is not the one
        that the marker knows.
        """
        books, wrong = ledger.load(connection, self.workspace)
        self.refuse_damage(wrong)
        lineage, serial = (books.lineage, books.serial) if books else ("", 0)
        marker.compare(self.database, known.get(self.workspace), lineage, serial)
        return books

    def books(self, connection: Connection) -> Ledger:
        """The ledger of a workspace that has one."""
        books, wrong = ledger.load(connection, self.workspace)
        self.refuse_damage(wrong or ("its first row is gone" if books is None else ""))
        assert books is not None
        return books

    def refuse_damage(self, wrong: str) -> None:
        """Raises ReconcilerError `state-damaged` unless `wrong` is ""."""
        if wrong:
            raise refused(
                "state-damaged",
                path=self.database.place,
                marker=self.database.marker,
                reason=wrong,
            )

    def vault(self, books: Ledger) -> Bound:
        """Seals what belongs to this workspace."""
        self.key.fit(books.seal)
        return self.sealed_with(self.key, books)

    @staticmethod
    def sealed_with(key: Key, books: Ledger) -> Bound:
        """As `vault`, with another key."""
        return Bound(Keyring(key, books.lineage), f"{books.lineage} {books.workspace}", books)
