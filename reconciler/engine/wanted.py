"""The walk over the blocks: each desired instance, and what is to be done about it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconciler.config.blocks import ResourceBlock
from reconciler.config.expand import Names, context_of
from reconciler.engine import checks, sources
from reconciler.engine.adopting import adopted, is_adopted, still_fits
from reconciler.engine.diff import Made, decide
from reconciler.engine.exposure import exposed
from reconciler.engine.naming import named
from reconciler.engine.sight import within
from reconciler.engine.situation import Draft, Situation
from reconciler.engine.survey import Query
from reconciler.engine.targets import Selection
from reconciler.engine.triggers import Seen, triggered
from reconciler.engine.uses import Use, address_of, in_order
from reconciler.model.address import Address, Key
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Collector, ReconcilerError, Severity
from reconciler.model.plan import Action, Change, Source
from reconciler.model.state import Instance
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType

Rows = dict[Address, Instance]
Now = dict[Address, Values | None]


class Walk:
    """`changed` is what comes of it, `undecided` what a mistake or a target left out: instances,
    or whole blocks. Used blocks come before their users, who see what the used ones will be. What is
    found to be there already goes into `rows`, `now` and `adopted`.
    """

    def __init__(
        self, at: Situation, draft: Draft, rows: Rows, now: Now, problems: Collector
    ) -> None:
        self.changed: dict[Address, Change] = {}
        self.undecided: set[Address] = set()
        self.adopted: set[Address] = set()
        self._at = at
        self._draft = draft
        self._rows = rows
        self._now = now
        self._problems = problems
        self._types = at.surroundings.types
        self._resolver = draft.resolver
        self._sight = draft.resolver.sight
        self._replacements = frozenset(at.replacements)
        self._by_family: dict[Address, dict[Key, Change]] = defaultdict(dict)
        self._barring: set[Address] = set()
        self._instances: dict[Address, list[Address]] = {}

    def run(self, selection: Selection) -> None:
        """Everything that is configured."""
        self._follow(selection, {address_of(b): b for b in self._at.configuration.blocks()})

    def look(self, selection: Selection) -> None:
        """Data sources alone, where resources are known already."""
        blocks = (b for b in self._at.configuration.blocks() if b.type in self._types)
        self._follow(selection, {address_of(b): b for b in blocks if self._types[b.type].reads})

    def _follow(self, selection: Selection, blocks: Mapping[Address, ResourceBlock]) -> None:
        uses = {address: self._sight.uses.of_block(b) for address, b in blocks.items()}
        for address in self._rows:
            self._instances.setdefault(address.block, []).append(address)
        for address in in_order(blocks, uses):
            if self._closed(address, uses[address], selection):
                self._pass_over(address)
            else:
                self._open(address, blocks[address], selection)

    def _closed(self, block: Address, uses: Iterable[Use], selection: Selection) -> bool:
        """Whether nothing of a block may be touched. What is excluded bars its users."""
        if selection.unwanted(block) or any(use.used in self._barring for use in uses):
            self._barring.add(block)
            return True
        return not selection.may(block)

    def _pass_over(self, block: Address) -> None:
        self.undecided.add(block)
        self._sight.declare(block)
        for address in self._instances.get(block, [block]):
            self._leave(address)

    def _leave(self, address: Address) -> None:
        """Outside the targets: seen as it is, not touched."""
        self.undecided.add(address)
        row, now = self._rows.get(address), self._now.get(address)
        known = row and now and (self._types[address.type], now, row.sensitive)
        self._sight.learn(address, known or None)

    def _open(self, address: Address, block: ResourceBlock, selection: Selection) -> None:
        if block.type not in self._types:  # reported with the other static mistakes
            self.undecided.add(address)
            return
        self._sight.declare(address)  # of a module that is nowhere there is none
        for room in self._sight.house.rooms(block.module):
            expansion = self._resolver.expand(block, room)
            if expansion is None:
                self.undecided.add(address)
                return
            for one, names in expansion.items():
                self._one(block, one, names, selection)

    def _one(
        self, block: ResourceBlock, address: Address, names: Names, selection: Selection
    ) -> None:
        if selection.unwanted(address):
            self._barring.add(address.block)
            self._leave(address)
        elif not selection.wanted(address):
            self._leave(address)
        else:
            row = self._rows.get(address)
            desired = self._resolver.desire(block, address, names, row.values if row else {})
            if desired is None:
                self.undecided.add(address)
            elif self._types[block.type].reads:
                self._source(block, desired, names)
            else:
                self._instance(block, desired, names)

    def _instance(self, block: ResourceBlock, desired: Desired, names: Names) -> None:
        desired = named(desired, self._types, self._at.observed)
        address, rtype = desired.address, self._types[block.type]
        kind = Made(rtype, self._resolver.platforms[desired.backend])
        if is_adopted(rtype, kind.platform) and not self._adopt(rtype, desired):
            return
        row, now = self._rows.get(address), self._now.get(address)
        decision = decide(kind, desired, row, now, self._forced(block, desired, names))
        desired = replace(desired, sensitive=decision.change.after_sensitive)
        self._problems.extend(checks.unchangeable(desired, now or {}, decision.kept, rtype))
        self._draft.desired[address] = desired
        self._draft.scopes[address] = names
        self.changed[address] = decision.change
        self._by_family[address.family][address.key] = decision.change
        after = decision.change.after or {}
        self._sight.learn(address, (rtype, after, desired.sensitive))
        if block.lifecycle.preconditions or block.lifecycle.postconditions:
            self._conditions(block, desired, names, after)

    def _adopt(self, rtype: ResourceType, desired: Desired) -> bool:
        """Whether there is an object for the block. One that another block let go of is free."""
        address = desired.address
        if address in self._rows and still_fits(rtype, desired, self._now[address]):
            return True
        here = self._at.observed.get(Query(desired.backend, rtype.name), {})
        owners = {row.handle: row.address for row in self._rows.values()}
        try:
            row = adopted(rtype, desired, here, owners)
        except ReconcilerError as failure:
            self._problems.extend(failure.diagnostics)
            self._sight.lose(address.block)
            self.undecided.add(address)
            return False
        self._rows[address], self._now[address] = row, row.values
        self.adopted.add(address)
        return True

    def _source(self, block: ResourceBlock, desired: Desired, names: Names) -> None:
        """A data source: read now, or in apply where more is known by then."""
        address, rtype = desired.address, self._types[block.type]
        self._draft.desired[address] = desired
        self._draft.scopes[address] = names
        ordered = self._sight.uses.ordered(block)
        try:
            if sources.is_open(desired, self.changed, ordered):
                found: Values = sources.unread(rtype)
                self.changed[address] = Change(address, Action.READ, None, found)
            else:
                here = self._at.observed.get(sources.query(rtype, desired), {})
                moment = self._sight.scope.time.plan
                found, note = sources.find(rtype, desired, here, moment)
                if note is not None:
                    self._problems.extend(within((note,), context_of(block), address))
                self._draft.sources.append(Source(address, found))
        except ReconcilerError as failure:
            told = failure.diagnostics
            if block.lenient:
                told = tuple(replace(one, severity=Severity.WARNING) for one in told)
            self._problems.extend(within(told, context_of(block), address))
            self._sight.lose(address.block)
            self.undecided.add(address)
            return
        self._sight.learn(address, (rtype, found, desired.sensitive))
        self._conditions(block, desired, names, found)

    def _conditions(
        self, block: ResourceBlock, desired: Desired, names: Names, after: Values
    ) -> None:
        myself = exposed(self._types[block.type], after, desired.sensitive)
        module = desired.address.module
        scopes = (
            self._sight.instance(names, module=module),
            self._sight.instance(names, myself, module),
        )
        found = checks.conditions(self._sight, block, desired.address, scopes)
        self._draft.checks.extend(found)

    def _forced(self, block: ResourceBlock, desired: Desired, names: Names) -> str:
        """Why an instance is replaced whatever its values say."""
        if self._replacements and str(desired.address) in self._replacements:
            return "replace-by-request"
        triggers = block.lifecycle.replace_triggered_by
        if not triggers:
            return ""
        module = desired.address.module
        scope = self._sight.instance(names, module=module)
        seen = Seen(self._sight, scope, module, self._by_family)
        try:
            found = [triggered(seen, expr) for expr in triggers]
        except ReconcilerError as failure:
            context = context_of(block)
            self._problems.extend(within(failure.diagnostics, context, desired.address))
            return ""
        return "replace-by-triggers" if any(found) else ""
