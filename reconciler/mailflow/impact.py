"""What a plan does to mail: the destinations that leave by another connector afterwards. Pure."""

from collections.abc import Hashable, Iterable, Mapping

from reconciler.mailflow.router import Carrier, Router, destinations
from reconciler.model.route import Route, RouteChange
from reconciler.model.values import UNKNOWN, Values
from reconciler.schema.resource_type import ResourceType


def route_of(rtype: ResourceType, values: Values) -> Route | None:
    """The route that an object is; None where its type carries no mail, or where that hangs on
    values not known yet.
    """
    if rtype.route is None:
        return None
    known = {name: value for name, value in values.items() if value is not UNKNOWN}
    return rtype.route(known)


def impact(
    before: Mapping[Hashable, Route], changes: Iterable[tuple[Hashable, Route | None]]
) -> tuple[RouteChange, ...]:
    """`before` are all routes there are now, ours or not, by object; `changes` what becomes of
    some of them (None: gone). A renamed connector that carries on is no change. What only scoped
    connectors name is left out, for it would be true in some sites and not in others.
    """
    after = dict(before)
    touched: list[Route] = []
    for key, route in changes:
        touched.extend(one for one in (before.get(key), route) if one and not one.scoped)
        after.pop(key, None)
        if route is not None:
            after[key] = route
    was, will = Router(before), Router(after)
    rows = ((pair, was.carrier(*pair), will.carrier(*pair)) for pair in destinations(touched))
    return tuple(
        RouteChange(shown(*pair), _name(old), _name(new))
        for pair, old, new in rows
        if _key(old) != _key(new)
    )


def _key(carrier: Carrier | None) -> Hashable:
    return carrier and carrier.key


def _name(carrier: Carrier | None) -> str:
    return carrier.name if carrier else ""


def shown(kind: str, address: str) -> str:
    """A destination as people write it."""
    return address if kind == "SMTP" else f"{kind}:{address}"
