"""Destinations that nobody takes mail for while a plan is carried out, or after it. Pure."""

from collections.abc import Hashable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from reconciler.mailflow.router import Router, destinations
from reconciler.model.route import Route


def lost(
    before: Mapping[Hashable, Route],
    going: AbstractSet[Hashable],
    staying: Mapping[Hashable, Route | None],
) -> Iterator[tuple[str, str, tuple[Hashable, ...]]]:
    """(type, address, who took it) of each destination whose every route is `going`. `before` are
    all routes there are now; `staying` is what becomes of others, and what is made before
    anything goes.
    """
    gone = {key: route for key, route in before.items() if key in going}
    left = {key: route for key, route in {**before, **staying}.items() if key not in going}
    was, still = Router(before), Router({key: route for key, route in left.items() if route})
    for kind, address in destinations(gone.values()):
        if was.carrier(kind, address) and not still.carrier(kind, address):
            yield kind, address, tuple(k for k, r in gone.items() if _names(r, kind, address))


def _names(route: Route, kind: str, address: str) -> bool:
    return any((k, a.casefold()) == (kind, address) for k, a, _ in route.spaces)
