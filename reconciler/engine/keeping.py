"""What rules see of arguments that nobody wrote and that keep what is there, and what they say of it."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from reconciler.model.desired import Desired
from reconciler.model.plan import Change
from reconciler.model.record import dataclass
from reconciler.model.span import Span
from reconciler.model.values import UNKNOWN, Canonical, Values
from reconciler.schema.attribute import Presence
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.rule import Finding


@dataclass(frozen=True, slots=True)
class Seen:
    """`values` are those of the object with what it keeps; `kept` is that part alone."""

    values: Values
    kept: Values
    hidden: frozenset[str]


def seen(one: Desired, rtype: ResourceType, change: Change | None) -> Seen:
    """`change` is about an object that is there, None where it is still to be made."""
    after = None if change is None else change.after
    if change is None or after is None:
        return Seen(one.values, {}, frozenset())
    names = (n for n in _keeping(rtype) if n not in one.values)
    kept = {n: after[n] for n in names if after.get(n) is not None}
    values = {**one.values, **kept} if kept else one.values
    return Seen(values, kept, change.before_sensitive | change.after_sensitive)


@lru_cache(maxsize=64)
def _keeping(rtype: ResourceType) -> tuple[str, ...]:
    kept = (a for a in rtype.attributes if a.presence is Presence.KEPT and not a.passes)
    return tuple(a.name for a in kept)


def place(one: Desired, finding: Finding, looked_at: Iterable[str]) -> Span | None:
    """The culprit's, or the place of an argument that it does not go with."""
    named = (n for n in (finding.attribute, *looked_at) if n in one.spans)
    partners = (n for n in named if n == finding.attribute or _says(finding.detail, n))
    found = next(partners, None)
    return one.span if found is None else one.spans[found]


def explained(finding: Finding, what: Seen, rtype: ResourceType) -> str:
    """The detail, and the values that nobody wrote."""
    return " ".join((finding.detail, *_unwritten(finding, what, rtype)))


def _unwritten(finding: Finding, what: Seen, rtype: ResourceType) -> Iterator[str]:
    for name, value in what.kept.items():
        if value is not UNKNOWN and (name == finding.attribute or _says(finding.detail, name)):
            shown = "" if name in what.hidden else f": {_shown(rtype, name, value)}"
            yield f"{name} is not written here, so that it stays as it is{shown}."


def _shown(rtype: ResourceType, name: str, value: Canonical) -> str:
    return rtype.by_name[name].kind.show(value)


def _says(detail: str, name: str) -> bool:
    return re.search(rf"\b{name}\b", detail) is not None
