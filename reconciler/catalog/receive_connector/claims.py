"""What receive connectors lay claim to on a server: addresses, ports and remote ranges.

Whether a connector is enabled makes no difference to Exchange, and none here.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator

from reconciler.model.record import dataclass
from reconciler.model.values import UNKNOWN, Values
from reconciler.schema.kinds.binding import Binding, read_bindings
from reconciler.schema.kinds.ip_range import Range


@dataclass(frozen=True, slots=True)
class Claim:
    """Of the connector number `owner`; `role` is "" where servers have one transport service."""

    owner: int
    server: str
    role: str
    binding: Binding

    @property
    def place(self) -> tuple[str, int, int]:
        """Claims at different places never meet."""
        return self.server, self.binding.port, self.binding.version


def claims(owner: int, values: Values) -> Iterator[Claim]:
    """None for a connector of which a part is not known yet."""
    server, role = values.get("server"), values.get("transport_role")
    if not isinstance(server, str) or role is UNKNOWN:
        return
    for binding in read_bindings(values.get("bindings")):
        yield Claim(owner, server.casefold(), str(role or ""), binding)


def strangers(found: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """(earlier, later) claims of different roles that meet; one pair for each later one."""
    at: dict[tuple[str, int, int], dict[int, dict[str, Claim]]] = defaultdict(dict)
    anywhere: dict[tuple[str, int, int], dict[str, Claim]] = defaultdict(dict)
    for claim in found:
        here, address = at[claim.place], claim.binding.address
        seen = (
            [anywhere[claim.place]] if address == 0 else [here.get(address, {}), here.get(0, {})]
        )
        other = next((c for known in seen for r, c in known.items() if r != claim.role), None)
        if other is not None and other.owner != claim.owner:
            yield other, claim
        here.setdefault(address, {}).setdefault(claim.role, claim)
        anywhere[claim.place].setdefault(claim.role, claim)


Owned = tuple[Range, int]


def twins(ranges: Iterable[Owned]) -> Iterator[tuple[Owned, Owned]]:
    """(earlier, later) equal ranges of two owners."""
    first: dict[Range, Owned] = {}
    for owned in ranges:
        other = first.setdefault(owned[0], owned)
        if other[1] != owned[1]:
            yield other, owned


def straddling(ranges: Iterable[Owned]) -> Iterator[tuple[Owned, Owned]]:
    """Two ranges of two owners that overlap without one holding the other; at most one pair for
    each range, the one that begins later. Sweeps once over all of them.
    """
    active: dict[str, list[tuple[int, int, Range]]] = defaultdict(list)
    for one, owner in sorted(ranges, key=lambda o: (o[0].family, o[0].low, -o[0].high, o[1])):
        ends = active[one.family]
        del ends[: bisect_left(ends, (one.low,))]
        for end, other, before in ends:
            if end >= one.high:
                break
            if other != owner and before.low < one.low:
                yield (before, other), (one, owner)
                break
        insort(ends, (one.high, owner, one))
