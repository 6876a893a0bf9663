"""A simulated Exchange that is slow, fails, hangs, and has a second administrator."""

from threading import Event, Thread
from time import monotonic

import pytest

from reconciler.backends.base import BackendError, Outcome
from reconciler.backends.command import Command
from reconciler.backends.open import open_backend, simulated_transport
from reconciler.backends.simulated.faults import FaultPlan
from reconciler.backends.transports.simulated import OTHER_ADMIN, SimulatedTransport
from reconciler.catalog.send_connector import TYPE

NEW = Command("New", "SendConnector", {"Name": "Lab", "AddressSpaces": ("lab.example",)})
GET = Command("Get", "SendConnector", {})
LOG = Command("Search", "AdminAuditLog", {})


def set_port(identity="Lab", port=2525):
    return Command("Set", "SendConnector", {"Identity": identity, "Port": port})


@pytest.fixture
def reach(tmp_path):
    """Opens another way to the same simulated Exchange, with faults of its own."""
    opened = []

    def make(faults="", **settings):
        environment = {"RECONCILER_SIM_FAULTS": faults}
        opened.append(
            simulated_transport(settings, root=tmp_path, environment=environment, user="alice")
        )
        return opened[-1]

    yield make
    for transport in opened:
        transport.close()


def failure(transport, call):
    with pytest.raises(BackendError) as caught:
        transport.invoke(call)
    return caught.value


@pytest.mark.parametrize(
    ("effect", "outcome", "lands"),
    [
        ("transient", Outcome.TRANSIENT, False),
        ("permanent", Outcome.PERMANENT, False),
        ("lost-call", Outcome.UNKNOWN, False),
        ("lost-answer", Outcome.UNKNOWN, True),
        ("hang", Outcome.UNKNOWN, False),
    ],
)
def test_each_effect_says_what_is_known_and_lands_or_not(reach, effect, outcome, lands):
    faulty = reach(f"New-*#1={effect}", timeout="10ms")
    assert failure(faulty, NEW).outcome is outcome
    assert bool(reach().invoke(GET)) is lands
    assert bool(reach().invoke(LOG)) is lands


def test_a_fault_that_has_struck_leaves_the_next_call_alone(reach):
    faulty = reach("New-*#1=transient")
    failure(faulty, NEW)
    assert faulty.invoke(NEW)


def test_a_named_object_is_struck_however_it_is_called(reach):
    faulty = reach("Set-*@lab=permanent")
    (made,) = faulty.invoke(NEW)
    for identity in ("Lab", made["Guid"], made["DistinguishedName"]):
        assert failure(faulty, set_port(identity)).outcome is Outcome.PERMANENT


def test_an_edit_by_another_admin_comes_just_before_the_call(reach):
    transport = reach("Set-*#1=edit")
    transport.invoke(NEW)
    transport.invoke(Command("Set", "SendConnector", {"Identity": "Lab", "Enabled": False}))
    (after,) = transport.invoke(GET)
    assert (after["Enabled"], after["Port"], bool(after["Comment"])) == (False, 26, True)
    assert [entry["Caller"] for entry in transport.invoke(LOG)] == ["alice", OTHER_ADMIN, "alice"]


@pytest.mark.parametrize("call", [GET, NEW])
def test_an_edit_of_nothing_that_exists_changes_nothing(reach, call):
    transport = reach("*=edit")
    transport.invoke(call)
    assert all(entry["Caller"] == "alice" for entry in transport.invoke(LOG))


def test_a_call_that_hangs_ends_when_the_transport_is_closed(reach):
    transport, seen = reach("Get-*=hang", timeout=600), []
    waiting = Thread(target=lambda: seen.append(failure(transport, GET)))
    waiting.start()
    transport.close()
    waiting.join(10)
    assert seen[0].outcome is Outcome.UNKNOWN


def test_latency_is_spent_on_every_call(reach):
    transport = reach(latency="40ms")
    before = monotonic()
    transport.invoke(GET)
    assert monotonic() - before >= 0.04


class Clock:
    """An Exchange that answers when it was called."""

    def invoke(self, _call, _caller):
        return [{"At": monotonic()}]

    def close(self):
        pass


def test_half_of_the_latency_passes_before_the_effect_and_half_after():
    transport = SimulatedTransport(Clock(), "alice", faults=FaultPlan(()), latency=0.04)
    before = monotonic()
    (answer,) = transport.invoke(GET)
    after = monotonic()
    assert answer["At"] - before >= 0.02
    assert after - answer["At"] >= 0.02


class Busy(Clock):
    """An Exchange that takes some time of its own."""

    def invoke(self, call, caller):
        Event().wait(0.25)
        return super().invoke(call, caller)


def test_what_a_call_does_is_part_of_its_latency():
    transport = SimulatedTransport(Busy(), "alice", faults=FaultPlan(()), latency=0.6)
    before = monotonic()
    transport.invoke(GET)
    assert 0.6 <= monotonic() - before < 0.85


def test_a_call_that_waits_while_the_transport_is_closed_is_not_sent(reach):
    slow, seen = reach(latency=600_000), []
    waiting = Thread(target=lambda: seen.append(failure(slow, NEW)))
    waiting.start()
    slow.close()
    waiting.join(10)
    assert (seen[0].outcome, seen[0].code) == (Outcome.PERMANENT, "closed")
    assert reach().invoke(GET) == []


def test_a_lost_answer_of_a_backend_call_is_found_by_looking(tmp_path):
    backend = open_backend(
        "simulated", {"faults": "New-*=lost-answer"}, root=tmp_path, environment={}, user="alice"
    )
    with pytest.raises(BackendError) as caught:
        backend.create(TYPE, {"name": "Lab", "address_spaces": ("SMTP:lab.example;1",)})
    assert caught.value.outcome is Outcome.UNKNOWN
    assert len(backend.find(TYPE, "Lab")) == 1
    backend.close()
