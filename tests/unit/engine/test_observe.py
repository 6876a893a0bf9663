"""Bulk reads: repeated while that may help, and never taken for absence."""

from threading import Barrier

import pytest
from execution_fakes import BUSY, REFUSED, SILENT, FakeBackend, row

from reconciler.backends.base import Capabilities
from reconciler.catalog.index import types
from reconciler.engine import observe
from reconciler.engine.survey import Query
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.event import Reading
from reconciler.model.platform import Platform

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


FOUR = [Query("", name) for name in ("accepted_domain", "receive_connector", "remote_domain")]
FOUR.append(QUERY)


class Crowd(FakeBackend):
    """Counts who is inside at once; nobody leaves before `meet` have met there."""

    def __init__(self, meet, parallel=10):
        super().__init__(capabilities=Capabilities(Platform(), parallel=parallel))
        self.inside = Barrier(meet, timeout=20)
        self.now = self.most = 0

    def list(self, rtype):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.inside.wait()
        with self.lock:
            self.now -= 1
        if rtype.name in self.script:
            raise self.script[rtype.name]
        return {}


def test_several_types_are_read_at_once_and_told_in_order():
    events = []
    found = observe.observe(FOUR, {"": Crowd(meet=4)}, types(), events.append)
    assert list(found) == FOUR
    assert [event.type for event in events] == [query.type for query in FOUR]


@pytest.mark.parametrize("allowed", [1, 2])
def test_no_more_are_read_at_once_than_the_backend_allows(allowed):
    backend = Crowd(meet=allowed, parallel=allowed)
    observe.observe(FOUR, {"": backend}, types(), lambda _event: None)
    assert backend.most == allowed


def test_of_several_reads_that_fail_the_first_in_order_is_told():
    backend = Crowd(meet=4)
    backend.script = {"remote_domain": REFUSED, "receive_connector": REFUSED}
    with pytest.raises(ReconcilerError) as caught:
        observe.observe(FOUR, {"": backend}, types(), lambda _event: None)
    assert "every receive_connector" in caught.value.diagnostics[0].detail
