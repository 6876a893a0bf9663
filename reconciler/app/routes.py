"""What a plan does to mail: from observed objects and planned changes to rows of a table."""

from collections import defaultdict
from collections.abc import Hashable, Mapping

from reconciler.engine.situation import Draft
from reconciler.engine.survey import Observed
from reconciler.mailflow.impact import impact, route_of
from reconciler.model.plan import Action, Change
from reconciler.model.route import Route, RouteChange
from reconciler.model.state import Instance, State
from reconciler.schema.resource_type import ResourceType

Types = Mapping[str, ResourceType]
Rows = Mapping[tuple[object, str], Instance]


def mail_flow(
    types: Types, state: State, observed: Observed, made: Draft
) -> tuple[RouteChange, ...]:
    """Destinations that leave by another connector, one backend after the other. Connectors
    that are not ours take part: mail does not ask whose they are.
    """
    still = (Action.NO_OP, Action.FORGET)  # what is forgotten goes on taking mail
    changing = [change for change in made.changes if change.action not in still]
    if not any(types[change.address.type].route for change in changing):
        return ()
    there = _there(types, observed)
    rows = {(row.address, row.deposed): row for row in state.instances}
    will: dict[str, list[tuple[Hashable, Route | None]]] = defaultdict(list)
    for change in changing:
        row = rows.get((change.address, change.deposed))
        rtype = types[change.address.type]
        after = None if change.after is None else route_of(rtype, change.after)
        key = row.handle if row else change.imported or change.address
        will[_backend(change, row, made)].append((key, after))
    return tuple(row for alias in sorted(will) for row in impact(there[alias], will[alias]))


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
