"""A world in memory: text is planned against rows and objects that earlier texts left behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from textwrap import dedent

from reconciler.catalog.index import everything
from reconciler.config.load import configuration
from reconciler.config.static import check
from reconciler.engine.outputs import final
from reconciler.engine.planner import draft
from reconciler.engine.resolve import Surroundings
from reconciler.engine.schedule import schedule
from reconciler.engine.situation import Draft, Situation
from reconciler.engine.survey import Query, remembered
from reconciler.lang.value import Value
from reconciler.model.address import Address, parse
from reconciler.model.diagnostic import Collector
from reconciler.model.plan import Action, Change, Mode, Step, Verb
from reconciler.model.platform import Platform
from reconciler.model.state import Handle, Instance, InstanceStatus, State
from reconciler.model.values import UNKNOWN, Sealed, Secret, Values

TYPES = everything()
RTYPE = TYPES["send_connector"]
UNREADABLE = ("usage", "authentication_credential")
DEFAULT = {"": Platform()}


def seal(secret: Secret, before: Sealed | None) -> Sealed:
    """As told apart as real ones, and as silent."""
    del before
    return Sealed(secret.open, f"digest-{hash(secret.hidden)}")


@dataclass
class Planned:
    draft: Draft
    problems: Collector
    mode: Mode

    @property
    def changes(self) -> Mapping[str, Change]:
        return {str(c.address): c for c in self.draft.changes}

    @property
    def actions(self) -> Mapping[str, str]:
        """What is done by address, without what stays as it is."""
        kept = (c for c in self.draft.changes if c.action is not Action.NO_OP)
        return {str(c.address) + (c.deposed and " deposed"): c.action.value for c in kept}

    @property
    def reasons(self) -> Mapping[str, str]:
        return {str(c.address): c.reason for c in self.draft.changes if c.reason}

    @property
    def codes(self) -> list[str]:
        return [found.code for found in self.problems]

    @property
    def steps(self) -> tuple[Step, ...]:
        return schedule(self.draft.moves, TYPES)

    @property
    def order(self) -> list[str]:
        return [step.id.replace("send_connector.", "") for step in self.steps]

    @property
    def outputs(self) -> Mapping[str, str]:
        return {o.name: o.action.value for o in self.draft.outputs if o.action is not Action.NO_OP}

    @property
    def checks(self) -> list[tuple[str, str, str]]:
        return [(c.address, c.kind, c.status) for c in self.draft.checks]

    def differences(self, address: str) -> Mapping[str, tuple[object, object]]:
        return {d.name: (d.before, d.after) for d in self.changes[address].differences}

    def sent(self, address: str) -> Values:
        """What the one call about `address` carries."""
        found = [s for s in self.steps if str(s.address) == address and s.verb in CALLS]
        assert len(found) == 1, found
        return found[0].values


CALLS = (Verb.CREATE, Verb.UPDATE)


@dataclass
class World:
    """`objects` is what Exchange holds, by backend and handle; `rows` what state remembers."""

    variables: Mapping[str, Value] = field(default_factory=dict)
    platforms: Mapping[str, Platform] = field(default_factory=lambda: DEFAULT)
    state: State = field(default_factory=State)
    objects: dict[Query, dict[Handle, Values]] = field(default_factory=dict)
    made: int = 0

    def plan(self, text, mode: Mode = Mode.NORMAL, *, refresh: bool = True, **asked):
        """The draft for a text or a whole project, which must have no static mistake."""
        problems = Collector()
        found = text
        if isinstance(text, str):
            found = configuration(Path("project"), {"main.hcl": dedent(text)}, problems)
        problems.extend(check(found, TYPES))
        problems.stop_on_errors()
        around = Surroundings(TYPES, self.platforms, self.variables, seal)
        observed = self._observed() if refresh else remembered(self.state)
        asked = {name: tuple(value) for name, value in asked.items()}
        at = Situation(found, around, self.state, observed, mode, **asked)
        return Planned(draft(at, problems), problems, mode)

    def _observed(self) -> Mapping[Query, Mapping[Handle, Values]]:
        return {query: dict(here) for query, here in self.objects.items()}

    def apply(self, text, mode: Mode = Mode.NORMAL, **asked) -> Planned:
        """Carries out what can be known before; what Exchange computes gets values."""
        planned = self.plan(text, mode, **asked)
        assert not planned.problems.errors, planned.problems.errors
        for step in planned.steps:
            self._carry_out(step)
        for row in self.state.instances:
            if not row.deposed:
                known = (RTYPE, row.values, row.sensitive)
                planned.draft.resolver.sight.learn(row.address, known)
        names = [output.name for output in planned.draft.outputs]
        outputs = final(planned.draft.resolver, self.state, names)
        outputs = {} if mode is Mode.DESTROY else outputs
        self.state = replace(self.state, outputs=outputs)
        return planned

    def _carry_out(self, step: Step) -> None:
        query = Query(step.backend, step.address.type)
        here = self.objects.setdefault(query, {})
        rows = {(i.address, i.deposed): i for i in self.state.instances}
        old = rows.pop((step.moved_from or step.address, step.deposed), None)
        if step.verb is Verb.MOVE:
            moved = replace(old, address=step.address, dependencies=step.dependencies)
            rows[step.address, step.deposed] = moved
            self.state = replace(self.state, instances=tuple(rows.values()))
            return
        if step.verb is Verb.DELETE:
            here.pop(step.handle, None)
        elif step.verb not in (Verb.FORGET, Verb.JOIN):
            if old is None and step.deposed:
                old = rows.pop((step.address, ""))
            row = self._row(step)
            rows[row.address, ""] = row
            here[row.handle] = readable(row.values)
            if old is not None and old.handle != row.handle:
                rows[old.address, "old"] = replace(old, deposed="old")
        self.state = replace(self.state, instances=tuple(rows.values()))

    def _row(self, step: Step) -> Instance:
        self.made += 1
        handle = step.handle or Handle(f"00000000-0000-0000-0000-{self.made:012}")
        return Instance(
            step.address,
            handle,
            {name: self._computed(name, value, step) for name, value in step.after.items()},
            step.sensitive,
            step.dependencies,
            protected=step.protected,
            create_before_destroy=step.create_before_destroy,
            backend=step.backend,
        )

    def _computed(self, name: str, value: object, step: Step) -> object:
        if value is not UNKNOWN:
            return value
        known = {
            "guid": step.handle or f"00000000-0000-0000-0000-{self.made:012}",
            "distinguished_name": f"CN={step.after.get('name')}",
            "source_transport_servers": ("MBX1",),
        }
        return known.get(name)

    def handle(self, address: str) -> Handle:
        return self.row(address).handle

    def row(self, address: str) -> Instance:
        wanted = parse(address)
        return next(i for i in self.state.instances if i.address == wanted and not i.deposed)

    def edit(self, address: str, **values: object) -> None:
        """Another admin changes an object behind our back."""
        row = self.row(address)
        here = self.objects[Query(row.backend, row.address.type)]
        here[row.handle] = {**here[row.handle], **values}

    def remove(self, address: str) -> None:
        """Another admin deletes an object."""
        row = self.row(address)
        del self.objects[Query(row.backend, row.address.type)][row.handle]

    def stranger(self, name: str, backend: str = "", **values: object) -> Handle:
        """Another admin makes an object."""
        self.made += 1
        handle = Handle(f"99999999-0000-0000-0000-{self.made:012}")
        here = self.objects.setdefault(Query(backend, "send_connector"), {})
        here[handle] = {"name": name, "guid": handle, **values}
        return handle

    def remember(self, address: str, **fields: object) -> None:
        """Changes a row of state."""
        row = self.row(address)
        rows = (replace(row, **fields) if i is row else i for i in self.state.instances)
        self.state = replace(self.state, instances=tuple(rows))

    def taint(self, address: str) -> None:
        self.remember(address, status=InstanceStatus.TAINTED)


def readable(values: Values) -> Values:
    return {name: value for name, value in values.items() if name not in UNREADABLE}


def connector(
    label: str = "a", name: str = "A", *lines: str, spaces: str = '["a.example"]'
) -> str:
    """A valid block; a line beginning with `!` stands for one of lifecycle."""
    plain = [line for line in lines if not line.startswith("!")]
    life = [line[1:] for line in lines if line.startswith("!")]
    body = [f'name = "{name}"', f"address_spaces = {spaces}", *plain]
    if life:
        body += ["lifecycle {", *life, "}"]
    return "\n".join([f'resource "send_connector" "{label}" {{', *body, "}", ""])


def applied(*texts: str, **fields: object) -> World:
    """The world after these texts, one after the other."""
    world = World(**fields)
    for text in texts:
        world.apply(text)
    return world


def rows(world: World) -> Sequence[str]:
    return sorted(str(i.address) + (i.deposed and " deposed") for i in world.state.instances)


def address(text: str) -> Address:
    return parse(text)
