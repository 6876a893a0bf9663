"""The walk over the blocks: each desired instance, and what is to be done about it."""

from collections.abc import Mapping

from reconciler.config.blocks import ResourceBlock
from reconciler.config.expand import Names
from reconciler.engine import checks, targets
from reconciler.engine.diff import decide
from reconciler.engine.exposure import exposed
from reconciler.engine.situation import Draft, Situation
from reconciler.engine.targets import Chosen
from reconciler.engine.uses import address_of, in_order
from reconciler.model.address import Address, Key
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Collector
from reconciler.model.plan import Change
from reconciler.model.state import Instance
from reconciler.model.values import Values

Rows = Mapping[Address, Instance]
Now = Mapping[Address, Values | None]


class Walk:
    """`changed` is what comes of it, `undecided` what a mistake or a target left out. Used
    blocks come before their users, who see what the used ones will be.
    """

    def __init__(
        self, at: Situation, draft: Draft, rows: Rows, now: Now, problems: Collector
    ) -> None:
        self.changed: dict[Address, Change] = {}
        self.undecided: set[Address] = set()
        self._at = at
        self._draft = draft
        self._rows = rows
        self._now = now
        self._problems = problems
        self._types = at.surroundings.types
        self._resolver = draft.resolver
        self._sight = draft.resolver.sight

    def run(self, chosen: Chosen) -> None:
        blocks = {address_of(block): block for block in self._at.configuration.resources}
        uses = {address: self._sight.uses.of_block(b) for address, b in blocks.items()}
        for address in in_order(blocks, uses):
            block = blocks[address]
            # Unknown types are reported with the other static mistakes.
            expansion = self._resolver.expand(block) if block.type in self._types else None
            if expansion is None:
                self.undecided.add(address)
            else:
                self._block(block, expansion, chosen)

    def _block(self, block: ResourceBlock, expansion: Mapping[Key, Names], chosen: Chosen) -> None:
        for key, names in expansion.items():
            address = Address(block.type, block.name, key)
            row = self._rows.get(address)
            if not chosen(address):
                self._leave(address, row)
                continue
            desired = self._resolver.desire(block, key, names, row.values if row else {})
            if desired is None:
                self.undecided.add(address)
            else:
                self._instance(block, desired, names)

    def _leave(self, address: Address, row: Instance | None) -> None:
        """Outside the targets: seen as it is, not touched."""
        self.undecided.add(address)
        now = self._now.get(address)
        if row is not None and now is not None:
            self._sight.learn(address, (self._types[address.type], now, row.sensitive))

    def _instance(self, block: ResourceBlock, desired: Desired, names: Names) -> None:
        address, rtype = desired.address, self._types[block.type]
        row, now = self._rows.get(address), self._now.get(address)
        decision = decide(rtype, desired, row, now, self._forced(block, desired))
        self._problems.extend(checks.unchangeable(desired, now, decision.kept))
        self._draft.desired[address] = desired
        self._draft.scopes[address] = names
        self.changed[address] = decision.change
        after = decision.change.after or {}
        self._sight.learn(address, (rtype, after, desired.sensitive))
        if block.lifecycle.preconditions or block.lifecycle.postconditions:
            self._conditions(block, desired, names, after)

    def _conditions(
        self, block: ResourceBlock, desired: Desired, names: Names, after: Values
    ) -> None:
        myself = exposed(self._types[block.type], after, desired.sensitive)
        scopes = self._sight.instance(names), self._sight.instance(names, myself)
        found = checks.conditions(self._sight, block, desired.address, scopes)
        self._draft.checks.extend(found)

    def _forced(self, block: ResourceBlock, desired: Desired) -> str:
        """Why an instance is replaced whatever its values say."""
        asked = self._at.replacements
        if asked and targets.matcher(asked)(desired.address):
            return "replace-by-request"
        for expr in block.lifecycle.replace_triggered_by:
            if checks.triggered(expr, self.changed, self._problems):
                return "replace-by-triggers"
        return ""
