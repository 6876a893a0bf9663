"""What receive connectors lay claim to on a server: addresses, ports and remote ranges.

Whether a connector is enabled makes no difference to Exchange, and none here.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reconciler.model.record import dataclass
from reconciler.model.values import UNKNOWN, Values
from reconciler.schema.kinds.binding import Binding, read_bindings
from reconciler.schema.kinds.ip_range import Range, read_ranges

Place = tuple[str, int, int]
"""Server, port and version of IP."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Of the connector number `owner`; `role` is "" where servers have one transport service."""

    owner: int
    server: str
    role: str
    binding: Binding

    @property
    def place(self) -> Place:
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
    at: dict[Place, dict[int, dict[str, Claim]]] = defaultdict(dict)
    anywhere: dict[Place, dict[str, Claim]] = defaultdict(dict)
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


Claims = dict[tuple[str, str], tuple[Claim, frozenset[Range]]]
"""What one connector holds, by role and binding."""


def held(owner: int, values: Values | None) -> Claims:
    if values is None:
        return {}
    ranges = frozenset(read_ranges(values.get("remote_ip_ranges")))
    return {(c.role, str(c.binding)): (c, ranges) for c in claims(owner, values)}


def beyond(some: Claims, others: Claims) -> Claims:
    """The part of `some` that `others` do not have."""
    found = {key: (c, ranges - _ranges(others, key)) for key, (c, ranges) in some.items()}
    return {key: one for key, one in found.items() if one[1] or key not in others}


def merged(some: Claims, others: Claims) -> Claims:
    """What one or the other has."""
    if not others:
        return some
    both = {**some, **others}
    return {key: (c, _ranges(some, key) | _ranges(others, key)) for key, (c, _) in both.items()}


def common(some: Claims, others: Claims) -> Claims:
    """What both have."""
    shared = some.keys() & others.keys()
    found = {key: (some[key][0], some[key][1] & others[key][1]) for key in shared}
    return {key: one for key, one in found.items() if one[0].server == others[key][0].server}


def _ranges(claims: Claims, key: tuple[str, str]) -> frozenset[Range]:
    return claims[key][1] if key in claims else frozenset()


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


def crossing(some: Sequence[Owned], others: Sequence[Owned]) -> Iterator[tuple[int, int]]:
    """Owners, of the first and of the second, whose ranges overlap in part. Sweeps once, and looks
    at no other pair.
    """
    active: tuple[list[tuple[int, int]], ...] = ([], [])
    family = ""
    for one, side, owner in sorted(
        ((one, side, owner) for side, all_ in enumerate((some, others)) for one, owner in all_),
        key=lambda o: (o[0].family, o[0].low, -o[0].high, o[1], o[2]),
    ):
        if one.family != family:
            family, active = one.family, ([], [])
        other = active[1 - side]
        del other[: bisect_left(other, (one.low,))]
        for _, met in other[: bisect_left(other, (one.high,))]:
            if met != owner:
                yield (owner, met) if side == 0 else (met, owner)
        insort(active[side], (one.high, owner))
