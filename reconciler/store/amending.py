"""A change to the record alone, as a run of its own: begun, made and ended in one commit.

Knows that rows, outputs and history keep in step; knows not why somebody wants the change.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from sqlalchemy import Connection

from reconciler.model.record import dataclass
from reconciler.model.state import Output
from reconciler.store import journal, ledger, runs
from reconciler.store.base import Lease, Run, RunStatus, Settled, Store
from reconciler.store.document import Pulled
from reconciler.store.ledger import Ledger
from reconciler.store.spelling import Vault


@dataclass(frozen=True, slots=True)
class Amendment:
    """What becomes of rows and of outputs (None takes one away)."""

    outcomes: Sequence[Settled]
    outputs: Mapping[str, Output | None]


class Record(Store, Protocol):
    """A store whose record can be changed, taken out and put back besides."""

    def amend(self, lease: Lease, run: Run, amendment: Amendment) -> int:
        """A run that changes the record alone, whole or not at all; its number."""
        ...

    def pull(self) -> str:
        """The whole state as a document, "" where there is none."""
        ...

    def opened(self, content: bytes) -> Pulled:
        """What such a document says. Raises ReconcilerError `document-damaged`, or where its values
        do not open with the key of this state.
        """
        ...


def amend(
    connection: Connection, books: Ledger, vault: Vault, run: Run, amendment: Amendment
) -> int:
    """The number of the run, which ends when it began."""
    number = runs.begin(connection, books, run)
    journal.settle(connection, books, vault, number, amendment.outcomes)
    if amendment.outputs:
        journal.set_outputs(connection, books, vault, number, amendment.outputs)
    ledger.save(connection, books)
    runs.finish(connection, books, number, RunStatus.DONE, run.started)
    ledger.keep(connection, books)
    return number
