"""The port to a database: how the store's rows are reached, whatever keeps them.

Knows connections, not what the rows mean.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")
_PATIENCE = 10.0


class Room(Protocol):
    """Keeps room for the outcomes of calls that are under way, where the database is ours."""

    def hold_for(self, calls: Mapping[str, int]) -> None:
        """For the outcomes of `calls` too: lengths of their intents by id. Raises ReconcilerError
        `state-full` where there is none; the calls must not be made then.
        """
        ...

    def forget(self, calls: Iterable[str]) -> None:
        """These are settled."""
        ...

    def give_up(self) -> bool:
        """Frees the room; whether there was any."""
        ...


class Database(Protocol):
    """`place` names it in messages, without a password; `marker` is the file that remembers how
    far it had come.
    """

    @property
    def place(self) -> str: ...

    @property
    def marker(self) -> Path: ...

    def exists(self) -> bool:
        """Raises ReconcilerError where what is there must not be opened."""
        ...

    def witnesses(self) -> tuple[Path, ...]:
        """Files that would not be there if the database had never existed."""
        ...

    def refuse_unwritable(self) -> None:
        """Raises ReconcilerError `state-read-only` or `state-full`."""
        ...

    def prepare(self) -> None:
        """Makes the database where there is none, complete from its first instant, and brings
        one of an older format to ours.
        """
        ...

    def snapshot(self, look: Callable[[Connection], T]) -> T:
        """What `look` sees in one consistent view; nothing is locked or written."""
        ...

    def writer(self) -> Engine:
        """Transactions that are durable when they have ended."""
        ...

    def enter(self, connection: Connection, workspace: str) -> float | None:
        """First in each writing transaction: from here on it is alone in `workspace`. The
        database's clock in seconds since 1970; None where it runs on this machine.
        """
        ...

    def set_patience(self, connection: Connection, seconds: float) -> None:
        """How long `connection` waits for others from its next transaction on."""
        ...

    def unguarded(self, connection: Connection) -> AbstractContextManager[None]:
        """The history may be written anew, or deleted, until the block ends."""
        ...

    def translated(self) -> AbstractContextManager[None]:
        """Turns the driver's errors into refusals."""
        ...

    def room(self, workspace: str) -> Room: ...


@contextmanager
def alone(database: Database, workspace: str) -> Iterator[tuple[Connection, float | None]]:
    """A transaction that is alone in `workspace`, durable when the block has ended, with the
    database's clock as `enter` tells it.
    """
    with database.translated(), closing(database.writer().connect()) as connection:
        database.set_patience(connection, _PATIENCE)
        with connection.begin():
            yield connection, database.enter(connection, workspace)
