"""What New-ReceiveConnector makes before a Set-ReceiveConnector may say otherwise, and who is in
its way. For some usages it chooses bindings or remote ranges itself.
"""

from collections import defaultdict
from collections.abc import Iterator

from reconciler.catalog.receive_connector.claims import (
    Claim,
    Claims,
    Place,
    beyond,
    common,
    held,
    in_the_way,
)
from reconciler.catalog.receive_connector.listening import LISTENING
from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.kinds.ip_range import Range
from reconciler.schema.rule import Finding, Level, Scene, SceneRule

Stands = tuple[str, Claim, frozenset[Range]]
"""What a connector keeps all along, with what a message calls that."""
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
    """What nobody gives up in a plan: by place, role and address, and by binding."""

    def __init__(self, scene: Scene) -> None:
        self._at: dict[Place, dict[str, dict[int, Stands]]] = defaultdict(
            lambda: defaultdict(dict)
        )
        self._on: dict[tuple[Place, str, int], list[Stands]] = defaultdict(list)
        self._seen: dict[tuple[Place, str, int, frozenset[Range]], Clash | None] = {}
        for label, values in scene.others:
            self._add(label, held(0, values))
        for (label, values), before in zip(scene.wanted, scene.before, strict=True):
            self._add(label, common(held(0, before), held(0, values)))

    def _add(self, label: str, claims: Claims) -> None:
        for claim, ranges in claims.values():
            one, address = (label, claim, ranges), claim.binding.address
            self._at[claim.place][claim.role].setdefault(address, one)
            self._on[claim.place, claim.role, address].append(one)

    def clash(self, born: Claims) -> Clash | None:
        found = (self._known(claim, ranges) for claim, ranges in born.values())
        return next((one for one in found if one is not None), None)

    def _known(self, claim: Claim, ranges: frozenset[Range]) -> Clash | None:
        """Connectors of one usage often claim the same, and then are compared once."""
        key = (claim.place, claim.role, claim.binding.address, ranges)
        if key not in self._seen:
            self._seen[key] = next(self._clashes(claim, ranges), None)
        return self._seen[key]

    def _clashes(self, claim: Claim, ranges: frozenset[Range]) -> Iterator[Clash]:
        address = claim.binding.address
        for role, here in self._at[claim.place].items():
            if role != claim.role:
                met = here.values() if address == 0 else (here.get(address), here.get(0))
                yield from (("bindings", claim, one) for one in met if one is not None)
        for one in self._on[claim.place, claim.role, address]:
            if in_the_way(ranges, one[2]):
                yield "remote_ip_ranges", claim, one


def _collisions(scene: Scene) -> Iterator[tuple[int, Finding]]:
    new = [
        (index, found)
        for index, (_, values) in enumerate(scene.wanted)
        if scene.before[index] is None and (found := passing(index, values))
    ]
    standing = _Standing(scene) if new else None
    for index, found in new:
        if standing and (clash := standing.clash(found)):
            yield index, _told(*scene.wanted[index], clash)


def _told(label: str, values: Values, clash: Clash) -> Finding:
    culprit, claim, (other, taken, _) = clash
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


SCENE_RULES = (
    SceneRule(
        "R43",
        Level.E,
        "creation-collides",
        "What the usage takes at creation belongs to another",
        _collisions,
    ),
)
