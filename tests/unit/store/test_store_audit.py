"""The audit finds what the quick checks of every read cannot see."""

import sqlite3
from contextlib import closing

import pytest

from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import Handle, Instance
from reconciler.store import codec, ledger
from reconciler.store.base import Holder, Run, Settled
from reconciler.store.sql import open_store

ANN = Holder("ann", "host-a", 1, "apply", "2026-01-01T00:00:00Z")
RUN = Run(0, "apply", "ann", "host-a", "", "", "")
RELAY = Instance(Address("send_connector", "relay"), Handle("guid-1"), {"port": 25})


@pytest.fixture
def store(tmp_path):
    found = open_store("sqlite:///state.db", root=tmp_path)
    with found.lease(ANN, 0) as lease:
        run = found.begin(lease, RUN)
        found.settle(lease, run, [Settled("", str(RELAY.address), None, RELAY)])
    return found


def forged(path):
    """Another port in the row, with every digest made to fit it."""
    with closing(sqlite3.connect(path)) as connection:
        row = codec.Row(
            *connection.execute("SELECT kind, key, deposed, version, body FROM entry").fetchone()
        )
        old, row = row, row._replace(body=row.body.replace("25", "26"))
        connection.execute(
            "UPDATE entry SET body = ?, digest = ?", (row.body, codec.row_digest(row))
        )
        said = connection.execute(
            "SELECT workspace, lineage, serial, total, changes, chain, tool, seal FROM meta"
        )
        books = ledger.Ledger(*said.fetchone())
        books.total = ledger.plus(books.total, [codec.row_digest(row)], [codec.row_digest(old)])
        connection.execute("UPDATE meta SET total = ?, digest = ?", (books.total, books.digest))
        connection.commit()


def test_a_row_forged_with_all_its_digests_is_found_by_what_the_history_says(store, tmp_path):
    forged(tmp_path / "state.db")
    assert store.read().instances[0].values == {"port": 26}
    with pytest.raises(ReconcilerError) as refusal:
        store.audit()
    (found,) = refusal.value.diagnostics
    assert found.code == "state-damaged"
    assert "send_connector.relay is not as the history left it" in found.detail


def test_an_altered_line_is_named_with_what_it_is_about(store, tmp_path):
    with closing(sqlite3.connect(tmp_path / "state.db")) as connection:
        connection.execute("DROP TRIGGER history_keeps_UPDATE")
        connection.execute("UPDATE history SET after = replace(after, '25', '26')")
        connection.commit()
    with pytest.raises(ReconcilerError) as refusal:
        store.audit()
    assert "line 2 of the history, about instance send_connector.relay" in (
        refusal.value.diagnostics[0].detail
    )
