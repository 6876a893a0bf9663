"""Bulk reads: repeated while that may help, and never taken for absence."""

import pytest
from execution_fakes import BUSY, REFUSED, SILENT, FakeBackend, row

from reconciler.catalog.index import types
from reconciler.engine import observe
from reconciler.engine.survey import Query
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.event import Reading

QUERY = Query("", "send_connector")


class Unsteady(FakeBackend):
    """Fails in turn with what `failures` lists."""

    def __init__(self, *failures):
        found = row("a")
        super().__init__({found.handle: found.values})
        self.failures = list(failures)

    def list(self, rtype):
        if self.failures:
            raise self.failures.pop(0)
        return super().list(rtype)


@pytest.fixture
def waits(monkeypatch):
    found = []
    monkeypatch.setattr(observe.time, "sleep", found.append)
    return found


def read(backend, emit=lambda _event: None):
    return observe.observe([QUERY], {"": backend}, types(), emit)


def test_a_read_answers_all_objects_and_says_that_it_reads():
    events = []
    found = read(Unsteady(), events.append)
    assert [len(found[QUERY]), events] == [1, [Reading("send_connector", "")]]


def test_a_read_is_repeated_after_longer_and_longer_waits(waits):
    found = read(Unsteady(BUSY, SILENT, BUSY))
    assert len(found[QUERY]) == 1
    assert waits == sorted(waits)
    assert len(waits) == 3


@pytest.mark.parametrize(("failures", "times"), [([REFUSED], 0), ([BUSY] * 9, 4)])
def test_a_read_that_fails_stops_the_plan(waits, failures, times):
    with pytest.raises(ReconcilerError) as caught:
        read(Unsteady(*failures))
    assert [found.code for found in caught.value.diagnostics] == ["read-failed"]
    assert len(waits) == times
