"""A backend without a target: what lives in state alone. Knows no type in particular.

What state remembers is all there is, so that nothing drifts, and a call that was cut short has
done nothing.
"""

from collections.abc import Iterable, Mapping

from reconciler.backends.base import Capabilities, Found
from reconciler.backends.simulated.world import new_guid
from reconciler.model.platform import Platform
from reconciler.model.state import Handle, Instance
from reconciler.model.values import Values
from reconciler.schema.following import arrived
from reconciler.schema.resource_type import ResourceType

_PARALLEL = 1000


class Memory:
    """Safe under threads: each call touches one key of one mapping."""

    def __init__(self) -> None:
        self.capabilities = Capabilities(Platform(), _PARALLEL)
        self._objects: dict[tuple[str, Handle], Values] = {}

    def recall(self, rows: Iterable[Instance], home: str) -> None:
        """From now on there is what those of `rows` say that live in `home`."""
        self._objects = {
            (row.address.type, row.handle): row.values for row in rows if row.backend == home
        }

    def list(self, rtype: ResourceType) -> Mapping[Handle, Values]:
        return {
            handle: values
            for (name, handle), values in self._objects.items()
            if name == rtype.name
        }

    def find(self, rtype: ResourceType, identity: str) -> tuple[Found, ...]:
        wanted = identity.casefold()
        return tuple(
            Found(handle, values)
            for handle, values in self.list(rtype).items()
            if rtype.identity_of(values).casefold() == wanted
        )

    def read(self, rtype: ResourceType, handle: Handle) -> Found | None:
        values = self._objects.get((rtype.name, handle))
        return None if values is None else Found(handle, values)

    def create(self, rtype: ResourceType, values: Values) -> Found:
        handle = Handle(new_guid())
        named = dict.fromkeys(rtype.identity, str(handle))
        return self._written(rtype, handle, {**named, **values})

    def update(self, rtype: ResourceType, handle: Handle, values: Values) -> Found:
        """What is not remembered yet is only now taken over, with what the caller knows of it."""
        before = self._objects.get((rtype.name, handle), {})
        return self._written(rtype, handle, {**before, **values})

    def delete(self, rtype: ResourceType, handle: Handle) -> None:
        self._objects.pop((rtype.name, handle), None)

    def close(self) -> None:
        """There is nothing to close."""

    def _written(self, rtype: ResourceType, handle: Handle, values: Values) -> Found:
        whole = {**values, **arrived(rtype, values)}
        self._objects[rtype.name, handle] = whole
        return Found(handle, whole)
