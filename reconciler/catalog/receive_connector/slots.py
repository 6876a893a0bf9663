"""What passes from one receive connector to another in a plan, and who must let go of it early.

A slot is something that only one of them can have: a range on a binding, or an address and port
among transport roles. Who loses a slot goes before who gains it. Where some wait for each other in
a ring, those that must let go early hold nothing of it in the meantime.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reconciler.catalog.receive_connector.birth import passing
from reconciler.catalog.receive_connector.claims import (
    Claims,
    Owned,
    beyond,
    crossing,
    held,
    merged,
)
from reconciler.model.record import dataclass
from reconciler.model.values import Values

Pair = tuple[Values | None, Values | None]
Name = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """Indices of changes, each once."""

    losers: tuple[int, ...]
    gainers: tuple[int, ...]


class _Ledger:
    """Who loses and who gains, by name of the slot."""

    def __init__(self) -> None:
        self.lost: dict[Name, dict[int, None]] = defaultdict(dict)
        self.won: dict[Name, dict[int, None]] = defaultdict(dict)

    def slots(self) -> Iterator[Slot]:
        for name, gainers in self.won.items():
            losers = self.lost.get(name, {})
            if losers and (len(losers) > 1 or losers.keys() != gainers.keys()):
                yield Slot(tuple(losers), tuple(gainers))


def slots(changes: Sequence[Pair]) -> list[Slot]:
    """All that is lost by one and gained by another."""
    exchanged = [_exchange(index, *pair) for index, pair in enumerate(changes)]
    lost, won = [one[0] for one in exchanged], [one[1] for one in exchanged]
    ledger = _Ledger()
    _among_roles(ledger, lost, won)
    _on_one_binding(ledger, lost, won)
    return list(ledger.slots())


def _exchange(index: int, before: Values | None, after: Values | None) -> tuple[Claims, Claims]:
    """What the change gives up and what it takes, for good or for the moment of its creation."""
    had, has = held(index, before), held(index, after)
    briefly = passing(index, after) if before is None else {}
    return merged(beyond(had, has), briefly), merged(beyond(has, had), briefly)


def _among_roles(ledger: _Ledger, lost: Sequence[Claims], won: Sequence[Claims]) -> None:
    roles: dict[object, set[str]] = defaultdict(set)
    for index, claims in enumerate(lost):
        for claim, _ in claims.values():
            roles[claim.place].add(claim.role)
            ledger.lost[claim.place, claim.role, claim.binding.address][index] = None
            ledger.lost[claim.place, claim.role, "any"][index] = None
    for index, claims in enumerate(won):
        for claim, _ in claims.values():
            address = claim.binding.address
            for role in roles[claim.place] - {claim.role}:
                for where in ("any",) if address == 0 else (address, 0):
                    ledger.won[claim.place, role, where][index] = None


def _on_one_binding(ledger: _Ledger, lost: Sequence[Claims], won: Sequence[Claims]) -> None:
    """The same range, or two that overlap in part."""
    owned: dict[Name, tuple[list[Owned], list[Owned]]] = defaultdict(lambda: ([], []))
    for side, every in enumerate((lost, won)):
        for index, claims in enumerate(every):
            for (role, binding), (claim, ranges) in claims.items():
                owned[claim.server, role, binding][side].extend((one, index) for one in ranges)
    for name, (losses, gains) in owned.items():
        for one, index in losses if gains else ():
            ledger.lost[name, one][index] = None
        for one, index in gains if losses else ():
            ledger.won[name, one][index] = None
        for loser, gainer in crossing(losses, gains):
            ledger.lost[loser, gainer][loser] = None
            ledger.won[loser, gainer][gainer] = None
