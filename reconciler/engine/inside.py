"""Objects that cannot outlive another one: they go with it, and are made anew with it. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from reconciler.engine.mentions import Place, called
from reconciler.engine.replacing import REPLACING
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.plan import Action, Change
from reconciler.model.record import dataclass
from reconciler.model.state import Instance
from reconciler.model.values import UNKNOWN, Values
from reconciler.schema.attribute import Attribute
from reconciler.schema.resource_type import ResourceType

BECAUSE: Final = "replace-because-within"
_WEAKER: Final = ("", "replace-because-cannot-update")
"""Reasons that this one says more than."""
_CONTENTS = tuple[Address, Attribute]


@dataclass(frozen=True, slots=True)
class Scene:
    """What the plan does so far, what is wanted and what is remembered."""

    changes: Mapping[Address, Change]
    desired: Mapping[Address, Desired]
    rows: Mapping[Address, Instance]
    types: Mapping[str, ResourceType]


def made_anew(scene: Scene, remade: Callable[[Address], Change]) -> Iterator[Change]:
    """The changes of all that is within something that is replaced, and of what is within those.
    An object that is to move elsewhere is left as it is. `remade` gives the replacement of one.
    """
    contents = _contents(scene)
    pending = [a for a, change in scene.changes.items() if change.action in REPLACING]
    seen = set(pending)
    while pending if contents else ():
        for address, attribute in _within(pending.pop(), contents, scene):
            change = scene.changes[address]
            if change.reason in _WEAKER and _stays(change, attribute):
                yield remade(address)
            if address not in seen and _stays(change, attribute):
                seen.add(address)
                pending.append(address)


def stranded(scene: Scene) -> Iterator[Diagnostic]:
    """Objects that are to be within one that goes away, because they name it by what its
    successor, if any, does not bear.
    """
    contents = _contents(scene)
    going = (*REPLACING, Action.DELETE) if contents else ()
    for container, change in scene.changes.items():
        if change.action in going:
            for address, attribute in _within(container, contents, scene):
                if _is_left_behind(scene, container, scene.desired[address], attribute):
                    yield _stranded(scene.desired[address], attribute, container, change)


def _contents(scene: Scene) -> Mapping[Place, list[_CONTENTS]]:
    """What is wanted and there, by what it is within."""
    found: dict[Place, list[_CONTENTS]] = defaultdict(list)
    for address, change in scene.changes.items():
        row = scene.rows.get(address)
        if row is None or change.before is None or address not in scene.desired:
            continue
        for attribute in _binding(scene.types[address.type]):
            value = change.before.get(attribute.name)
            if isinstance(value, str):
                place = (row.backend, attribute.refers_to, value.casefold())
                found[place].append((address, attribute))
    return found


@lru_cache(maxsize=64)
def _binding(rtype: ResourceType) -> tuple[Attribute, ...]:
    return tuple(attribute for attribute in rtype.attributes if attribute.within)


def _within(
    container: Address, contents: Mapping[Place, list[_CONTENTS]], scene: Scene
) -> Iterator[_CONTENTS]:
    row, before = scene.rows.get(container), scene.changes[container].before
    if row is None or before is None:
        return
    for name in called(scene.types[container.type], before, row.handle):
        yield from contents.get((row.backend, container.type, name), ())


def _stays(change: Change, attribute: Attribute) -> bool:
    """Whether it is to be within the same object as before, as far as that is known."""
    was, will = ((values or {}).get(attribute.name) for values in (change.before, change.after))
    return will is UNKNOWN or str(will).casefold() == str(was).casefold()


def _is_left_behind(
    scene: Scene, container: Address, wanted: Desired, attribute: Attribute
) -> bool:
    value = wanted.values.get(attribute.name)
    row, before = scene.rows[container], scene.changes[container].before or {}
    return isinstance(value, str) and value.casefold() in _its_own(before, row)


def _its_own(values: Values, row: Instance) -> set[str]:
    """What no other object ever bears."""
    return {row.handle.casefold(), str(values.get("guid", row.handle)).casefold()}


def _stranded(
    wanted: Desired, attribute: Attribute, container: Address, change: Change
) -> Diagnostic:
    how = "removes" if change.action is Action.DELETE else "replaces"
    found = error(
        "within-goes-away",
        "The object that it belongs to goes away",
        f"{attribute.name} of {wanted.address} is the GUID of {container}, and this plan {how} that "
        f"object, so that nothing has this GUID any more. Write {container}.guid instead of the "
        "value, so that it follows the object; or remove this block too.",
        wanted.spans.get(attribute.name, wanted.span),
    )
    return wanted.about(found)
