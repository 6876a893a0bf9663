"""What must change so that the world is as configured: a function from data to a plan.

It reads no clock, asks no backend and writes nothing. What it needs of the world comes in as a
Situation; what is wrong with the configuration goes into a collector, all of it at once.
"""

from collections.abc import Container, Iterator
from dataclasses import replace

from reconciler.config.expand import repetition
from reconciler.engine import (
    checks,
    conflicts,
    foresight,
    imports,
    inner,
    inside,
    moves,
    outputs,
    relocation,
    replacing,
    retracing,
    targets,
    yielding,
)
from reconciler.engine.bystanders import around, staying
from reconciler.engine.diff import Made, current, decide, drifts
from reconciler.engine.moves import Move
from reconciler.engine.resolve import Resolver
from reconciler.engine.retracing import Retrace
from reconciler.engine.sight import Sight
from reconciler.engine.situation import Draft, Situation
from reconciler.engine.survey import Query
from reconciler.engine.targets import Chosen, Selection
from reconciler.engine.unmaking import Unmaking, refusal
from reconciler.engine.uses import address_of
from reconciler.engine.verdicts import Verdicts
from reconciler.engine.wanted import Walk
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Collector
from reconciler.model.plan import Action, Change, Mode
from reconciler.model.state import Instance
from reconciler.model.values import Values
from reconciler.schema.resource_type import IN_STATE


def draft(situation: Situation, problems: Collector) -> Draft:
    """Everything but the order of the steps; `problems` says whether it may be used."""
    return _Planning(situation, problems, _foreseen(situation, problems)).run()


def _foreseen(at: Situation, problems: Collector) -> Sight | None:
    return foresight.needed(at, problems, lambda seen: _Planning(at, Collector(), seen).foresee())


class _Planning:
    """`seen` is what import blocks see, None for no more than variables."""

    def __init__(self, at: Situation, problems: Collector, seen: Sight | None) -> None:
        self._draft = Draft(Resolver(at.configuration, at.surroundings, problems))
        self._moved = relocation.of(at, self._draft.resolver)
        self._draft.statements = self._moved.statements
        at = replace(at, state=self._moved.state)
        if seen is not None:
            self._draft.resolver.sight.reads.take(seen.reads)
        seen = seen or self._draft.resolver.sight
        taken = imports.rows(at, self._draft.resolver, seen) if at.mode is Mode.NORMAL else ()
        taken = (*taken, *retracing.still_there(at))
        self._taken = {row.address for row in taken}
        at = replace(at, state=replace(at.state, instances=(*at.state.instances, *taken)))
        self._at = at
        self._draft.state = at.state
        self._types = at.surroundings.types
        self._problems = problems
        self._sight = self._draft.resolver.sight
        self._rows = {i.address: i for i in at.state.instances if not i.deposed}
        self._now = {i.address: self._observed(i) for i in self._rows.values()}
        self._blocks = {address_of(b): b for b in at.configuration.blocks()}
        self._verdicts = Verdicts(at, self._draft, self._rows, self._now, problems)
        self._walk = Walk(at, self._draft, self._verdicts, self._rows, self._now)
        self._retrace = Retrace(at, self._draft, self._verdicts, self._rows, self._now)
        self._unmaking = Unmaking(at, self._draft.resolver, self._moved.origins)
        self._changed = self._verdicts.changed

    def _observed(self, instance: Instance) -> Values | None:
        if instance.backend == IN_STATE:
            return instance.values
        here = self._at.observed.get(Query(instance.backend, instance.address.type), {})
        return current(instance, here.get(instance.handle))

    def foresee(self) -> tuple[Sight, int]:
        """What expressions will see, and how many objects are taken over. Nothing is judged."""
        self._walk.run(self._selection())
        return self._sight, len(self._taken)

    def run(self) -> Draft:
        selection = self._selection()
        unmakable = self._unmaking.chosen(selection)
        self._draft.drift = drifts(
            self._rows, self._now, self._types, self._at.undo.within(selection.has)
        )
        match self._at.mode:
            case Mode.NORMAL:
                self._walk.run(selection)
                self._taken |= self._verdicts.adopted
                self._unmake(unmakable)
            case Mode.DESTROY:
                self._unmake(unmakable)
            case Mode.REFRESH_ONLY:
                self._walk.look(selection)
            case Mode.UNDO:
                self._retrace.run(selection)
                self._taken |= self._verdicts.adopted
                self._unmake(unmakable)
        self._check_options()
        self._judge()
        self._finish(unmakable)
        self._tell(selection)
        return self._draft

    def _selection(self) -> Selection:
        of_block = self._sight.uses.of_block
        uses = {a: [use.used for use in of_block(b)] for a, b in self._blocks.items()}
        uses |= {one.row.address.block: [*one.row.dependencies] for one in self._at.undo.objects}
        repeated = {a for a, block in self._blocks.items() if repetition(block)}
        return targets.selection(self._at.targets, self._at.excludes, uses, repeated)

    def _unmake(self, chosen: Chosen) -> None:
        left = self._walk.undecided
        for address in sorted(self._rows, key=lambda a: a.sort_key):
            decided = address in self._changed or address in left or address.block in left
            if not decided and address not in self._taken and chosen(address):
                row = self._rows[address]
                self._changed[address] = self._unmaking.change(row, self._now[address])

    def _check_options(self) -> None:
        there = {*self._rows, *self._blocks, *self._changed, *self._moved.origins.values()}
        for option, given in (("-target", self._at.targets), ("-exclude", self._at.excludes)):
            targets.known(option, given, there, self._problems, self._at.places)
        instances = {str(address) for address in (*self._rows, *self._changed)}
        targets.exact("-replace", self._at.replacements, instances, self._problems)

    def _judge(self) -> None:
        """What only the whole shows: protection, rules, names that are taken."""
        desired = self._draft.desired
        self._carry_along()
        for change in replacing.settled(
            self._changed, desired, self._rows, self._types, self._problems
        ):
            self._changed[change.address] = change
            if desired[change.address].protected:
                self._problems.add(refusal(change.address, "replace"))
        relocation.undone(self._moved, desired, self._problems)
        there = {*self._changed, *self._walk.undecided}
        self._problems.extend(imports.astray(self._at, self._draft.resolver, self._taken, there))
        self._problems.extend(self._unmaking.protected(self._changed.values(), self._rows))
        platforms, others = (
            self._at.surroundings.platforms,
            around(self._rows, self._at, self._changed, desired),
        )
        surroundings = checks.Around(others, staying(self._changed))
        found = checks.rules(list(desired.values()), self._types, platforms, surroundings)
        self._problems.extend(found)
        self._problems.extend(conflicts.taken(self._changed, desired, self._at, self._types))
        self._problems.extend(yielding.refused(self._changed, desired, self._at))

    def _carry_along(self) -> None:
        """What is within an object that is replaced."""
        scene = inside.Scene(self._changed, self._draft.desired, self._rows, self._types)
        for change in tuple(inside.made_anew(scene, self._remade)):
            self._changed[change.address] = change
        self._problems.extend(inside.stranded(scene))

    def _remade(self, address: Address) -> Change:
        desired, row = self._draft.desired[address], self._rows[address]
        platform = self._at.surroundings.platforms[desired.backend]
        kind = Made(self._types[address.type], platform)
        return decide(kind, desired, row, self._now[address], inside.BECAUSE).change

    def _finish(self, chosen: Chosen) -> None:
        for address in sorted(self._changed, key=lambda a: a.sort_key):
            change = self._told(self._changed[address])
            if change.action is not Action.FORGET or self._now[change.address] is not None:
                self._draft.changes.append(change)
            self._draft.moves.extend(self._moves(change))
        if self._at.mode is Mode.REFRESH_ONLY:
            self._draft.moves.extend(moves.records(self._draft.drift, self._rows))
        else:
            self._left_over(chosen)
        relocation.carry_out(self._moved, self._draft, self._now)

    def _told(self, change: Change) -> Change:
        if change.address not in self._taken or change.deposed:
            return change
        return replace(change, imported=self._rows[change.address].handle)

    def _moves(self, change: Change) -> Iterator[Move]:
        row = self._rows.get(change.address)
        desired = self._draft.desired.get(change.address)
        if change.action is not Action.NO_OP:
            yield from moves.moves(self._types[change.address.type], change, desired, row)
        elif row and desired and self._is_news(row, change.after or {}, desired):
            yield moves.recording(row, change.after or {}, desired)

    def _is_news(self, row: Instance, after: Values, desired: Desired) -> bool:
        """Whether the record must change although the object needs no call."""
        return row.address in self._taken or moves.differs_in_record(row, after, desired)

    def _left_over(self, chosen: Chosen) -> None:
        """Objects whose replacement was cut short after the new one was made."""
        for row in self._at.state.instances:
            if not row.deposed or not chosen(row.address):
                continue
            change = self._unmaking.change(row, self._observed(row))
            rtype = self._types[row.address.type]
            self._draft.moves.extend(moves.moves(rtype, change, None, row))
            if change.action is Action.DELETE:
                self._draft.changes.append(change)

    def _tell(self, selection: Selection) -> None:
        """Outputs, and what must hold of them."""
        at, resolver = self._at, self._draft.resolver
        if at.mode is Mode.UNDO:
            self._draft.outputs = retracing.outputs(at)
            self._problems.extend(retracing.notes(at.undo))
            return
        left: Container[str] = ()
        if at.targets or at.excludes:
            if at.mode is Mode.DESTROY:
                return
            left = outputs.left_out(
                resolver, at.state, self._undecided(selection), targeted=bool(at.targets)
            )
        self._draft.outputs = outputs.changes(resolver, at.state, at.mode, left)
        if at.mode is Mode.NORMAL:
            self._draft.checks.extend(inner.checked(self._sight))
            self._draft.checks.extend(checks.assertions(self._sight))
        if at.mode is not Mode.DESTROY:
            names = [output.name for output in self._draft.outputs]
            self._draft.checks.extend(outputs.preconditions(resolver, names))

    def _undecided(self, selection: Selection) -> Container[Address]:
        """Blocks of which something is left as it is."""
        found = {address.block for address in self._walk.undecided}
        if self._at.mode is Mode.REFRESH_ONLY:
            found.update(a for a in self._blocks if not selection.has(a))
        return found
