"""What must be asked of which backend before anything can be planned. Asks nothing itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reconciler.model.state import Handle, State
from reconciler.model.values import Values


@dataclass(frozen=True, slots=True, order=True)
class Query:
    """Everything of one type in one backend."""

    backend: str
    type: str


Observed = Mapping[Query, Mapping[Handle, Values]]


def queries(wanted: Iterable[tuple[str, str]], state: State) -> tuple[Query, ...]:
    """The bulk reads for `wanted` (backend, type) pairs and for all that state remembers."""
    remembered = {(i.backend, i.address.type) for i in state.instances}
    intended = {(i.backend, i.address.type) for i in state.intents}
    return tuple(sorted(Query(*pair) for pair in {*wanted, *remembered, *intended}))


def remembered(state: State) -> Observed:
    """What state says, in the place of what a backend would: for plans without a refresh."""
    found: dict[Query, dict[Handle, Values]] = {}
    for instance in state.instances:
        query = Query(instance.backend, instance.address.type)
        found.setdefault(query, {})[instance.handle] = instance.values
    return found
