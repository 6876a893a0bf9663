"""What setup leaves behind: in a new organisation, and on each server that joins it.

Knows which servers have been set up, so that one which is described later gets what is its own, and
nothing is made again that an admin has removed. Knows no sort of object by its properties.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from reconciler.backends.simulated.changes import make, seed
from reconciler.backends.simulated.edges import SUBSCRIPTION
from reconciler.backends.simulated.estate import EdgeSubscription, Server, stable_guid
from reconciler.backends.simulated.noun import Noun
from reconciler.backends.simulated.nouns import NOUNS, ON_SERVERS, SEEDED
from reconciler.backends.simulated.rows import Rows, Stored, fold
from reconciler.backends.simulated.world import World
from reconciler.model.platform import ONLINE
from reconciler.model.record import dataclass

_DONE: Final = "(set up)"
"""Stands in the place of a noun before the names of what has been set up."""


@dataclass(frozen=True, slots=True)
class Setup:
    """Called once for a new organisation; `catch_up` with whatever joined it since."""

    world: World

    def __call__(self, rows: Rows) -> None:
        for noun in self._there(SEEDED):
            seed(rows, noun, self.world)
        self._join(rows, self._members())

    def is_behind(self, rows: Rows) -> bool:
        return bool(self._missing(rows))

    def catch_up(self, rows: Rows) -> None:
        self._join(rows, self._missing(rows))

    def _there(self, names: Sequence[str]) -> Iterator[Noun]:
        return (NOUNS[name] for name in names if NOUNS[name].exists_on(self.world.platform))

    def _members(self) -> Sequence[Server | EdgeSubscription]:
        if self.world.platform.version == ONLINE:
            return ()
        return (*self.world.own_servers, *self.world.own_subscriptions)

    def _missing(self, rows: Rows) -> Sequence[Server | EdgeSubscription]:
        done = {fold(one.name) for one in rows.all(_DONE)}
        return [member for member in self._members() if fold(_called(member)) not in done]

    def _join(self, rows: Rows, members: Sequence[Server | EdgeSubscription]) -> None:
        for member in members:
            match member:
                case Server():
                    self._equip(rows, member)
                case EdgeSubscription():
                    self._subscribe(rows, member)
            called = _called(member)
            rows.insert(_DONE, Stored(stable_guid(_DONE, called), called, "", "{}"))

    def _equip(self, rows: Rows, server: Server) -> None:
        for noun in self._there(ON_SERVERS):
            for known in noun.on_server(server, self.world):
                if not rows.by_name(noun.name, noun.identity(known)):
                    make(rows, noun, known, self.world)

    def _subscribe(self, rows: Rows, one: EdgeSubscription) -> None:
        """As if an admin had done it, but that nobody did."""
        noun, on_edge = NOUNS[SUBSCRIPTION], self.world.platform.role == "edge"
        given = {"FileName": one.server} if on_edge else {"FileData": one.server, "Site": one.site}
        if not rows.by_name(SUBSCRIPTION, one.server):
            noun.own["New"](rows, noun, given, self.world)


def _called(member: Server | EdgeSubscription) -> str:
    match member:
        case Server():
            return f"server {member.name}"
        case EdgeSubscription():
            return f"edge_subscription {member.server}"


def setup(world: World) -> Setup:
    """What setup leaves behind in the organisation of `world`."""
    return Setup(world)
