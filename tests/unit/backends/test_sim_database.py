"""Transactions of the simulated Exchange, and what becomes of database errors."""

import sqlite3

import pytest

from reconciler.backends.base import BackendError, Outcome
from reconciler.backends.simulated import database
from reconciler.backends.simulated.database import Database
from reconciler.backends.simulated.rows import Stored

ROW = Stored("0292c782-9804-4d8b-ae0e-e1c7ab90852b", "Lab", "", "{}")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "exchange.db"


@pytest.fixture
def opened(path):
    one = Database(f"sqlite:///{path}")
    yield one
    one.close()


def insert(opened, *rows):
    with opened.transaction(writes=True) as transaction:
        for row in rows:
            transaction.insert("SendConnector", row)


def stored(opened):
    with opened.transaction(writes=False) as transaction:
        return transaction.all("SendConnector")


def failure(act, *arguments):
    with pytest.raises(BackendError) as caught:
        act(*arguments)
    return caught.value


def test_a_transaction_that_fails_leaves_nothing(opened):
    error = failure(insert, opened, ROW, ROW)
    assert (error.outcome, error.code) == (Outcome.PERMANENT, "already-exists")
    assert stored(opened) == []


def test_any_exception_rolls_back(opened):
    def act():
        with opened.transaction(writes=True) as transaction:
            transaction.insert("SendConnector", ROW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        act()
    assert stored(opened) == []


def test_a_database_that_is_closed_opens_again(opened):
    insert(opened, ROW)
    opened.close()
    assert stored(opened) == [ROW]


def test_one_in_memory_lives_as_long_as_it_is_open():
    opened = Database("sqlite://")
    insert(opened, ROW)
    assert stored(opened) == [ROW]
    opened.close()


def test_a_lock_that_others_hold_is_worth_another_try(path, opened, monkeypatch):
    monkeypatch.setattr(database, "_BUSY_MS", 0)
    stored(opened)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert failure(insert, opened, ROW).outcome is Outcome.TRANSIENT
    assert stored(opened) == []
    other.close()


def test_a_database_that_is_damaged_is_a_permanent_failure(path, opened):
    insert(opened, ROW)
    other = sqlite3.connect(path)
    other.execute("DROP TABLE exchange_object")
    other.close()
    error = failure(stored, opened)
    assert (error.outcome, error.code) == (Outcome.PERMANENT, "exchange-database")
