"""What must change so that the world is as configured: a function from data to a plan.

It reads no clock, asks no backend and writes nothing. What it needs of the world comes in as a
Situation; what is wrong with the configuration goes into a collector, all of it at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.config.expand import Names
from reconciler.engine import checks, conflicts, moves, outputs, targets
from reconciler.engine.diff import current, decide, drift
from reconciler.engine.exposure import exposed
from reconciler.engine.moves import Move
from reconciler.engine.resolve import Resolver, Surroundings, repetition
from reconciler.engine.survey import Observed, Query
from reconciler.engine.uses import address_of, in_order
from reconciler.model.address import Address, Key
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Collector, Diagnostic, error, warning
from reconciler.model.plan import Action, Change, Check, Drift, Mode, OutputChange
from reconciler.model.state import Instance, State
from reconciler.model.values import Values


@dataclass(frozen=True, slots=True)
class Situation:
    """The four pictures of the world, and what is asked for."""

    configuration: Configuration
    surroundings: Surroundings
    state: State
    observed: Observed
    mode: Mode = Mode.NORMAL
    targets: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    replacements: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A plan whose steps have no order yet, and what apply needs besides: the resolver that
    evaluates what is still open, and each desired instance with its secrets.
    """

    resolver: Resolver
    changes: list[Change] = field(default_factory=list)
    drift: tuple[Drift, ...] = ()
    moves: list[Move] = field(default_factory=list)
    outputs: tuple[OutputChange, ...] = ()
    checks: list[Check] = field(default_factory=list)
    desired: dict[Address, Desired] = field(default_factory=dict)
    scopes: dict[Address, Names] = field(default_factory=dict)


def draft(situation: Situation, problems: Collector) -> Draft:
    """Everything but the order of the steps; `problems` says whether it may be used."""
    return _Planning(situation, problems).run()


class _Planning:
    def __init__(self, situation: Situation, problems: Collector) -> None:
        self._at = situation
        self._types = situation.surroundings.types
        self._problems = problems
        self._resolver = Resolver(situation.configuration, situation.surroundings, problems)
        self._draft = Draft(self._resolver)
        self._rows = {i.address: i for i in situation.state.instances if not i.deposed}
        self._now = {i.address: self._observed(i) for i in self._rows.values()}
        self._blocks = {address_of(b): b for b in situation.configuration.resources}
        self._undecided: set[Address] = set()
        self._changed: dict[Address, Change] = {}

    def _observed(self, instance: Instance) -> Values | None:
        here = self._at.observed.get(Query(instance.backend, instance.address.type), {})
        return current(instance, here.get(instance.handle))

    def run(self) -> Draft:
        self._draft.drift = tuple(self._drifted())
        uses = self._uses()
        self._chosen = targets.selection(self._at.targets, self._at.excludes, uses)
        if self._at.mode is Mode.NORMAL:
            self._walk()
        else:
            self._know_what_is()
        if self._at.mode is not Mode.REFRESH_ONLY:
            self._unmake()
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
        edges = {
            a: {u.used for u in self._resolver.uses.of_block(b)} for a, b in self._blocks.items()
        }
        for row in self._rows.values():
            edges.setdefault(row.address.block, set()).update(row.dependencies)
        return {address: frozenset(used) for address, used in edges.items()}

    def _walk(self) -> None:
        uses = {a: self._resolver.uses.of_block(b) for a, b in self._blocks.items()}
        for address in in_order(self._blocks, uses):
            block = self._blocks[address]
            expansion = self._resolver.expand(block) if self._is_known_type(block) else None
            if expansion is None:
                self._undecided.add(address)
            else:
                self._plan_block(block, expansion)

    def _is_known_type(self, block: ResourceBlock) -> bool:
        """Unknown types are reported with the other static mistakes."""
        return block.type in self._types

    def _plan_block(self, block: ResourceBlock, expansion: Mapping[Key, Names]) -> None:
        for key, names in expansion.items():
            address = Address(block.type, block.name, key)
            row = self._rows.get(address)
            if not self._chosen(address):
                self._leave(address, row)
                continue
            desired = self._resolver.desire(block, key, names, row.values if row else {})
            if desired is None:
                self._undecided.add(address)
                continue
            self._plan_instance(block, desired, names)

    def _leave(self, address: Address, row: Instance | None) -> None:
        """Outside the targets: seen as it is, not touched."""
        self._undecided.add(address)
        now = self._now.get(address)
        if row is not None and now is not None:
            self._resolver.learn(self._types[address.type], address, now, row.sensitive)

    def _plan_instance(self, block: ResourceBlock, desired: Desired, names: Names) -> None:
        address, rtype = desired.address, self._types[block.type]
        row, now = self._rows.get(address), self._now.get(address)
        forced = self._forced(block, desired)
        decision = decide(rtype, desired, row, now, forced)
        self._problems.extend(checks.unchangeable(desired, now, decision.kept))
        self._record(desired, decision.change, names)
        after = decision.change.after or {}
        self._resolver.learn(rtype, address, after, desired.sensitive)
        myself = exposed(rtype, after, desired.sensitive)
        scopes = self._resolver.scope_for(names), self._resolver.scope_for(names, myself)
        self._draft.checks.extend(
            checks.conditions(self._resolver, block, address, scopes, self._problems)
        )

    def _record(self, desired: Desired, change: Change, names: Names) -> None:
        self._draft.desired[desired.address] = desired
        self._draft.scopes[desired.address] = names
        self._changed[desired.address] = change

    def _forced(self, block: ResourceBlock, desired: Desired) -> str:
        """Why an instance is replaced whatever its values say."""
        if self._at.replacements and targets.matcher(self._at.replacements)(desired.address):
            return "replace-by-request"
        for expr in block.lifecycle.replace_triggered_by:
            if checks.triggered(expr, self._changed, self._problems):
                return "replace-by-triggers"
        return ""

    def _know_what_is(self) -> None:
        """Without a walk expressions see what is there now."""
        for address, row in self._rows.items():
            now = self._now[address]
            if now is not None and self._at.mode is Mode.REFRESH_ONLY:
                self._resolver.learn(self._types[address.type], address, now, row.sensitive)

    def _unmake(self) -> None:
        for address in sorted(self._rows, key=lambda a: a.sort_key):
            if address in self._changed or not self._chosen(address):
                continue
            if address in self._undecided or address.block in self._undecided:
                continue
            self._unmake_one(self._rows[address])

    def _unmake_one(self, row: Instance) -> None:
        now = self._now[row.address]
        action = Action.FORGET if now is None else Action.DELETE
        before = now or row.values
        change = Change(
            row.address, action, before, None, (), row.sensitive, frozenset(), self._why(row)
        )
        if row.protected and now is not None:
            self._problems.add(_protected(row.address, "destroy"))
        self._changed[row.address] = change

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
        for address, change in self._changed.items():
            desired = self._draft.desired.get(address)
            if (
                desired
                and change.action in (Action.REPLACE, Action.CREATE_FIRST)
                and desired.protected
            ):
                self._problems.add(_protected(address, "replace"))
        desired_now = list(self._draft.desired.values())
        platforms = self._at.surroundings.platforms
        self._problems.extend(checks.rules(desired_now, self._types, platforms))
        self._problems.extend(
            conflicts.taken(self._changed, self._draft.desired, self._at, self._types)
        )

    def _finish(self) -> None:
        self._changed = {
            address: self._possible(change) for address, change in self._changed.items()
        }
        for address in sorted(self._changed, key=lambda a: a.sort_key):
            change = self._changed[address]
            if change.action is not Action.FORGET:
                self._draft.changes.append(change)
            self._draft.moves.extend(self._moves(change))
        self._remember_rest()
        self._left_over()
        self._draft.outputs = outputs.changes(
            self._resolver, self._at.state, self._at.mode, self._problems
        )
        self._draft.checks.extend(
            outputs.preconditions(self._resolver, self._at.mode, self._problems)
        )

    def _possible(self, change: Change) -> Change:
        """Two objects of one name cannot stand side by side, so that such a replacement deletes
        first whatever was asked.
        """
        if (
            change.action is not Action.CREATE_FIRST
            or change.before is None
            or change.after is None
        ):
            return change
        rtype = self._types[change.address.type]
        same = (
            rtype.identity_of(change.before).casefold()
            == rtype.identity_of(change.after).casefold()
        )
        if not same:
            return change
        self._problems.add(_same_name(change.address))
        return replace(change, action=Action.REPLACE)

    def _moves(self, change: Change) -> Iterator[Move]:
        row = self._rows.get(change.address)
        desired = self._draft.desired.get(change.address)
        rtype = self._types[change.address.type]
        if change.action is Action.NO_OP and row and desired:
            if moves.differs_in_record(row, change.after or {}, desired):
                yield moves.recording(row, change.after or {}, desired)
            return
        yield from moves.moves(rtype, change, desired, row)

    def _remember_rest(self) -> None:
        """-refresh-only: what drifted is recorded, and nothing else is done."""
        if self._at.mode is not Mode.REFRESH_ONLY:
            return
        for found in self._draft.drift:
            row = self._rows[found.address]
            gone = found.after is None
            move = moves.forgetting(row) if gone else moves.recording(row, found.after or {}, None)
            self._draft.moves.append(move)

    def _left_over(self) -> None:
        """Objects whose replacement was cut short after the new one was made."""
        if self._at.mode is Mode.REFRESH_ONLY:
            return
        for row in self._at.state.instances:
            if row.deposed:
                now = self._observed(row)
                action = Action.FORGET if now is None else Action.DELETE
                change = Change(
                    row.address,
                    action,
                    now or row.values,
                    None,
                    (),
                    row.sensitive,
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
        f"The plan would {what} {address}, whose lifecycle says prevent_destroy. State remembers that "
        "even where the block is gone. If it is meant, set prevent_destroy = false, apply, and "
        "then make the change; or leave it out of this run with -exclude.",
    )
    return replace(found, address=str(address))


def _same_name(address: Address) -> Diagnostic:
    found = warning(
        "same-name",
        "The new object cannot be made first",
        f"{address} asks for create_before_destroy, but the new object has the same name as the old, "
        "and Exchange allows a name once. It is deleted first. Give it another name if the mail "
        "must never be without it.",
    )
    return replace(found, address=str(address))
