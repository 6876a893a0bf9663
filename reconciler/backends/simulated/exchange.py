"""The simulated Exchange: carries out cmdlets on stored objects and keeps the audit log.

Knows verbs and transactions; what a sort of object is stands in its noun. Answers at once and
never fails by chance: latency and faults belong to the transport.
"""

import json
from collections.abc import Sequence

from reconciler.backends.base import BackendError
from reconciler.backends.command import Command, Record
from reconciler.backends.simulated.audit import entry, search
from reconciler.backends.simulated.binding import bind
from reconciler.backends.simulated.changes import CHANGES, Given
from reconciler.backends.simulated.database import Database
from reconciler.backends.simulated.edges import refuse_owned
from reconciler.backends.simulated.identity import bearers, the
from reconciler.backends.simulated.noun import Noun, Properties
from reconciler.backends.simulated.nouns import NOUNS
from reconciler.backends.simulated.refusal import refusal
from reconciler.backends.simulated.rows import Rows, Stored
from reconciler.backends.simulated.world import World


def _all(rows: Rows, noun: Noun, given: Given, world: World) -> Sequence[Stored]:
    """Without an identity the real one answers everything, and so does this one."""
    identity = given.get("Identity")
    return [the(rows, noun, str(identity), world)] if identity else rows.all(noun.name)


def _bag(template: Properties, stored: Stored) -> Record:
    return {**template, **json.loads(stored.properties)}


class SimulatedExchange:
    """May be called from several threads, and by several processes on one database."""

    def __init__(self, database: Database, world: World) -> None:
        self._database = database
        self._world = world

    def invoke(self, call: Command, caller: str) -> Sequence[Record]:
        """The records that the cmdlet writes. Raises BackendError where it is refused."""
        if call.cmdlet == "Search-AdminAuditLog":
            return self._search(call)
        noun = NOUNS.get(call.noun)
        if noun is None or call.verb not in noun.by_verb:
            raise refusal("cmdlet-unknown", f"There is no cmdlet {call.cmdlet}.")
        if not noun.has_cmdlet(call.verb, self._world.platform):
            raise refusal(
                "cmdlet-unknown", f"There is no cmdlet {call.cmdlet} on {self._world.platform}."
            )
        given = bind(noun, call, self._world)
        if call.verb == "Get":
            return self._get(noun, given)
        return self._change(noun, call, given, caller)

    def name_of(self, noun: str, identity: str) -> str:
        """The name of the object, or `identity` itself where there is none."""
        with self._database.transaction(writes=False) as rows:
            found = bearers(rows, NOUNS[noun], identity, self._world)
        return found[0].name if found else identity

    def close(self) -> None:
        self._database.close()

    def _search(self, call: Command) -> Sequence[Record]:
        with self._database.transaction(writes=False) as rows:
            return search(rows.logged(), call, self._world)

    def _template(self, noun: Noun, given: Given) -> Properties:
        template = noun.template(self._world)
        controller = given.get("DomainController")
        return {**template, "OriginatingServer": controller} if controller else template

    def _get(self, noun: Noun, given: Given) -> Sequence[Record]:
        with self._database.transaction(writes=False) as rows:
            found = (noun.lists or _all)(rows, noun, given, self._world)
        template = self._template(noun, given)
        return [_bag(template, stored) for stored in found]

    def _change(self, noun: Noun, call: Command, given: Given, caller: str) -> Sequence[Record]:
        refused: BackendError | None = None
        stored: Stored | None = None
        named = (given.get("Identity"), given.get(noun.positional.get(call.verb, "Name")))
        shown = next((str(name) for name in named if name), "")
        with self._database.transaction(writes=True) as rows:
            try:
                refuse_owned(rows, noun, self._world)
                change = noun.own.get(call.verb) or CHANGES[noun.verbs[call.verb]]
                shown, stored = change(rows, noun, given, self._world)
            except BackendError as error:
                refused = error
            if not given.get("WhatIf"):
                rows.log(entry(call, self._world.now(), caller, shown, refused))
        if refused is not None:
            raise refused
        return [] if stored is None else [_bag(self._template(noun, given), stored)]
