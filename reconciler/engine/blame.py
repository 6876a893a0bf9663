"""Who brought about what has drifted: the newest deed that can have. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from reconciler.model.audit import Blamed, Deed
from reconciler.model.plan import Difference, Drift
from reconciler.model.state import Instance
from reconciler.model.values import Canonical
from reconciler.schema.attribute import Attribute
from reconciler.schema.difference import same
from reconciler.schema.kind import KindError
from reconciler.schema.resource_type import Can, ResourceType


def blamed(rtype: ResourceType, row: Instance, found: Drift, log: Iterable[Deed]) -> Blamed:
    """`found` with who did it, as far as `log` (newest first) tells."""
    about = tuple(_about(rtype, row, found, log))
    if found.after is None:
        end = f"{rtype.verbs[Can.DELETE]}-{rtype.noun}"
        return Blamed(found, {}, next((deed for deed in about if deed.cmdlet == end), None))
    end = f"{rtype.verbs[Can.UPDATE]}-{rtype.noun}"
    deeds = [deed for deed in about if deed.cmdlet == end]
    return Blamed(found, _by_argument(rtype, found.differences, deeds))


def _about(
    rtype: ResourceType, row: Instance, found: Drift, log: Iterable[Deed]
) -> Iterator[Deed]:
    """The log calls an object as it was called at the time; a call may name it by its GUID."""
    names = {rtype.identity_of(v).casefold() for v in (found.before, found.after) if v}
    handle = row.handle.casefold()
    for deed in log:
        if deed.object.casefold() in names or deed.parameters.get("Identity", "").casefold() == (
            handle
        ):
            yield deed


def _by_argument(
    rtype: ResourceType, differences: Sequence[Difference], deeds: Sequence[Deed]
) -> Mapping[str, Deed]:
    """What no call named changed along with what one did."""
    found: dict[str, Deed] = {}
    for difference in differences:
        attribute = rtype.by_name[difference.name]
        deed = next((d for d in deeds if _sets(attribute, d, difference.before)), None)
        if deed is not None:
            found[difference.name] = deed
    last = next((deed for deed in deeds if deed in found.values()), None)
    return found if last is None else {**{d.name: last for d in differences}, **found}


def _sets(attribute: Attribute, deed: Deed, before: Canonical) -> bool:
    """Whether the call set the argument, to anything but what it was before: that was us."""
    text = deed.parameters.get(attribute.parameter)
    if text is None:
        return False
    given = _read(text)
    if given is None or isinstance(given, dict):
        return given is not None or before is not None
    try:
        return not same(attribute.kind, attribute.kind.parse(given), before)
    except KindError:
        return True


def _read(text: str) -> object:
    """Values that are not texts stand in the log as JSON."""
    try:
        return json.loads(text, parse_float=str)
    except (ValueError, RecursionError):
        return text
