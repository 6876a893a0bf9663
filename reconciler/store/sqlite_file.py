"""A SQLite file as the store's database: where it lies, its marker, its room on the disk."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine

from reconciler.model.record import dataclass
from reconciler.store import migrate, place, sqlite
from reconciler.store.reserve import Reserve
from reconciler.store.tables import FORMAT

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SqliteFile:
    """The database in the file `path`."""

    path: Path

    @property
    def place(self) -> str:
        return str(self.path)

    @property
    def marker(self) -> Path:
        return sqlite.beside(self.path, ".marker")

    def exists(self) -> bool:
        return place.inspect(self.path)

    def witnesses(self) -> tuple[Path, ...]:
        return (sqlite.beside(self.path, "-wal"),)

    def refuse_unwritable(self) -> None:
        place.refuse_unwritable(self.path)

    def prepare(self) -> None:
        with self.translated():
            if not self.path.exists():
                sqlite.make(self.path)
            elif 0 < sqlite.format_in(self.path) < FORMAT:
                self._upgrade()

    def _upgrade(self) -> None:
        with self.writer().begin() as connection:
            sqlite.refuse_foreign(connection, self.path)
            if migrate.is_older(connection, self.place):
                sqlite.keep_copy(connection, self.path, migrate.found(connection))
                migrate.upgrade(connection, self.place)

    def snapshot(self, look: Callable[[Connection], T]) -> T:
        return sqlite.snapshot(self.path, look)

    def writer(self) -> Engine:
        return sqlite.writer(self.path)

    def enter(self, connection: Connection, workspace: str) -> None:
        """Each transaction is alone from its first statement on, whatever the workspace."""
        del connection, workspace

    def set_patience(self, connection: Connection, seconds: float) -> None:
        sqlite.set_patience(connection, seconds)

    def unguarded(self, connection: Connection) -> AbstractContextManager[None]:
        return sqlite.unguarded(connection)

    def translated(self) -> AbstractContextManager[None]:
        return sqlite.translated(self.path)

    def room(self, workspace: str) -> Reserve:
        name = "".join(c if c.isalnum() else f"%{ord(c):x}" for c in workspace)
        return Reserve(sqlite.beside(self.path, f".{name}.reserve"), self.path)
