"""A store and a backend in memory, which fail where they are told to."""

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Lock

from reconciler.backends.base import BackendError, Capabilities, Found, Outcome
from reconciler.catalog.index import types
from reconciler.engine.carry import Patience
from reconciler.engine.errand import Errand
from reconciler.engine.execute import execute
from reconciler.engine.ports import Journal, Ports, Prepared, Report, Stop
from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.event import Event
from reconciler.model.plan import Step, Verb
from reconciler.model.platform import Platform
from reconciler.model.state import Handle, Instance, Intent, State
from reconciler.model.values import Values
from reconciler.store.base import Holder, Lease, Settled

RTYPE = types()["send_connector"]
LEASE = Lease(Holder("ann", "host", 1, "apply", ""), 1)
BUSY = BackendError(Outcome.TRANSIENT, "Too busy.")
REFUSED = BackendError(Outcome.PERMANENT, "Refused.", "refused")
SILENT = BackendError(Outcome.UNKNOWN, "No answer.")
LOST_ANSWER = "the call lands, its answer does not"


def address(label: str) -> Address:
    return Address("send_connector", label)


def row(label: str, **values: object) -> Instance:
    return Instance(address(label), Handle(f"guid-{label}"), {"name": label, "port": 25, **values})


def create(label: str, *needs: str, **values: object) -> Step:
    sent = {"name": label, "port": 25, **values}
    return Step(
        f"create {label}", address(label), Verb.CREATE, None, label, sent, sent, needs=needs
    )


def update(label: str, *needs: str, **values: object) -> Step:
    after = {"name": label, "port": 25, **values}
    handle = Handle(f"guid-{label}")
    return Step(
        f"update {label}", address(label), Verb.UPDATE, handle, label, values, after, needs=needs
    )


def delete(label: str, *needs: str) -> Step:
    handle = Handle(f"guid-{label}")
    return Step(f"delete {label}", address(label), Verb.DELETE, handle, label, {}, {}, needs=needs)


@dataclass
class FakeBackend:
    """`script` lists, by `verb label`, what becomes of each call in turn; then all goes well."""

    objects: dict[Handle, Values] = field(default_factory=dict)
    script: dict[str, list[object]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(Platform()))
    lock: Lock = field(default_factory=Lock)

    @contextmanager
    def _call(self, name: str):
        with self.lock:
            self.calls.append(name)
            effects = self.script.get(name, [])
            effect = effects.pop(0) if effects else None
        if callable(effect):
            effect()
        elif isinstance(effect, Exception):
            raise effect
        with self.lock:
            yield
        if effect == LOST_ANSWER:
            raise SILENT

    def _label(self, handle: Handle) -> str:
        return handle.removeprefix("guid-")

    def list(self, _rtype):
        return dict(self.objects)

    def find(self, _rtype, identity):
        with self._call(f"find {identity}"):
            there = self.objects.items()
            return tuple(Found(h, v) for h, v in there if v["name"] == identity)

    def read(self, _rtype, handle):
        with self._call(f"read {self._label(handle)}"):
            return Found(handle, self.objects[handle]) if handle in self.objects else None

    def create(self, _rtype, values):
        with self._call(f"create {values['name']}"):
            handle = Handle(f"guid-{values['name']}")
            self.objects[handle] = dict(values)
            return Found(handle, self.objects[handle])

    def update(self, _rtype, handle, values):
        with self._call(f"update {self._label(handle)}"):
            self.objects[handle] = {**self.objects[handle], **values}
            return Found(handle, self.objects[handle])

    def delete(self, _rtype, handle):
        with self._call(f"delete {self._label(handle)}"):
            self.objects.pop(handle, None)

    def close(self):
        pass


FULL = ReconcilerError(error("state-full", "No room", "The disk is full."))


@dataclass
class FakeStore:
    """`commits` lists what went down together. The n-th commit fails where `failing` says so."""

    commits: list[Sequence[Intent] | Sequence[Settled]] = field(default_factory=list)
    rows: dict[tuple[str, str], Instance] = field(default_factory=dict)
    open: dict[str, Intent] = field(default_factory=dict)
    failing: frozenset[int] = frozenset()
    tried: int = 0

    def _commit(self, what) -> None:
        self.tried += 1
        if self.tried in self.failing:
            raise FULL
        self.commits.append(tuple(what))

    def intend(self, _lease, intents):
        self._commit(intents)
        self.open |= {intent.id: intent for intent in intents}

    def settle(self, _lease, _run, outcomes):
        self._commit(outcomes)
        for outcome in outcomes:
            self.open.pop(outcome.intent, None)
            self.rows.pop((outcome.address, outcome.deposed), None)
            if outcome.after is not None:
                self.rows[str(outcome.after.address), outcome.after.deposed] = outcome.after

    @property
    def labels(self) -> list[str]:
        return sorted(instance.address.name for instance in self.rows.values())


@dataclass
class World:
    """A run's surroundings; `execute` carries out and keeps what was told."""

    backend: FakeBackend = field(default_factory=FakeBackend)
    store: FakeStore = field(default_factory=FakeStore)
    stop: Stop = field(default_factory=Stop)
    told: list[Event] = field(default_factory=list)
    ports: Mapping[str, object] = field(default_factory=dict)

    def hold(self, *labels: str) -> State:
        """Objects that are there and remembered."""
        rows = [row(label) for label in labels]
        self.backend.objects |= {one.handle: one.values for one in rows}
        self.store.rows |= {(str(one.address), ""): one for one in rows}
        return State("lineage", 1, tuple(rows))

    def execute(self, *steps: Step, state: State | None = None, parallelism: int = 2) -> Report:
        ports = Ports(
            backends={"": self.backend},
            types=types(),
            prepare=lambda step, _rows: Prepared(step, step.values),
            confirm=lambda _step, _row: (),
            read=lambda _step: None,
            seen=lambda _step: tuple(self.backend.objects),
            emit=self.told.append,
            stop=self.stop,
            parallelism=parallelism,
        )
        journal = Journal(self.store, LEASE, 1)
        return execute(steps, state or State(), replace(ports, **self.ports), journal)

    def heard(self, kind: type) -> list[str]:
        return [event.step.id for event in self.told if isinstance(event, kind)]


def errand(step: Step, backend: FakeBackend) -> Errand:
    return Errand(step, RTYPE, backend, step.values, step.after)


def patience(news: list[str], *, endless: bool = True) -> Patience:
    """Never sleeps; notes why it waits. Not `endless`: the run is stopping."""
    return Patience(lambda _seconds: endless, lambda _attempt, _wait, why: news.append(why))
