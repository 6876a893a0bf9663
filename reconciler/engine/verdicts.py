"""What is to be done about desired objects, one by one, wherever the wish comes from."""

from dataclasses import replace

from reconciler.engine import checks
from reconciler.engine.adopting import adopted, is_adopted, still_fits
from reconciler.engine.diff import Made, decide
from reconciler.engine.situation import Draft, Situation
from reconciler.engine.survey import Query
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Collector, ReconcilerError
from reconciler.model.plan import Change
from reconciler.model.state import Instance
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType

Rows = dict[Address, Instance]
Now = dict[Address, Values | None]


class Verdicts:
    """`changed` is what comes of it. What is found to be there already goes into `rows`, `now`
    and `adopted`.
    """

    def __init__(
        self, at: Situation, draft: Draft, rows: Rows, now: Now, problems: Collector
    ) -> None:
        self.changed: dict[Address, Change] = {}
        self.adopted: set[Address] = set()
        self._at = at
        self._draft = draft
        self._rows = rows
        self._now = now
        self._problems = problems

    def can_be(self, desired: Desired) -> bool:
        """Whether the object can be made, or is found where Exchange alone makes such; why not is
        reported.
        """
        rtype = self._at.surroundings.types[desired.address.type]
        platform = self._at.surroundings.platforms[desired.backend]
        return not is_adopted(rtype, platform) or self._adopt(rtype, desired)

    def of(self, desired: Desired, forced: str) -> Change:
        """`forced` is the reason for a replacement, or ""."""
        address, rtype = desired.address, self._at.surroundings.types[desired.address.type]
        kind = Made(rtype, self._at.surroundings.platforms[desired.backend])
        row, now = self._rows.get(address), self._now.get(address)
        decision = decide(kind, desired, row, now, forced)
        desired = replace(desired, sensitive=decision.change.after_sensitive)
        self._problems.extend(checks.unchangeable(desired, now or {}, decision.kept, rtype))
        self._draft.desired[address] = desired
        self.changed[address] = decision.change
        after = decision.change.after or {}
        self._draft.resolver.sight.learn(address, (rtype, after, desired.sensitive))
        return decision.change

    def withdraw(self, address: Address) -> None:
        """The object is left as it is after all."""
        del self.changed[address], self._draft.desired[address]

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
            self._draft.resolver.sight.lose(address.block)
            return False
        self._rows[address], self._now[address] = row, row.values
        self.adopted.add(address)
        return True
