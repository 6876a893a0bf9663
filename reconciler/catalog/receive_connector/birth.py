"""What New-ReceiveConnector makes before a Set-ReceiveConnector may say otherwise, and who is in
its way. For some usages it chooses bindings or remote ranges itself.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from reconciler.catalog.receive_connector.claims import (
    Claim,
    Claims,
    Owned,
    Place,
    beyond,
    common,
    crossing,
    held,
)
from reconciler.catalog.receive_connector.listening import LISTENING
from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.rule import Finding, Level, Scene, SceneRule

Stands = tuple[str, Claim]
"""What a connector keeps all along, with what a message calls that."""
Binding = tuple[Place, str, int]
"""With the role that listens there."""
Clash = tuple[str, Claim, Stands]
"""The argument that Exchange would refuse, what New- claims, and who has it."""


def at_birth(values: Values) -> Values:
    """The connector as New- leaves it."""
    late = [a for a in LISTENING if a.late and a.late(values)]
    return {**values, **{a.name: a.fill(values, Platform()) for a in late}} if late else values


def passing(owner: int, values: Values | None) -> Claims:
    """What New- claims for a moment only."""
    born = values if values is None else at_birth(values)
    return {} if born is values else beyond(held(owner, born), held(owner, values))


class _Standing:
    """What nobody gives up in a plan: by place, role and address, and ranges by binding."""

    def __init__(self, scene: Scene) -> None:
        self._every: list[Stands] = []
        self._at: dict[Place, dict[str, dict[int, Stands]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        self._ranges: dict[Binding, list[Owned]] = defaultdict(list)
        for label, values in scene.others:
            self._add(label, held(0, values))
        for (label, values), before in zip(scene.wanted, scene.before, strict=True):
            self._add(label, common(held(0, before), held(0, values)))

    def _add(self, label: str, claims: Claims) -> None:
        for claim, ranges in claims.values():
            address, number = claim.binding.address, len(self._every)
            self._every.append((label, claim))
            self._at[claim.place][claim.role].setdefault(address, self._every[-1])
            self._ranges[_binding(claim)].extend((one, number) for one in ranges)

    def of_another_role(self, born: Claims) -> Clash | None:
        for claim, _ in born.values():
            address = claim.binding.address
            for role, here in self._at[claim.place].items() if claim.place in self._at else ():
                met = here.values() if address == 0 else (here.get(address), here.get(0))
                for one in met if role != claim.role else ():
                    if one is not None:
                        return "bindings", claim, one
        return None

    def on_one_binding(self, new: Mapping[int, Claims]) -> dict[int, Clash]:
        """The first for each whose ranges are taken, or overlap with others in part."""
        found: dict[int, Clash] = {}
        born: dict[Binding, list[Owned]] = defaultdict(list)
        for index, claims in new.items():
            for claim, ranges in claims.values():
                born[_binding(claim)].extend((one, ~index) for one in ranges)
        for binding, owned in born.items():
            for mine, number in _in_the_way(owned, self._ranges.get(binding, ())):
                claim = next(c for c, _ in new[~mine].values() if _binding(c) == binding)
                found.setdefault(~mine, ("remote_ip_ranges", claim, self._every[number]))
        return found


def _in_the_way(some: Sequence[Owned], others: Sequence[Owned]) -> Iterator[tuple[int, int]]:
    taken = dict(others)
    yield from ((owner, taken[one]) for one, owner in some if one in taken)
    yield from crossing(some, others)


def _binding(claim: Claim) -> Binding:
    return claim.place, claim.role, claim.binding.address


def _collisions(scene: Scene) -> Iterator[tuple[int, Finding]]:
    new = {
        index: found
        for index, (_, values) in enumerate(scene.wanted)
        if scene.before[index] is None and (found := passing(index, values))
    }
    if not new:
        return
    standing = _Standing(scene)
    ranged = standing.on_one_binding(new)
    for index, found in new.items():
        clash = standing.of_another_role(found) or ranged.get(index)
        if clash is not None:
            yield index, _told(*scene.wanted[index], clash)


def _told(label: str, values: Values, clash: Clash) -> Finding:
    culprit, claim, (other, taken) = clash
    usage, name = values.get("usage"), values.get("name")
    where, role = f"{claim.binding} of {values.get('server')}", taken.role or "the same service"
    return Finding(
        culprit,
        f'New-ReceiveConnector makes {label} ("{name}") with the bindings and remote ranges of '
        f"usage {usage} first, and what is written here comes after that. It would listen on "
        f"{where}, where {other} listens on {taken.binding} for {role}; Exchange refuses that. "
        'Leave out the usage (usage = "Custom"), and write permission_groups and auth_mechanism '
        f"as usage {usage} would have them: the connector is the same.",
    )


AT_CREATION = SceneRule(
    "R43",
    Level.E,
    "creation-collides",
    "What the usage takes at creation belongs to another",
    _collisions,
)
