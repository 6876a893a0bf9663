"""What a plan does to mail: from observed objects and planned changes to rows of a table, and to
the destinations that lose their only route.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping

from reconciler.engine.situation import Draft
from reconciler.engine.survey import Observed
from reconciler.mailflow.impact import impact, route_of, shown
from reconciler.mailflow.lost import lost
from reconciler.model.address import Address
from reconciler.model.brake import Brake, BrakeReason
from reconciler.model.plan import Action, Change
from reconciler.model.record import dataclass
from reconciler.model.route import Route, RouteChange
from reconciler.model.state import Instance, State
from reconciler.schema.resource_type import ResourceType

Types = Mapping[str, ResourceType]
Rows = Mapping[tuple[object, str], Instance]


@dataclass(frozen=True, slots=True)
class _Turn:
    """What becomes of one route."""

    key: Hashable
    change: Change
    after: Route | None


def mail_flow(
    types: Types, state: State, observed: Observed, made: Draft
) -> tuple[RouteChange, ...]:
    """Destinations that leave by another connector, one backend after the other. Connectors
    that are not ours take part: mail does not ask whose they are.
    """
    there, turns = _there(types, observed), _turns(types, state, made)
    will = {alias: [(turn.key, turn.after) for turn in turns[alias]] for alias in sorted(turns)}
    return tuple(row for alias in will for row in impact(there.get(alias, {}), will[alias]))


def only_routes(types: Types, state: State, observed: Observed, made: Draft) -> Iterator[Brake]:
    """Destinations whose only route is destroyed, or is away while it is replaced."""
    if not any(change.action in _AWAY for change in made.changes):
        return
    there, turns = _there(types, observed), _turns(types, state, made)
    for alias in sorted(turns):
        away = {t.key: t.change.address for t in turns[alias] if t.change.action in _AWAY}
        staying = {t.key: t.after for t in turns[alias] if t.key not in away}
        for kind, destination, keys in lost(there.get(alias, {}), away.keys(), staying):
            addresses = sorted((away[key] for key in keys), key=_place)
            yield Brake(BrakeReason.ONLY_ROUTE, shown(kind, destination), tuple(addresses))


_AWAY = frozenset({Action.DELETE, Action.REPLACE})


def _place(address: Address) -> tuple[object, ...]:
    return address.sort_key


def _turns(types: Types, state: State, made: Draft) -> Mapping[str, list[_Turn]]:
    """By backend; nothing where no change is about a route."""
    still = (Action.NO_OP, Action.FORGET)  # what is forgotten goes on taking mail
    changing = [change for change in made.changes if change.action not in still]
    found: dict[str, list[_Turn]] = defaultdict(list)
    if not any(types[change.address.type].route for change in changing):
        return found
    rows = {(row.address, row.deposed): row for row in state.instances}
    for change in changing:
        row = rows.get((change.address, change.deposed))
        rtype = types[change.address.type]
        after = None if change.after is None else route_of(rtype, change.after)
        key = row.handle if row else change.imported or change.address
        found[_backend(change, row, made)].append(_Turn(key, change, after))
    return found


def _there(types: Types, observed: Observed) -> dict[str, dict[Hashable, Route]]:
    found: dict[str, dict[Hashable, Route]] = defaultdict(dict)
    for query, here in observed.items():
        for handle, values in here.items():
            route = route_of(types[query.type], values)
            if route is not None:
                found[query.backend][handle] = route
    return found


def _backend(change: Change, row: Instance | None, made: Draft) -> str:
    desired = made.desired.get(change.address)
    if desired is not None:
        return desired.backend
    return row.backend if row else ""
