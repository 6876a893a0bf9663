"""What must change so that the world is as configured: a function from data to a plan.

It reads no clock, asks no backend and writes nothing. What it needs of the world comes in as a
Situation; what is wrong with the configuration goes into a collector, all of it at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reconciler.engine import checks, conflicts, moves, outputs, targets
from reconciler.engine.diff import current, drift
from reconciler.engine.moves import Move
from reconciler.engine.resolve import Resolver
from reconciler.engine.sight import repetition
from reconciler.engine.situation import Draft, Situation
from reconciler.engine.survey import Query
from reconciler.engine.uses import address_of
from reconciler.engine.wanted import Walk
from reconciler.model.address import Address
from reconciler.model.diagnostic import Collector, Diagnostic, error, warning
from reconciler.model.plan import Action, Change, Drift, Mode
from reconciler.model.state import Instance
from reconciler.model.values import Values

REPLACING = (Action.REPLACE, Action.CREATE_FIRST)


def draft(situation: Situation, problems: Collector) -> Draft:
    """Everything but the order of the steps; `problems` says whether it may be used."""
    return _Planning(situation, problems).run()


class _Planning:
    def __init__(self, at: Situation, problems: Collector) -> None:
        self._at = at
        self._types = at.surroundings.types
        self._problems = problems
        self._draft = Draft(Resolver(at.configuration, at.surroundings, problems))
        self._sight = self._draft.resolver.sight
        self._rows = {i.address: i for i in at.state.instances if not i.deposed}
        self._now = {i.address: self._observed(i) for i in self._rows.values()}
        self._blocks = {address_of(b): b for b in at.configuration.resources}
        self._walk = Walk(at, self._draft, self._rows, self._now, problems)
        self._changed = self._walk.changed

    def _observed(self, instance: Instance) -> Values | None:
        here = self._at.observed.get(Query(instance.backend, instance.address.type), {})
        return current(instance, here.get(instance.handle))

    def run(self) -> Draft:
        self._draft.drift = tuple(self._drifted())
        chosen = targets.selection(self._at.targets, self._at.excludes, self._uses())
        if self._at.mode is Mode.NORMAL:
            self._walk.run(chosen)
        elif self._at.mode is Mode.REFRESH_ONLY:
            self._know_what_is()
        if self._at.mode is not Mode.REFRESH_ONLY:
            self._unmake(chosen)
        self._check_options()
        self._judge()
        self._finish()
        return self._draft

    def _drifted(self) -> Iterator[Drift]:
        for address in sorted(self._rows, key=lambda a: a.sort_key):
            row = self._rows[address]
            found = drift(self._types[address.type], row, self._now[address])
            if found is not None:
                yield found

    def _uses(self) -> Mapping[Address, frozenset[Address]]:
        """What configuration says uses what, and what state remembers of it."""
        of_block = self._sight.uses.of_block
        edges = {a: {use.used for use in of_block(b)} for a, b in self._blocks.items()}
        for row in self._rows.values():
            edges.setdefault(row.address.block, set()).update(row.dependencies)
        return {address: frozenset(used) for address, used in edges.items()}

    def _know_what_is(self) -> None:
        """Without a walk expressions see what is there now."""
        for address, row in self._rows.items():
            now = self._now[address]
            if now is not None:
                self._sight.learn(address, (self._types[address.type], now, row.sensitive))

    def _unmake(self, chosen: targets.Chosen) -> None:
        """What state knows and nobody wants any more."""
        left = self._walk.undecided
        for address in sorted(self._rows, key=lambda a: a.sort_key):
            decided = address in self._changed or address in left or address.block in left
            if not decided and chosen(address):
                self._unmake_one(self._rows[address])

    def _unmake_one(self, row: Instance) -> None:
        now = self._now[row.address]
        action = Action.FORGET if now is None else Action.DELETE
        if row.protected and now is not None:
            self._problems.add(_protected(row.address, "destroy"))
        self._changed[row.address] = Change(
            row.address,
            action,
            now or row.values,
            None,
            before_sensitive=row.sensitive,
            reason=self._why(row),
        )

    def _why(self, row: Instance) -> str:
        """The reason of a deletion, in Terraform's vocabulary."""
        block = self._blocks.get(row.address.block)
        if self._at.mode is Mode.DESTROY:
            return ""
        if block is None:
            return "delete-because-no-resource-config"
        match repetition(block), row.address.key:
            case "count", int():
                return "delete-because-count-index"
            case "for_each", str():
                return "delete-because-each-key"
            case _:
                return "delete-because-wrong-repetition"

    def _check_options(self) -> None:
        there = {*self._rows, *self._blocks, *self._changed}
        for option, given in (
            ("-target", self._at.targets),
            ("-exclude", self._at.excludes),
            ("-replace", self._at.replacements),
        ):
            targets.known(option, given, there, self._problems)

    def _judge(self) -> None:
        """What only the whole shows: protection, rules, names that are taken."""
        desired = self._draft.desired
        for address, change in self._changed.items():
            if change.action in REPLACING and desired[address].protected:
                self._problems.add(_protected(address, "replace"))
        platforms = self._at.surroundings.platforms
        self._problems.extend(checks.rules(list(desired.values()), self._types, platforms))
        self._problems.extend(conflicts.taken(self._changed, desired, self._at, self._types))

    def _finish(self) -> None:
        for address in sorted(self._changed, key=lambda a: a.sort_key):
            change = self._possible(self._changed[address])
            if change.action is not Action.FORGET:
                self._draft.changes.append(change)
            self._draft.moves.extend(self._moves(change))
        if self._at.mode is Mode.REFRESH_ONLY:
            self._draft.moves.extend(self._records())
        else:
            self._left_over()
        mode = self._at.mode
        self._draft.outputs = outputs.changes(self._draft.resolver, self._at.state, mode)
        self._draft.checks.extend(outputs.preconditions(self._draft.resolver, mode))

    def _possible(self, change: Change) -> Change:
        """Two objects of one name cannot stand side by side, so that such a replacement deletes
        first whatever was asked.
        """
        if change.action is not Action.CREATE_FIRST:
            return change
        rtype = self._types[change.address.type]
        names = [rtype.identity_of(v or {}).casefold() for v in (change.before, change.after)]
        if names[0] != names[1]:
            return change
        self._problems.add(_same_name(change.address))
        return replace(change, action=Action.REPLACE)

    def _moves(self, change: Change) -> Iterator[Move]:
        row = self._rows.get(change.address)
        desired = self._draft.desired.get(change.address)
        if change.action is not Action.NO_OP:
            yield from moves.moves(self._types[change.address.type], change, desired, row)
        elif row and desired and moves.differs_in_record(row, change.after or {}, desired):
            yield moves.recording(row, change.after or {}, desired)

    def _records(self) -> Iterator[Move]:
        """-refresh-only: what drifted is recorded, and nothing else is done."""
        for found in self._draft.drift:
            row = self._rows[found.address]
            if found.after is None:
                yield moves.forgetting(row)
            else:
                yield moves.recording(row, found.after, None)

    def _left_over(self) -> None:
        """Objects whose replacement was cut short after the new one was made."""
        for row in self._at.state.instances:
            if not row.deposed:
                continue
            now = self._observed(row)
            action = Action.FORGET if now is None else Action.DELETE
            change = Change(
                row.address,
                action,
                now or row.values,
                None,
                before_sensitive=row.sensitive,
                deposed=row.deposed,
            )
            rtype = self._types[row.address.type]
            self._draft.moves.extend(moves.moves(rtype, change, None, row))
            if now is not None:
                self._draft.changes.append(change)


def _protected(address: Address, what: str) -> Diagnostic:
    found = error(
        "protected",
        "The object is protected",
        f"The plan would {what} {address}, whose lifecycle says prevent_destroy. State remembers "
        "that even where the block is gone. If it is meant, set prevent_destroy = false, apply, "
        "and then make the change; or leave it out of this run with -exclude.",
    )
    return replace(found, address=str(address))


def _same_name(address: Address) -> Diagnostic:
    found = warning(
        "same-name",
        "The new object cannot be made first",
        f"{address} asks for create_before_destroy, but the new object has the same name as the "
        "old, and Exchange allows a name once. It is deleted first. Give it another name if the "
        "mail must never be without it.",
    )
    return replace(found, address=str(address))
