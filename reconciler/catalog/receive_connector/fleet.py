"""What must hold among all receive connectors of one server, whoever manages them."""

from collections import defaultdict
from collections.abc import Iterator

from reconciler.catalog.receive_connector.claims import (
    Claim,
    Owned,
    claims,
    straddling,
    strangers,
    twins,
)
from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.kinds.ip_range import read_ranges
from reconciler.schema.rule import Finding, Fleet, FleetRule, Level

Place = tuple[str, str, str]
Found = Iterator[tuple[int, Finding]]


class _Everybody:
    """Unmanaged connectors first, then ours; owners are counted through."""

    def __init__(self, fleet: Fleet, others: Fleet) -> None:
        self.all = [*others, *fleet]
        self._ours = len(others)

    def claims(self) -> Iterator[Claim]:
        for owner, (_, values) in enumerate(self.all):
            yield from claims(owner, values)

    def pair(self, one: int, other: int) -> tuple[int, str] | None:
        """The culprit as a fleet counts it, and the two by name; None where both are others'."""
        first, last = sorted((one, other))
        if last < self._ours:
            return None
        return last - self._ours, f"{self._name(last)} and {self.all[first][0]}"

    def _name(self, owner: int) -> str:
        label, values = self.all[owner]
        return f'{label} ("{values.get("name")}")'

    def on_one_binding(self) -> Iterator[tuple[str, list[Owned]]]:
        """The ranges of all connectors of one role with the same binding."""
        found: dict[Place, list[Owned]] = defaultdict(list)
        for claim in self.claims():
            place = (claim.server, claim.role, str(claim.binding))
            ranges = read_ranges(self.all[claim.owner][1].get("remote_ip_ranges"))
            found[place].extend((one, claim.owner) for one in ranges)
        for (_, _, binding), owned in found.items():
            yield binding, owned


def _once(found: Iterator[tuple[tuple[int, str], Finding]]) -> Found:
    """One finding for each pair of connectors, however many addresses they share."""
    told: set[tuple[int, str]] = set()
    for pair, finding in found:
        if pair not in told:
            told.add(pair)
            yield pair[0], finding


def _unique_names(fleet: Fleet, others: Fleet, _platform: Platform) -> Found:
    first = {_called(values): label for label, values in others}
    for index, (label, values) in enumerate(fleet):
        called = _called(values)
        if called is None:
            continue
        other = first.setdefault(called, label)
        if other is not label:
            detail = (
                f"{other} has the same name on the same server. Give one of the two another name, "
                "or import the one that is there."
            )
            yield index, Finding("name", detail)


def _called(values: Values) -> tuple[str, str] | None:
    server, name = values.get("server"), values.get("name")
    known = isinstance(server, str) and isinstance(name, str)
    return (str(server).casefold(), str(name).casefold()) if known else None


def _roles(fleet: Fleet, others: Fleet, _platform: Platform) -> Found:
    everybody = _Everybody(fleet, others)

    def find() -> Iterator[tuple[tuple[int, str], Finding]]:
        for one, other in strangers(everybody.claims()):
            pair = everybody.pair(one.owner, other.owner)
            if pair is not None:
                yield pair, Finding("bindings", _clash(pair[1], one, other))

    return _once(find())


def _clash(both: str, one: Claim, other: Claim) -> str:
    return (
        f"{both} are of different transport roles and would listen on the same place of one "
        f"server ({other.binding} and {one.binding}): {other.role} and {one.role} are two services, "
        "and only one can have an address and port, whatever the remote ranges. Use another port "
        "or address, or give both the same transport_role."
    )


def _same_triple(fleet: Fleet, others: Fleet, _platform: Platform) -> Found:
    everybody = _Everybody(fleet, others)

    def find() -> Iterator[tuple[tuple[int, str], Finding]]:
        for binding, owned in everybody.on_one_binding():
            for (ranged, one), (_, other) in twins(owned):
                pair = everybody.pair(one, other)
                if pair is not None:
                    yield (
                        pair,
                        Finding(
                            "remote_ip_ranges",
                            f"{pair[1]} both take {ranged} on {binding} of one server, so that "
                            "Exchange could not tell whose session it is. Use another range or "
                            "another binding for one of them.",
                        ),
                    )

    return _once(find())


def _partly(fleet: Fleet, others: Fleet, _platform: Platform) -> Found:
    everybody = _Everybody(fleet, others)

    def find() -> Iterator[tuple[tuple[int, str], Finding]]:
        for binding, owned in everybody.on_one_binding():
            for (ranged, one), (second, other) in straddling(owned):
                pair = everybody.pair(one, other)
                if pair is not None:
                    yield (
                        pair,
                        Finding(
                            "remote_ip_ranges",
                            f"{pair[1]} share {binding}, and their ranges {ranged} and {second} "
                            "overlap in part. One range may lie wholly inside another, but not "
                            "half. Split the ranges, or use another binding.",
                        ),
                    )

    return _once(find())


FLEET_RULES = (
    FleetRule("R39", Level.DOCUMENTED, "duplicate-name", "Name used twice", _unique_names),
    FleetRule(
        "R43",
        Level.E,
        "binding-of-another-role",
        "Two transport services on one port",
        _roles,
    ),
    FleetRule(
        "R44",
        Level.DOCUMENTED,
        "binding-and-range-taken",
        "Binding and remote range used twice",
        _same_triple,
    ),
    FleetRule(
        "R45",
        Level.DOCUMENTED,
        "ranges-overlap-in-part",
        "Remote ranges overlap in part",
        _partly,
    ),
)
