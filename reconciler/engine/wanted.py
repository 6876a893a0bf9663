"""The walk over the blocks: each desired instance, and what is to be done about it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconciler.config.blocks import ResourceBlock
from reconciler.config.expand import Names, context_of, repetition
from reconciler.engine import checks, sources
from reconciler.engine.exposure import exposed
from reconciler.engine.naming import named
from reconciler.engine.sight import within
from reconciler.engine.situation import Draft, Situation
from reconciler.engine.targets import Selection
from reconciler.engine.triggers import Seen, triggered
from reconciler.engine.uses import Use, address_of, in_order
from reconciler.engine.verdicts import Now, Rows, Verdicts
from reconciler.model.address import Address, Key
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import ReconcilerError, Severity
from reconciler.model.plan import Action, Change, Source
from reconciler.model.values import Values


class Walk:
    """What comes of it goes to `verdicts`; `undecided` is what a mistake or a target left out:
    instances, or whole blocks. Used blocks come before their users, who see what the used ones will
    be.
    """

    def __init__(
        self, at: Situation, draft: Draft, verdicts: Verdicts, rows: Rows, now: Now
    ) -> None:
        self.undecided: set[Address] = set()
        self._verdicts = verdicts
        self._changed = verdicts.changed
        self._at = at
        self._draft = draft
        self._rows = rows
        self._now = now
        self._problems = draft.resolver.sight.problems
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
        """Data sources alone; of resources expressions see what is there now."""
        self._know_what_is()
        blocks = (b for b in self._at.configuration.blocks() if b.type in self._types)
        self._follow(selection, {address_of(b): b for b in blocks if self._types[b.type].reads})

    def _know_what_is(self) -> None:
        for block in self._at.configuration.blocks():
            if repetition(block) or block.lifecycle.enabled:
                self._sight.declare(address_of(block))
        for address, row in self._rows.items():
            now = self._now[address]
            known = None if now is None else (self._types[address.type], now, row.sensitive)
            self._sight.learn(address, known)

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
        address = desired.address
        if not self._verdicts.can_be(desired):
            self.undecided.add(address)
            return
        change = self._verdicts.of(desired, self._forced(block, desired, names))
        self._draft.scopes[address] = names
        self._by_family[address.family][address.key] = change
        if block.lifecycle.preconditions or block.lifecycle.postconditions:
            known = replace(desired, sensitive=change.after_sensitive)
            self._conditions(block, known, names, change.after or {})

    def _source(self, block: ResourceBlock, desired: Desired, names: Names) -> None:
        """A data source: read now, or in apply where more is known by then."""
        address, rtype = desired.address, self._types[block.type]
        self._draft.desired[address] = desired
        self._draft.scopes[address] = names
        ordered = self._sight.uses.ordered(block)
        try:
            if sources.is_open(desired, self._changed, ordered):
                found: Values = sources.unread(rtype)
                self._changed[address] = Change(address, Action.READ, None, found)
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
