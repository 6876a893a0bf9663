"""What a plan had to leave open, filled in during apply: values that come from objects made
meanwhile, secrets that nothing may hold, and postconditions.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.config.blocks import ResourceBlock
from reconciler.config.expand import Names, context_of
from reconciler.engine import checks, moves, sources
from reconciler.engine.exposure import exposed
from reconciler.engine.ports import Prepared, Rows
from reconciler.engine.sight import within
from reconciler.engine.situation import Draft
from reconciler.engine.survey import Query
from reconciler.engine.uses import address_of
from reconciler.lang.value import is_known
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, Severity, error
from reconciler.model.plan import Step, Verb
from reconciler.model.state import Handle, Instance
from reconciler.model.values import Canonical, Values, is_open
from reconciler.schema import following

MAKING = (Verb.CREATE, Verb.UPDATE)


class Finishing:
    """Evaluates with the resolver of the plan, which learns each row as it comes to be. `notes`
    are warnings: what the own sources of check blocks could not find, and what is to be said of
    the choice where a source makes one.
    """

    def __init__(self, made: Draft) -> None:
        self._draft = made
        self._resolver = made.resolver
        self._types = made.resolver.types
        self.notes: list[Diagnostic] = []
        self._blocks = {address_of(b): b for b in made.resolver.configuration.blocks()}
        if not made.desired and (made.sources or any(c.after is not None for c in made.changes)):
            self._replay()

    def _replay(self) -> None:
        """A saved plan: the resolver learns what planning had learnt."""
        for change in self._draft.changes:
            if change.after is not None and not change.deposed:
                rtype = self._types[change.address.type]
                self._resolver.sight.learn(
                    change.address, (rtype, change.after, change.after_sensitive)
                )
        for one in self._draft.sources:
            rtype = self._types[one.address.type]
            self._resolver.sight.learn(one.address, (rtype, one.values, frozenset()))
        # How often a block stands may hang on what others are, so that these come first.
        for block in self._blocks.values():
            for room in self._resolver.sight.house.rooms(block.module):
                self._draft.scopes.update(self._resolver.expand(block, room) or {})

    def _names(self, block: ResourceBlock, address: Address) -> Names | None:
        """What the instance sees of `each` or `count`. A value that the plan did not know is known
        now, and so are those of the other instances.
        """
        scopes = self._draft.scopes
        if not all(map(is_known, scopes.get(address, {}).values())):
            room = self._resolver.sight.house.room(address.module)
            scopes.update(self._resolver.expand(block, room) or {})
        return scopes.get(address)

    def learn(self, rows: Rows) -> None:
        """From now on expressions see what is really there."""
        for row in rows.all():
            if not row.deposed:
                self._learn(row)

    def _learn(self, row: Instance) -> None:
        rtype = self._types[row.address.type]
        self._resolver.sight.learn(row.address, (rtype, row.values, row.sensitive))

    def check_secrets(self, steps: Sequence[Step]) -> None:
        """Raises ReconcilerError with every secret that is not the one that was planned."""
        found = [
            problem
            for step in steps
            if step.secrets
            for problem in _other_secrets(step, self._desired(step))
        ]
        if found:
            raise ReconcilerError(*found)

    def prepare(self, step: Step, rows: Rows) -> Prepared:
        """The step with nothing left open. Raises ReconcilerError."""
        self._insist(step)
        step = self._pointed(step, rows)
        if not step.deferred and not step.secrets:
            return Prepared(step, step.values)
        desired = self._desired(step)
        values: dict[str, Canonical] = dict(step.values)
        for name in step.deferred:
            values[name] = desired.values[name]
        unknown = [name for name in step.deferred if is_open(values[name])]
        if unknown:
            raise ReconcilerError(_still_unknown(step, unknown))
        sealed = dict(values)
        for problem in _other_secrets(step, desired):
            raise ReconcilerError(problem)
        for name in values.keys() & desired.secrets.keys():
            values[name] = desired.secrets[name]
        return Prepared(self._filled(step, sealed, desired), values)

    def _pointed(self, step: Step, rows: Rows) -> Step:
        """With the handles of what has been made by now, its own too."""
        if step.verb is Verb.UPDATE and step.handle is None:
            own = rows.get(step.address)
            step = step if own is None else replace(step, handle=own.handle)
        made = {name: rows.get(address, "") for name, address in step.handles.items()}
        found = {name: row.handle for name, row in made.items() if row is not None}
        if not found:
            return step
        values, after = {**step.values, **found}, {**step.after, **found}
        left = tuple(name for name in step.deferred if name not in found)
        called = step.identity or moves.identity(self._types[step.address.type], after)
        return replace(step, values=values, after=after, identity=called, deferred=left)

    def _filled(self, step: Step, sealed: dict[str, Canonical], desired: Desired) -> Step:
        after = {**step.after, **{name: sealed[name] for name in step.deferred}}
        rtype = self._types[step.address.type]
        if step.verb is Verb.CREATE:
            after |= following.foretold(rtype, {**desired.values, **desired.secrets})
        called = step.identity or moves.identity(rtype, after)
        return replace(step, values=sealed, after=after, identity=called, deferred=())

    def _desired(self, step: Step) -> Desired:
        """The instance evaluated anew, with what is known by now."""
        block = self._blocks.get(step.address.block)
        problems = Collector()
        self._resolver.sight.problems = problems
        names = None if block is None else self._names(block, step.address)
        if block is None or names is None:
            raise ReconcilerError(_not_configured(step))
        desired = self._resolver.desire(block, step.address, names, step.after)
        if desired is not None:
            problems.extend(checks.rules([desired], self._types, self._resolver.platforms))
        problems.stop_on_errors()
        assert desired is not None
        return desired

    def _insist(self, step: Step) -> None:
        """Raises ReconcilerError where a precondition does not hold, now that more is known."""
        block = self._blocks.get(step.address.block)
        if block is not None and block.lifecycle.preconditions and step.verb in MAKING:
            life = replace(block.lifecycle, postconditions=())
            problems = Collector()
            self._resolver.sight.problems = problems
            names = self._draft.scopes.get(step.address, {})
            scope = self._resolver.sight.instance(names, module=step.address.module)
            early = replace(block, lifecycle=life)
            tuple(checks.conditions(self._resolver.sight, early, step.address, (scope, scope)))
            problems.stop_on_errors()

    def assertions(self, addresses: Container[str]) -> tuple[Diagnostic, ...]:
        """What the check blocks at `addresses` find, now that everything is done; before that,
        what is to be said of sources.
        """
        self._resolver.sight.problems = problems = Collector()
        tuple(checks.assertions(self._resolver.sight))
        return (*self.notes, *(found for found in problems if found.address in addresses))

    def read(self, step: Step, look: Callable[[Query], Mapping[Handle, Values]]) -> None:
        """A data source, now that what it asks for is known. Raises ReconcilerError."""
        block = self._blocks.get(step.address.block)
        try:
            self._read(step, look)
        except ReconcilerError as failure:
            if block is None or not block.lenient:
                raise
            self._tell(step, (replace(d, severity=Severity.WARNING) for d in failure.diagnostics))

    def _read(self, step: Step, look: Callable[[Query], Mapping[Handle, Values]]) -> None:
        desired, rtype = self._desired(step), self._types[step.address.type]
        here = look(sources.query(rtype, desired))
        found, note = sources.find(rtype, desired, here, self._resolver.sight.scope.time.plan)
        if note is not None:
            self._tell(step, (note,))
        self._resolver.sight.learn(step.address, (rtype, found, desired.sensitive))

    def _tell(self, step: Step, found: Iterable[Diagnostic]) -> None:
        block = self._blocks.get(step.address.block)
        self.notes += within(found, context_of(block) if block else "", step.address)

    def confirm(self, step: Step, row: Instance) -> Sequence[Diagnostic]:
        """What is wrong with the object by its postconditions."""
        self._learn(row)
        block = self._blocks.get(step.address.block)
        if block is None or not block.lifecycle.postconditions or row.deposed:
            return ()
        problems = Collector()
        self._resolver.sight.problems = problems
        names = self._draft.scopes.get(step.address, {})
        myself = exposed(self._types[block.type], row.values, row.sensitive)
        sight, module = self._resolver.sight, step.address.module
        scopes = (
            sight.instance(names, module=module),
            sight.instance(names, myself, module),
        )
        late = replace(block, lifecycle=replace(block.lifecycle, preconditions=()))
        tuple(checks.conditions(self._resolver.sight, late, step.address, scopes))
        return problems.errors


def _problem(step: Step, code: str, summary: str, detail: str) -> Diagnostic:
    return replace(error(code, summary, detail), address=str(step.address))


def _still_unknown(step: Step, names: Sequence[str]) -> Diagnostic:
    return _problem(
        step,
        "still-unknown",
        "A value is still not known",
        f"{', '.join(names)} of {step.address} should be known by now. This is a bug in reconciler.",
    )


def _other_secrets(step: Step, desired: Desired) -> Iterator[Diagnostic]:
    for name in step.secrets:
        if desired.values[name] != step.values[name]:
            yield _another_secret(step, name)


def _another_secret(step: Step, name: str) -> Diagnostic:
    return _problem(
        step,
        "secret-differs-from-plan",
        "Not the secret that was planned",
        f"The value given for {name} is not the one that the plan was made with. Give the same one, or "
        "plan again.",
    )


def _not_configured(step: Step) -> Diagnostic:
    return _problem(
        step,
        "not-configured",
        "The plan names a resource that is not in the configuration",
        f"{step.address} needs a value from the configuration, which no longer has it. Plan again.",
    )
